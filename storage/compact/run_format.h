#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "storage/common/bytes.h"
#include "storage/common/check.h"
#include "storage/common/copy.h"
#include "storage/common/packed_int.h"

// How a run is laid out (run.h), for those who read and write its bytes.
namespace thimble::run_format {

inline constexpr uint8_t kMaxShort = 247;
inline constexpr uint8_t kFirstInt = 248;
inline constexpr uint8_t kLastInt = 254;
inline constexpr uint8_t kLong = 255;
inline constexpr size_t kLongHead = 1 + sizeof(uint32_t);
inline constexpr uint8_t kIntBytes[] = {1, 2, 3, 4, 5, 6, 8};

inline constexpr uint8_t kLongCount = 0xFF;
inline constexpr size_t kShortCountBytes = 1;
inline constexpr size_t kLongCountBytes = 1 + sizeof(uint32_t);

// How many bytes an item takes, code included, for every code but kLong.
inline constexpr auto kItemBytes = [] {
  std::array<uint8_t, 256> bytes{};
  for (size_t code = 0; code <= kMaxShort; ++code) bytes[code] = static_cast<uint8_t>(code + 1);
  for (size_t code = kFirstInt; code <= kLastInt; ++code) {
    bytes[code] = static_cast<uint8_t>(kIntBytes[code - kFirstInt] + 1);
  }
  return bytes;
}();

inline uint8_t Code(const char* at) {
  return static_cast<uint8_t>(*at);
}

inline uint32_t Load32(const char* at) {
  uint32_t value = 0;
  std::memcpy(&value, at, sizeof value);
  return value;
}

inline void Store32(char* at, size_t value) {
  THIMBLE_CHECK(value <= UINT32_MAX);
  const auto narrow = static_cast<uint32_t>(value);
  std::memcpy(at, &narrow, sizeof narrow);
}

// Walks wait for this before they can read the next code. Strings are most of what they meet, and
// a well-predicted branch is shorter than a look into the array of sizes.
inline size_t ItemBytes(const char* at) {
  const uint8_t code = Code(at);
  if (code <= kMaxShort) [[likely]]
    return size_t{1} + code;
  return code != kLong ? kItemBytes[code] : kLongHead + Load32(at + 1);
}

// The index in kIntBytes of the first that is enough for so many.
inline uint8_t IntCode(size_t bytes) {
  return static_cast<uint8_t>(bytes < sizeof kIntBytes ? bytes - 1 : sizeof kIntBytes - 1);
}

// Write an item where there is room for it; both return its end. An integer may take nine bytes on
// the way.
[[gnu::always_inline]] inline char* WriteInteger(char* at, int64_t integer) {
  const uint8_t index = IntCode(PackedIntBytes(integer));
  *at = static_cast<char>(kFirstInt + index);
  std::memcpy(at + 1, &integer, sizeof integer);
  return at + 1 + kIntBytes[index];
}

[[gnu::always_inline]] inline char* WriteString(char* at, Bytes text) {
  if (text.size() <= kMaxShort) [[likely]] {
    *at++ = static_cast<char>(text.size());
  } else {
    *at = static_cast<char>(kLong);
    Store32(at + 1, text.size());
    at += kLongHead;
  }
  CopyBytes(at, text.data(), text.size());
  return at + text.size();
}

inline size_t CountBytes(Bytes run) {
  if (run.empty()) return 0;
  return Code(run.data()) == kLongCount ? kLongCountBytes : kShortCountBytes;
}

inline size_t CountBytesFor(size_t count) {
  return count < kLongCount ? kShortCountBytes : kLongCountBytes;
}

// Writes the count at the front of a run that has CountBytesFor(count) of room there.
inline void WriteCount(char* run, size_t count) {
  const bool is_short = count < kLongCount;
  run[0] = static_cast<char>(is_short ? count : kLongCount);
  if (!is_short) Store32(run + 1, count);
}

}  // namespace thimble::run_format
