#include "storage/common/number.h"

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace thimble {
namespace {

// Longest text ParseLongDouble reads: 4,933 digits hold any finite 80-bit value.
constexpr size_t kMaxFloatText = 5 * 1024;

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
}

}  // namespace

bool ParseDecimal(Bytes text, int64_t& value) {
  const bool negative = text.front() == '-';
  const Bytes digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || digits.size() > 19) return false;
  if (digits.front() == '0' && text.size() != 1) return false;

  uint64_t magnitude = 0;  // 19 digits always fit.
  for (const char c : digits) {
    const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
    if (digit > 9) return false;
    magnitude = magnitude * 10 + digit;
  }
  const uint64_t limit = uint64_t{INT64_MAX} + (negative ? 1 : 0);
  if (magnitude > limit) return false;
  value = static_cast<int64_t>(negative ? 0 - magnitude : magnitude);
  return true;
}

std::optional<uint64_t> ParseUint64(Bytes text) {
  uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (status != std::errc{} || stop != end || text.empty()) return std::nullopt;
  return value;
}

std::optional<long double> ParseLongDouble(Bytes text) {
  if (text.empty() || text.size() >= kMaxFloatText || IsSpace(text.front())) return std::nullopt;
  char buffer[kMaxFloatText];
  std::memcpy(buffer, text.data(), text.size());
  buffer[text.size()] = '\0';

  errno = 0;
  char* stop = nullptr;
  const long double value = std::strtold(buffer, &stop);
  if (stop != buffer + text.size()) return std::nullopt;
  const bool overflowed = errno == ERANGE && (std::isinf(value) || value == 0);
  if (overflowed) return std::nullopt;
  return value;
}

std::string FormatLongDouble(long double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[kMaxFloatText];
  auto length = static_cast<size_t>(std::snprintf(buffer, sizeof buffer, "%.17Lf", value));
  while (buffer[length - 1] == '0') --length;
  if (buffer[length - 1] == '.') --length;
  if (length == 2 && buffer[0] == '-' && buffer[1] == '0') return "0";
  return {buffer, length};
}

std::string HumanBytes(uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + "B";
  static constexpr char kUnits[] = {'K', 'M', 'G', 'T', 'P'};
  double scaled = static_cast<double>(bytes) / 1024;
  size_t unit = 0;
  while (scaled >= 1024 && unit + 1 < sizeof kUnits) {
    scaled /= 1024;
    ++unit;
  }
  char buffer[32];
  const int length = std::snprintf(buffer, sizeof buffer, "%.2f%c", scaled, kUnits[unit]);
  return {buffer, static_cast<size_t>(length)};
}

std::string FormatSeconds(int64_t ns) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(ns) / 1e9);
  return text;
}

}  // namespace thimble
