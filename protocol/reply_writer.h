#pragma once

#include <cstdint>

#include "protocol/output_buffer.h"
#include "storage/common/text.h"

namespace thimble {

enum class Protocol : uint8_t { kResp2 = 2, kResp3 = 3 };

// Writes replies in the protocol a client speaks. Where RESP2 lacks a type, its plain stand-in is
// written: a map is a flat array, a set an array, null "$-1", a double a bulk string. Cheap to make:
// one per command.
class ReplyWriter {
 public:
  ReplyWriter(OutputBuffer& out, Protocol protocol) : out_(out), protocol_(protocol) {}

  Protocol protocol() const { return protocol_; }
  OutputBuffer& buffer() { return out_; }

  void Ok();
  void Status(Bytes text);  // "+text". REQUIRES: no CR or LF.
  // "-line": prefix and message. CR and LF become spaces, as user data may be part of it.
  void Error(Bytes line);
  void Integer(int64_t value);
  void Bulk(Bytes bytes);
  void Bulk(const Text& text);
  void Null();       // "_" or "$-1".
  void NullArray();  // "_" or "*-1".
  void Boolean(bool value);  // "#t" or ":1".
  void Double(double value);
  void BigNumber(Bytes digits);
  // `format` is three letters ("txt"). A bulk string in RESP2.
  void Verbatim(Bytes format, Bytes text);

  // Headers; the elements follow. Map counts pairs.
  void Array(size_t count);
  void Map(size_t pairs);
  void Set(size_t count);
  void Push(size_t count);       // An array in RESP2.
  void Attribute(size_t pairs);  // REQUIRES: RESP3.

  // An aggregate whose length is known only once its elements are written.
  enum class Aggregate : uint8_t { kArray, kMap, kSet };
  OutputBuffer::Mark Defer() { return out_.End(); }
  void FinishDeferred(OutputBuffer::Mark mark, Aggregate kind, size_t count);

 private:
  OutputBuffer& out_;
  Protocol protocol_;
};

}  // namespace thimble
