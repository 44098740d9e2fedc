#pragma once

#include <cstdint>

namespace thimble {

// How many operations table_fuzz.cc has run in this process.
uint64_t TableFuzzOperations();

}  // namespace thimble
