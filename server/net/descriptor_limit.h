#pragma once

#include <cstddef>

namespace thimble {

// Raises how many descriptors the process may have open to `wanted`, or as near as the system
// allows. Returns the limit now in force, which may be more.
size_t RaiseDescriptorLimit(size_t wanted);

}  // namespace thimble
