#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace thimble {

// The decimal form of an integer. std::to_chars counts digits first and divides by a hundred again
// and again, each time waiting for the time before; most integers people store are small, and
// longer ones come apart into groups of four digits that do not wait for each other.

// The longest decimal form of a 64-bit integer, sign included.
inline constexpr size_t kMaxDigits = 20;

namespace print_internal {

// "00" to "99".
inline constexpr std::array<char, 200> kDigitPairs = [] {
  std::array<char, 200> pairs{};
  for (size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

// REQUIRES: value < 100.
inline char* PrintPair(char* out, uint64_t value) {
  std::memcpy(out, kDigitPairs.data() + 2 * value, 2);
  return out + 2;
}

// Four digits, zeros included. REQUIRES: value < 10,000.
inline char* PrintFour(char* out, uint64_t value) {
  return PrintPair(PrintPair(out, value / 100), value % 100);
}

// REQUIRES: value >= 10.
inline char* PrintLonger(char* out, uint64_t value) {
  constexpr uint64_t kFour = 10'000;
  constexpr uint64_t kEight = kFour * kFour;
  if (value < 100) return PrintPair(out, value);
  if (value < 1000) {
    *out = static_cast<char>('0' + value / 100);
    return PrintPair(out + 1, value % 100);
  }
  if (value < kFour) return PrintFour(out, value);
  const uint64_t front = value < kEight ? value / kFour : value / kEight;
  out = front < 10 ? (*out = static_cast<char>('0' + front), out + 1) : PrintLonger(out, front);
  if (value < kEight) return PrintFour(out, value % kFour);
  const uint64_t rest = value % kEight;
  return PrintFour(PrintFour(out, rest / kFour), rest % kFour);
}

}  // namespace print_internal

// Returns the end. `out` must have kMaxDigits bytes of room.
[[gnu::always_inline]] inline char* PrintUnsigned(char* out, uint64_t value) {
  if (value >= 10) return print_internal::PrintLonger(out, value);
  *out = static_cast<char>('0' + value);
  return out + 1;
}

inline char* PrintInteger(char* out, int64_t value) {
  if (value >= 0) [[likely]]
    return PrintUnsigned(out, static_cast<uint64_t>(value));
  *out = '-';
  return PrintUnsigned(out + 1, ~static_cast<uint64_t>(value) + 1);
}

}  // namespace thimble
