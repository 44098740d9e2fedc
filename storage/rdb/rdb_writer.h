#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/text.h"
#include "storage/rdb/byte_stream.h"

namespace thimble {

// Writes the primitives of the RDB format, in the forms Redis 7.0 would choose: integers as such
// where they fit 32 bits, strings above 20 bytes compressed if that saves some. While it saves next
// to nothing of the short ones, few of them are tried.
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

  void Byte(uint8_t byte) { *Room(1) = static_cast<char>(byte); }
  void Fixed64(uint64_t number) { std::memcpy(Room(sizeof number), &number, sizeof number); }
  void Raw(Bytes bytes);
  void Length(uint64_t length);
  void String(Bytes string);
  void String(const Text& string);
  // Memory to put a string together that is to be written; until the next call.
  char* Scratch(size_t bytes) {
    if (scratch_.size() < bytes) scratch_.resize(bytes);
    return scratch_.data();
  }

 private:
  static constexpr size_t kBufferBytes = size_t{64} << 10U;

  // Place in the buffer for so many bytes, to be written now. REQUIRES: at most kBufferBytes.
  char* Room(size_t size) {
    if (used_ + size > kBufferBytes) [[unlikely]]
      Flush();
    char* const room = buffer_.get() + used_;
    used_ += size;
    return room;
  }
  bool IsPlain(const Text& string) const;
  bool WriteInteger(int64_t integer);
  bool IsWorthPacking(size_t size);
  void NotePacked(size_t size, size_t saved);
  bool WriteCompressed(Bytes string);

  ByteSink& sink_;
  const Options options_;
  std::unique_ptr<char[]> buffer_;
  size_t used_ = 0;
  size_t summed_ = 0;  // Of the buffer: where the checksum stands.
  uint64_t crc_ = 0;
  bool ok_ = true;
  // Whether compression of short strings pays: of the last ones tried, and how many more are passed
  // over, this time and the next.
  struct {
    unsigned tried = 0;
    size_t bytes = 0;
    size_t saved = 0;
    unsigned skip = 0;
    unsigned pause = 0;
  } packing_;
  std::string packed_;
  std::string flat_;
  std::string scratch_;
};

}  // namespace thimble
