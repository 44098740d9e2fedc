#pragma once

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

// Whether `text`, in which the parser found `args`, is just what AppendRequest writes of them: the
// ends of lines are not looked at when it is read, and numbers may begin with zeros. Every
// deviation adds to one number, so that nothing has to be guessed on the way.
inline bool IsRequestOf(Bytes text, std::span<const Bytes> args) {
  if (text[0] != '*') return false;  // An inline request: its words have no headers.
  const auto header_bytes = [](size_t number) {
    size_t bytes = size_t{4} + (number >= 10 ? 1 : 0) + (number >= 100 ? 1 : 0);
    for (; number >= 1000; number /= 10) ++bytes;
    return bytes;
  };
  const auto line_end = [](const char* at) {
    uint16_t found;
    uint16_t wanted;
    std::memcpy(&found, at, sizeof found);
    std::memcpy(&wanted, "\r\n", sizeof wanted);
    return size_t{found} ^ wanted;
  };
  const char* at = text.data() + header_bytes(args.size());
  size_t deviation = args.empty() ? 1 : line_end(at - 2);
  for (const Bytes arg : args) {
    const char* const end = arg.data() + arg.size();
    deviation |= static_cast<size_t>(arg.data() - at) ^ header_bytes(arg.size());
    deviation |= line_end(arg.data() - 2) | line_end(end);
    at = end + 2;
  }
  return deviation == 0 && at == text.data() + text.size();
}

}  // namespace thimble
