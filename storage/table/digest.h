#pragma once

#include <cstdint>

#include "storage/common/bytes.h"

namespace thimble {

// XXH3, 64 bits, without key or seed: a fingerprint that clients can compute as well. Never a place
// in a table, whose hashes are keyed (see HashKey).
uint64_t PublicDigest(Bytes bytes);

}  // namespace thimble
