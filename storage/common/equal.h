#pragma once

#include <cstdint>
#include <cstring>

#include "storage/common/bytes.h"

namespace thimble {

// Whether two runs of `size` bytes are the same. For the short strings that keys and fields are:
// a few loads that overlap, no loop and no call up to 16 bytes.
[[gnu::always_inline]] inline bool EqualBytes(const char* a, const char* b, size_t size) {
  const auto differ = [a, b]<class Word>(Word, size_t at) {
    Word x;
    Word y;
    std::memcpy(&x, a + at, sizeof x);
    std::memcpy(&y, b + at, sizeof y);
    return x ^ y;
  };
  if (size > 16) return std::memcmp(a, b, size) == 0;
  if (size >= 8) return (differ(uint64_t{}, 0) | differ(uint64_t{}, size - 8)) == 0;
  if (size >= 4) return (differ(uint32_t{}, 0) | differ(uint32_t{}, size - 4)) == 0;
  if (size == 0) return true;
  return a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1];
}

[[gnu::always_inline]] inline bool EqualBytes(Bytes a, Bytes b) {
  return a.size() == b.size() && EqualBytes(a.data(), b.data(), a.size());
}

}  // namespace thimble
