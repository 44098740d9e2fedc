#pragma once

#include <cstdint>
#include <string>

#include "storage/common/bytes.h"
#include "storage/rdb/byte_stream.h"

namespace thimble {

// Reads the primitives of the RDB format: numbers, lengths, strings.
//
// Errors      The first one stays; from then on every call returns zero or nothing. So a caller
//             reads straight down and looks at ok() where it matters: before it acts on what it
//             read, and in every loop.
// Hostility   No length makes it allocate: a string's memory grows as its bytes arrive, and what
//             compression announces must be possible for the bytes that are there.
// Views       A string lives until the next call that reads.
class RdbReader {
 public:
  explicit RdbReader(ByteSource& source) : source_(source) {}
  RdbReader(const RdbReader&) = delete;
  RdbReader& operator=(const RdbReader&) = delete;

  bool ok() const { return error_ == nullptr; }
  // Why not; null while ok().
  const char* error() const { return error_; }
  // Whether the bytes ended too early, as opposed to being wrong.
  bool truncated() const { return truncated_; }
  void Fail(const char* why);

  uint64_t position() const { return piece_start_ + at_; }  // Bytes read so far.
  uint64_t Checksum();                                      // CRC-64 of them.
  bool AtEnd();                                             // Whether the source has no more.

  uint8_t Byte();
  uint32_t Fixed32();
  uint64_t Fixed64();
  Bytes Raw(uint64_t count);
  void Skip(uint64_t count);
  uint64_t Length();  // Fails on a special form.
  Bytes String() {
    // Most strings are short, and lie in one piece.
    if (at_ < piece_.size() && ok()) [[likely]] {
      const auto length = static_cast<uint8_t>(piece_[at_]);
      if (length < kShortStrings && length < piece_.size() - at_) {
        const Bytes string(piece_.data() + at_ + 1, length);
        at_ += size_t{1} + length;
        return string;
      }
    }
    return AnyString();
  }
  void SkipString();

 private:
  static constexpr uint8_t kShortStrings = 64;  // Their one byte of head is their length.

  struct Head {
    uint64_t length;
    bool special;
  };
  Head ReadHead();
  Bytes AnyString();
  bool Refill();
  void FailShort();
  Bytes Integer(int64_t value);
  Bytes Decompress();
  template <class T>
  T Fixed();

  ByteSource& source_;
  Bytes piece_;
  size_t at_ = 0;             // In piece_: the next byte.
  size_t summed_ = 0;         // In piece_: where the checksum stands.
  uint64_t piece_start_ = 0;  // Bytes before piece_.
  uint64_t crc_ = 0;
  const char* error_ = nullptr;
  bool truncated_ = false;
  std::string joined_;  // A string that did not lie in one piece.
  std::string decompressed_;
  char digits_[24];
};

}  // namespace thimble
