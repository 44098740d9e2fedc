#pragma once

#include <cstdint>

#include "storage/common/bytes.h"

namespace thimble {

// The checksum at the end of RDB files and DUMP payloads: CRC-64 with the polynomial
// 0xad93d23594c935a9, reflected, neither inverted before nor after. Starts from 0; what was
// returned for one piece is passed on with the next.
uint64_t Crc64(uint64_t crc, Bytes bytes);

}  // namespace thimble
