#pragma once

#include <cstdint>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/text.h"
#include "storage/rdb/byte_stream.h"

namespace thimble {

// Writes the primitives of the RDB format, in the forms Redis 7.0 would choose: integers as such
// where they fit 32 bits, strings above 20 bytes compressed if that saves some.
//
// Bytes are gathered; Flush gives the rest to the sink. Once the sink refused nothing more is
// given to it, and ok() says so.
class RdbWriter {
 public:
  struct Options {
    bool compress = true;
    bool checksum = true;  // Else Checksum() is 0.
  };
  RdbWriter(ByteSink& sink, Options options);
  RdbWriter(const RdbWriter&) = delete;
  RdbWriter& operator=(const RdbWriter&) = delete;

  bool ok() const { return ok_; }
  bool Flush();         // What ok() says then.
  uint64_t Checksum();  // Of all that was written so far.

  void Byte(uint8_t byte) { buffer_ += static_cast<char>(byte); }
  void Fixed64(uint64_t number) { Raw({reinterpret_cast<const char*>(&number), sizeof number}); }
  void Raw(Bytes bytes);
  void Length(uint64_t length);
  void String(Bytes string);
  void String(const Text& string);

 private:
  bool WriteInteger(int64_t integer);
  bool WriteCompressed(Bytes string);
  void FlushIfFull();

  ByteSink& sink_;
  const Options options_;
  std::string buffer_;
  size_t summed_ = 0;  // In buffer_: where the checksum stands.
  uint64_t crc_ = 0;
  bool ok_ = true;
  std::string packed_;
  std::string flat_;
};

}  // namespace thimble
