#pragma once

#include <cstdint>

#include "storage/common/bytes.h"

namespace thimble {

// SipHash-1-3 by Aumasson and Bernstein: a keyed function designed so that nobody without the key
// can make collisions. Slower than XXH3; a table turns to it when its salted hashes collide.
uint64_t SipHash13(uint64_t key0, uint64_t key1, Bytes bytes);

}  // namespace thimble
