#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace thimble {

// Signed integers in as few little-endian bytes as hold them.

static_assert(std::endian::native == std::endian::little, "packed integers assume little endian");

// How many bytes hold `value`: 1 to 8.
inline size_t PackedIntBytes(int64_t value) {
  const auto magnitude = static_cast<uint64_t>(value < 0 ? ~value : value);
  return static_cast<size_t>(std::bit_width(magnitude)) / 8 + 1;
}

// Writes the low `count` bytes.
inline void StorePackedInt(char* out, int64_t value, size_t count) {
  std::memcpy(out, &value, count);
}

// Reads `count` bytes, 1 to 8, extending the sign.
inline int64_t LoadPackedInt(const char* in, size_t count) {
  uint64_t word = 0;
  std::memcpy(&word, in, count);
  const unsigned shift = static_cast<unsigned>(8 - count) * 8;
  return static_cast<int64_t>(word << shift) >> shift;
}

}  // namespace thimble
