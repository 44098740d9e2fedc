#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/result.h"

namespace thimble {

// Strict text <-> number. What is refused matters: storage keeps a string as an integer only if
// printing that integer gives back exactly the bytes the client sent.

// The canonical decimal form of a signed 64-bit integer: what std::to_string prints and nothing
// else. Refuses "", "+1", "01", "-0", " 1" and anything out of range. Most texts are no such form
// and show it with their first byte, without a call.
inline std::optional<int64_t> ParseInt64(Bytes text);

// The same for unsigned 64-bit integers, as SCAN cursors are, but with what strtoull and Redis 8
// tolerate for cursors left to the caller. Refuses "", signs, spaces and overflow; accepts leading
// zeros.
std::optional<uint64_t> ParseUint64(Bytes text);

// value + increment. Fails with kOverflow.
inline Result<int64_t> AddChecked(int64_t value, int64_t increment) {
  int64_t sum = 0;
  if (__builtin_add_overflow(value, increment, &sum)) return Errc::kOverflow;
  return sum;
}

// A float as users of INCRBYFLOAT may write it: decimal, exponent or hexadecimal, "inf" and "nan"
// in any case. Refuses "", leading or trailing space, embedded NUL, overflow to infinity and
// underflow of a non-zero text to zero. "nan" parses to NaN: the caller says what it means.
std::optional<long double> ParseLongDouble(Bytes text);

// Decimal digits without an exponent: 17 places after the point, trailing zeros and point dropped,
// "-0" printed as "0". Prints "inf", "-inf" and "nan".
std::string FormatLongDouble(long double value);

// "1.5G"-like sizes for people, as INFO's *_human fields show them: B below 1024, then K, M, G, T
// with two places.
std::string HumanBytes(uint64_t bytes);

// Nanoseconds as seconds with three places.
std::string FormatSeconds(int64_t ns);

// --- Hot and small -----------------------------------------------------------------------------

// ParseInt64 of a text whose first byte may be an integer's. Says by a plain bool whether it is: an
// optional from a function that is called is put together in memory, narrow, and read back wide.
bool ParseDecimal(Bytes text, int64_t& value);

inline std::optional<int64_t> ParseInt64(Bytes text) {
  if (text.empty() || text.front() > '9') return std::nullopt;
  int64_t value = 0;
  return ParseDecimal(text, value) ? std::optional(value) : std::nullopt;
}

}  // namespace thimble
