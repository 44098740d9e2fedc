#pragma once

#include <cstddef>
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
// ends of lines are not looked at when it is read.
inline bool IsRequestOf(Bytes text, std::span<const Bytes> args) {
  const auto header_bytes = [](size_t number) {
    size_t bytes = 4;
    for (; number >= 10; number /= 10) ++bytes;
    return bytes;
  };
  const auto is_line_end = [](const char* at) { return std::memcmp(at, "\r\n", 2) == 0; };
  const char* at = text.data();
  const char* const end = at + text.size();
  size_t header = header_bytes(args.size());
  if (text.size() < header || *at != '*' || !is_line_end(at + header - 2)) return false;
  at += header;
  for (const Bytes arg : args) {
    header = header_bytes(arg.size());
    if (arg.data() != at + header || *at != '$' || !is_line_end(arg.data() - 2)) return false;
    at = arg.data() + arg.size();
    if (end - at < 2 || !is_line_end(at)) return false;
    at += 2;
  }
  return at == end;
}

}  // namespace thimble
