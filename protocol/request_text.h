#pragma once

#include <charconv>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>

#include "storage/common/bytes.h"

namespace thimble {

// Requests as they go over the wire: "*2\r\n$3\r\nDEL\r\n$1\r\nk\r\n". The Put functions write
// where there is room already and return the place behind.

// Room for a mark, the digits of any number and the end of the line.
constexpr size_t kMaxRequestHeader = 24;

inline char* PutRequestHeader(char* out, char mark, size_t number) {
  *out++ = mark;
  if (number < 10) {
    *out++ = static_cast<char>('0' + number);
  } else {
    out = std::to_chars(out, out + kMaxRequestHeader, number).ptr;
  }
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

// Takes at most kMaxRequestHeader + bulk.size() + 2 bytes.
inline char* PutRequestBulk(char* out, Bytes bulk) {
  out = PutRequestHeader(out, '$', bulk.size());
  if (!bulk.empty()) std::memcpy(out, bulk.data(), bulk.size());
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

}  // namespace thimble
