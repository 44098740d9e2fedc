#pragma once

#include <cstdint>
#include <cstring>

#include "storage/common/bytes.h"

namespace thimble {

// Integers as RDB files hold them, in up to eight bytes.

inline uint64_t LittleEndian(Bytes bytes) {
  uint64_t value = 0;
  std::memcpy(&value, bytes.data(), bytes.size());
  return value;
}

// Of the low `bits` of `value`.
inline int64_t SignExtend(uint64_t value, unsigned bits) {
  const unsigned unused = 64 - bits;
  return static_cast<int64_t>(value << unused) >> unused;
}

}  // namespace thimble
