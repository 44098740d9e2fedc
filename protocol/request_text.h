#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/copy.h"
#include "storage/common/print_integer.h"

namespace thimble {

// Requests as they go over the wire: "*2\r\n$3\r\nDEL\r\n$1\r\nk\r\n". The Put functions write
// where there is room already and return the place behind.

// Room for a mark, the digits of any number and the end of the line.
constexpr size_t kMaxRequestHeader = 24;

inline char* PutRequestHeader(char* out, char mark, size_t number) {
  *out = mark;
  out = PrintUnsigned(out + 1, number);
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

// Takes at most kMaxRequestHeader + bulk.size() + 2 bytes.
inline char* PutRequestBulk(char* out, Bytes bulk) {
  out = PutRequestHeader(out, '$', bulk.size());
  CopyBytes(out, bulk.data(), bulk.size());
  out += bulk.size();
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

inline void AppendRequestHeader(std::string& text, char mark, size_t number) {
  char header[kMaxRequestHeader + 2];
  text.append(header, static_cast<size_t>(PutRequestHeader(header, mark, number) - header));
}

inline void AppendRequestBulk(std::string& text, Bytes bulk) {
  AppendRequestHeader(text, '$', bulk.size());
  text.append(bulk).append("\r\n");
}

inline void AppendRequest(std::string& text, std::span<const Bytes> args) {
  AppendRequestHeader(text, '*', args.size());
  for (const Bytes arg : args) AppendRequestBulk(text, arg);
}

// How the two bytes there differ from CR LF; 0: they do not.
inline unsigned LineEndDeviation(const char* at) {
  constexpr auto kLineEnd = std::bit_cast<uint16_t>(std::array{'\r', '\n'});
  uint16_t found;
  std::memcpy(&found, at, sizeof found);
  return unsigned{found} ^ kLineEnd;
}

// Whether a request that the parser read in its shortest form (RequestParser::Step) is just what
// AppendRequest writes of its arguments: what stands behind them is not looked at when it is read.
// Every deviation adds to one number, so that nothing has to be guessed on the way.
inline bool HasPlainLineEnds(std::span<const Bytes> args) {
  unsigned deviation = 0;
  for (const Bytes arg : args) deviation |= LineEndDeviation(arg.data() + arg.size());
  return deviation == 0;
}

}  // namespace thimble
