#pragma once

#include <cstdint>
#include <cstring>
#include <optional>

#include "protocol/output_buffer.h"
#include "storage/common/copy.h"
#include "storage/common/print_integer.h"
#include "storage/common/text.h"

namespace thimble {

enum class Protocol : uint8_t { kResp2 = 2, kResp3 = 3 };

// Writes replies in the protocol a client speaks. Where RESP2 lacks a type, its plain stand-in is
// written: a map is a flat array, a set an array, null "$-1", a double a bulk string. Cheap to
// make: one per command.
class ReplyWriter {
 public:
  ReplyWriter(OutputBuffer& out, Protocol protocol) : out_(out), protocol_(protocol) {}

  Protocol protocol() const { return protocol_; }
  OutputBuffer& buffer() { return out_; }

  void Ok() { out_.Append("+OK\r\n"); }
  void Queued() { out_.Append("+QUEUED\r\n"); }
  void Status(Bytes text);  // "+text". REQUIRES: no CR or LF.
  // "-line": prefix and message. CR and LF become spaces, as user data may be part of it; those
  // at the end are dropped.
  void Error(Bytes line);
  void Integer(int64_t value);
  void Bulk(Bytes bytes);
  void Bulk(const Text& text);
  void Null();  // "_" or "$-1".
  void BulkOrNull(const std::optional<Text>& text) { text ? Bulk(*text) : Null(); }
  void NullArray();           // "_" or "*-1".
  void Boolean(bool value);   // "#t" or ":1".
  void Double(double value);  // The shortest digits that read back as `value`.
  void BigNumber(Bytes digits);
  // `format` is three letters ("txt"). A bulk string in RESP2.
  void Verbatim(Bytes format, Bytes text);

  // Headers; the elements follow. Map counts pairs.
  void Array(size_t count) { Header('*', count); }
  void Map(size_t pairs) { resp3() ? Header('%', pairs) : Header('*', pairs * 2); }
  void Set(size_t count) { Header(resp3() ? '~' : '*', count); }
  void Push(size_t count) { Header(resp3() ? '>' : '*', count); }  // An array in RESP2.
  void Attribute(size_t pairs);                                    // REQUIRES: RESP3.

  // An aggregate whose length is known only once its elements are written.
  enum class Aggregate : uint8_t { kArray, kMap, kSet };
  OutputBuffer::Mark Defer() { return out_.End(); }
  void FinishDeferred(OutputBuffer::Mark mark, Aggregate kind, size_t count);

 private:
  // A type byte, up to 20 digits with their sign, CR and LF.
  static constexpr size_t kMaxHeader = 1 + Text::kMaxDigits + 2;
  // Up to this, a bulk string is written as one contiguous run.
  static constexpr size_t kShortBulk = 512;

  bool resp3() const { return protocol_ == Protocol::kResp3; }
  static char* PutHeader(char* out, char type, uint64_t count);
  [[gnu::always_inline]] static char* PutBytes(char* out, Bytes bytes) {
    CopyBytes(out, bytes.data(), bytes.size());
    return out + bytes.size();
  }
  static char* PutLineEnd(char* out) {
    std::memcpy(out, "\r\n", 2);
    return out + 2;
  }
  void Header(char type, uint64_t count);
  void Line(char type, Bytes text);
  void LongBulk(Bytes head, Bytes tail);
  void IntegerBulk(int64_t value);

  OutputBuffer& out_;
  Protocol protocol_;
};

inline char* ReplyWriter::PutHeader(char* out, char type, uint64_t count) {
  *out = type;
  return PutLineEnd(PrintUnsigned(out + 1, count));
}

inline void ReplyWriter::Header(char type, uint64_t count) {
  char* const out = out_.Reserve(kMaxHeader);
  out_.Advance(static_cast<size_t>(PutHeader(out, type, count) - out));
}

inline void ReplyWriter::Integer(int64_t value) {
  char* const out = out_.Reserve(kMaxHeader);
  *out = ':';
  out_.Advance(static_cast<size_t>(PutLineEnd(PrintInteger(out + 1, value)) - out));
}

inline void ReplyWriter::Bulk(Bytes bytes) {
  if (bytes.size() > kShortBulk) return LongBulk({}, bytes);
  char* const start = out_.Reserve(kMaxHeader + kShortBulk + 2);
  char* const out = PutBytes(PutHeader(start, '$', bytes.size()), bytes);
  out_.Advance(static_cast<size_t>(PutLineEnd(out) - start));
}

inline void ReplyWriter::Bulk(const Text& text) {
  const Bytes head = text.head();
  const Bytes tail = text.tail();
  const size_t size = head.size() + tail.size();
  if (text.is_integer()) return IntegerBulk(text.integer());
  if (size > kShortBulk) return LongBulk(head, tail);
  char* const start = out_.Reserve(kMaxHeader + kShortBulk + 2);
  char* out = PutHeader(start, '$', size);
  if (!head.empty()) {
    std::memcpy(out, head.data(), head.size());
    out += head.size();
  }
  out = PutLineEnd(PutBytes(out, tail));
  out_.Advance(static_cast<size_t>(out - start));
}

inline void ReplyWriter::Null() {
  out_.Append(resp3() ? Bytes("_\r\n") : Bytes("$-1\r\n"));
}

inline void ReplyWriter::NullArray() {
  out_.Append(resp3() ? Bytes("_\r\n") : Bytes("*-1\r\n"));
}

}  // namespace thimble
