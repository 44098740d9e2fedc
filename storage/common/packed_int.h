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

// Writes the low `count` bytes, 1 to 8. Both this and reading go in two halves that may overlap: a
// number put together from bytes in memory would have to wait until they are written.
inline void StorePackedInt(char* out, int64_t value, size_t count) {
  const auto store = [=]<class Half>(Half) {
    const auto low = static_cast<Half>(value);
    const auto high = static_cast<Half>(value >> 8 * (count - sizeof(Half)));
    std::memcpy(out, &low, sizeof low);
    std::memcpy(out + count - sizeof high, &high, sizeof high);
  };
  if (count == 1) {
    *out = static_cast<char>(value);
  } else if (count < 4) {
    store(uint16_t{});
  } else {
    store(uint32_t{});
  }
}

// Reads `count` bytes, 1 to 8, extending the sign.
inline int64_t LoadPackedInt(const char* in, size_t count) {
  const auto load = [=]<class Low, class High>(Low low, High high) {
    std::memcpy(&low, in, sizeof low);
    std::memcpy(&high, in + count - sizeof high, sizeof high);
    const auto shifted = static_cast<uint64_t>(int64_t{high}) << 8 * (count - sizeof high);
    return static_cast<int64_t>(shifted | low);
  };
  if (count == 1) return static_cast<signed char>(*in);
  return count < 4 ? load(uint16_t{}, int16_t{}) : load(uint32_t{}, int32_t{});
}

}  // namespace thimble
