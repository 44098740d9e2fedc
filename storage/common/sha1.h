#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "storage/common/bytes.h"

namespace thimble {

using Sha1Digest = std::array<uint8_t, 20>;

// SHA-1 (FIPS 180-4). For fingerprints that must equal Redis's, never for security.
Sha1Digest Sha1(Bytes bytes);

// 40 lower-case hexadecimal digits.
std::string Hex(const Sha1Digest& digest);

}  // namespace thimble
