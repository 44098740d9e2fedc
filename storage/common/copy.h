#pragma once

#include <cstddef>
#include <cstring>
#include <type_traits>

namespace thimble {

// Copies `size` bytes between places that do not overlap. Keys, fields and values are short: up to
// 32 bytes are moved as two halves that may overlap, without a call.
[[gnu::always_inline]] inline void CopyBytes(char* out, const char* from, size_t size) {
  const auto halves = [&](auto half) __attribute__((always_inline)) {
    std::memcpy(out, from, half);
    std::memcpy(out + size - half, from + size - half, half);
  };
  if (size > 32) {
    std::memcpy(out, from, size);
  } else if (size >= 16) {
    halves(std::integral_constant<size_t, 16>());
  } else if (size >= 8) {
    halves(std::integral_constant<size_t, 8>());
  } else if (size >= 4) {
    halves(std::integral_constant<size_t, 4>());
  } else if (size > 0) {
    out[0] = from[0];
    out[size / 2] = from[size / 2];
    out[size - 1] = from[size - 1];
  }
}

}  // namespace thimble
