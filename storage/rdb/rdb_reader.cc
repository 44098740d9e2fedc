#include "storage/rdb/rdb_reader.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <lzf.h>

#include "storage/common/text.h"
#include "storage/rdb/crc64.h"
#include "storage/rdb/rdb_types.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

// What LZF data is unpacked to, from its control bytes alone; 0 if it is cut off. A control byte
// announces so many plain bytes, or a repetition, whose offset has a second byte here.
uint64_t UnpackedBytes(Bytes packed) {
  constexpr unsigned kMostPlain = 32;
  constexpr unsigned kLongRepetition = 7;  // Its length goes on in a byte of its own.
  uint64_t bytes = 0;
  for (size_t at = 0; at < packed.size();) {
    const auto control = static_cast<uint8_t>(packed[at++]);
    if (control < kMostPlain) {
      const size_t plain = control + 1U;
      at += plain;
      bytes += plain;
    } else {
      const bool is_long = control >> 5U == kLongRepetition;
      if (is_long && at < packed.size()) bytes += static_cast<uint8_t>(packed[at]);
      at += is_long ? 2 : 1;
      bytes += (control >> 5U) + 2U;
    }
    if (at > packed.size()) return 0;
  }
  return bytes;
}

}  // namespace

void RdbReader::Fail(const char* why) {
  if (error_ == nullptr) error_ = why;
}

void RdbReader::FailShort() {
  truncated_ = truncated_ || ok();
  Fail("the data ends too early");
}

bool RdbReader::Refill() {
  if (!ok()) return false;
  Checksum();
  piece_start_ += piece_.size();
  piece_ = source_.Next();
  at_ = 0;
  summed_ = 0;
  return !piece_.empty();
}

uint64_t RdbReader::Checksum() {
  crc_ = Crc64(crc_, piece_.substr(summed_, at_ - summed_));
  summed_ = at_;
  return crc_;
}

bool RdbReader::AtEnd() {
  return at_ == piece_.size() && !Refill();
}

uint8_t RdbReader::Byte() {
  if (!ok()) return 0;
  if (at_ == piece_.size() && !Refill()) {
    FailShort();
    return 0;
  }
  return static_cast<uint8_t>(piece_[at_++]);
}

Bytes RdbReader::Raw(uint64_t count) {
  if (!ok()) return {};
  if (count <= piece_.size() - at_) {
    const Bytes bytes = piece_.substr(at_, count);
    at_ += count;
    return bytes;
  }
  joined_.clear();
  while (count > 0) {
    if (at_ == piece_.size() && !Refill()) {
      FailShort();
      return {};
    }
    const Bytes part = piece_.substr(at_, std::min<uint64_t>(count, piece_.size() - at_));
    joined_.append(part);
    at_ += part.size();
    count -= part.size();
  }
  return joined_;
}

void RdbReader::Skip(uint64_t count) {
  while (count > 0 && ok()) {
    if (at_ == piece_.size() && !Refill()) return FailShort();
    const uint64_t part = std::min<uint64_t>(count, piece_.size() - at_);
    at_ += part;
    count -= part;
  }
}

template <class T>
T RdbReader::Fixed() {
  static_assert(std::endian::native == std::endian::little);
  T value{};
  const Bytes bytes = Raw(sizeof value);
  if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

uint32_t RdbReader::Fixed32() {
  return Fixed<uint32_t>();
}

uint64_t RdbReader::Fixed64() {
  return Fixed<uint64_t>();
}

RdbReader::Head RdbReader::ReadHead() {
  const uint8_t first = Byte();
  const uint64_t low = first & 0x3FU;
  switch (static_cast<RdbLengthForm>(first >> 6U)) {
    case RdbLengthForm::kSixBits:
      return {low, false};
    case RdbLengthForm::kFourteenBits:
      return {low << 8U | Byte(), false};
    case RdbLengthForm::kSpecial:
      return {low, true};
    case RdbLengthForm::kLong:
      break;
  }
  if (first == kRdbLength32) return {__builtin_bswap32(Fixed32()), false};
  if (first == kRdbLength64) return {__builtin_bswap64(Fixed64()), false};
  Fail("an unknown form of length");
  return {0, false};
}

uint64_t RdbReader::Length() {
  const Head head = ReadHead();
  if (head.special) Fail("a string where a length should be");
  return ok() ? head.length : 0;
}

Bytes RdbReader::Integer(int64_t value) {
  return ok() ? Bytes(digits_, static_cast<size_t>(Text(value).CopyTo(digits_) - digits_))
              : Bytes();
}

Bytes RdbReader::AnyString() {
  const Head head = ReadHead();
  if (!head.special) return Raw(head.length);
  switch (static_cast<RdbStringForm>(head.length)) {
    case RdbStringForm::kInt8:
      return Integer(static_cast<int8_t>(Byte()));
    case RdbStringForm::kInt16:
      return Integer(Fixed<int16_t>());
    case RdbStringForm::kInt32:
      return Integer(Fixed<int32_t>());
    case RdbStringForm::kLzf:
      return Decompress();
  }
  Fail("an unknown form of string");
  return {};
}

Bytes RdbReader::Decompress() {
  const uint64_t packed_bytes = Length();
  const uint64_t bytes = Length();
  const Bytes packed = Raw(packed_bytes);
  if (!ok()) return {};
  // Nothing is set aside for what does not come.
  const bool possible = packed_bytes <= UINT32_MAX && bytes <= UINT32_MAX && bytes > 0 &&
                        bytes == UnpackedBytes(packed);
  if (possible && !process_slabs.HasHeapFor(2 * bytes)) {  // Its copy in the value too.
    Fail("there is no memory for a compressed string");
    return {};
  }
  if (possible) decompressed_.resize(bytes);
  if (!possible || lzf_decompress(packed.data(), static_cast<unsigned>(packed.size()),
                                  decompressed_.data(), static_cast<unsigned>(bytes)) != bytes) {
    Fail("a compressed string is malformed");
    return {};
  }
  return decompressed_;
}

void RdbReader::SkipString() {
  const Head head = ReadHead();
  if (!head.special) return Skip(head.length);
  switch (static_cast<RdbStringForm>(head.length)) {
    case RdbStringForm::kInt8:
      return Skip(sizeof(int8_t));
    case RdbStringForm::kInt16:
      return Skip(sizeof(int16_t));
    case RdbStringForm::kInt32:
      return Skip(sizeof(int32_t));
    case RdbStringForm::kLzf: {
      const uint64_t packed_bytes = Length();
      Length();
      return Skip(packed_bytes);
    }
  }
  Fail("an unknown form of string");
}

}  // namespace thimble
