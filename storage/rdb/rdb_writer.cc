#include "storage/rdb/rdb_writer.h"

#include <algorithm>
#include <limits>

#include <lzf.h>

#include "storage/common/copy.h"
#include "storage/common/number.h"
#include "storage/rdb/crc64.h"
#include "storage/rdb/rdb_types.h"

namespace thimble {
namespace {

// A larger piece goes to the sink without being copied.
constexpr size_t kMaxCopied = size_t{16} << 10U;
constexpr size_t kLongestInteger = 11;  // -2147483648
constexpr size_t kShortestPacked = 21;  // Shorter strings are not worth it.
constexpr size_t kLeastSaved = 4;
// Whether longer strings than this get shorter is always tried.
constexpr size_t kLongestDoubted = 512;
// So many are tried before it is asked whether that paid: one byte in so many.
constexpr unsigned kTried = 32;
constexpr size_t kLeastPartSaved = 16;
// So many are passed over at most before others are tried.
constexpr unsigned kLongestPause = 4096;
constexpr uint64_t kMaxSixBits = (1U << 6U) - 1;
constexpr uint64_t kMaxFourteenBits = (1U << 14U) - 1;

template <class T>
bool Fits(int64_t value) {
  return value >= std::numeric_limits<T>::min() && value <= std::numeric_limits<T>::max();
}

constexpr uint8_t Special(RdbStringForm form) {
  return static_cast<uint8_t>(RdbLengthForm::kSpecial) << 6U | static_cast<uint8_t>(form);
}

}  // namespace

RdbWriter::RdbWriter(ByteSink& sink, Options options)
    : sink_(sink),
      options_(options),
      buffer_(std::make_unique_for_overwrite<char[]>(kBufferBytes)) {}

uint64_t RdbWriter::Checksum() {
  if (!options_.checksum) return 0;
  crc_ = Crc64(crc_, {buffer_.get() + summed_, used_ - summed_});
  summed_ = used_;
  return crc_;
}

bool RdbWriter::Flush() {
  Checksum();
  ok_ = ok_ && (used_ == 0 || sink_.Write({buffer_.get(), used_}));
  used_ = summed_ = 0;
  return ok_;
}

void RdbWriter::Raw(Bytes bytes) {
  if (bytes.size() <= kMaxCopied) return CopyBytes(Room(bytes.size()), bytes.data(), bytes.size());
  Flush();
  if (options_.checksum) crc_ = Crc64(crc_, bytes);
  ok_ = ok_ && sink_.Write(bytes);
}

void RdbWriter::Length(uint64_t length) {
  if (length <= kMaxSixBits) return Byte(static_cast<uint8_t>(length));
  if (length <= kMaxFourteenBits) {
    Byte(static_cast<uint8_t>(static_cast<unsigned>(RdbLengthForm::kFourteenBits) << 6U |
                              length >> 8U));
    return Byte(static_cast<uint8_t>(length));
  }
  if (length <= UINT32_MAX) {
    Byte(kRdbLength32);
    const uint32_t big_endian = __builtin_bswap32(static_cast<uint32_t>(length));
    return Raw({reinterpret_cast<const char*>(&big_endian), sizeof big_endian});
  }
  Byte(kRdbLength64);
  Fixed64(__builtin_bswap64(length));
}

// False, and nothing is written, for an integer that takes more than 32 bits.
bool RdbWriter::WriteInteger(int64_t integer) {
  const Bytes bytes(reinterpret_cast<const char*>(&integer), sizeof integer);
  if (Fits<int8_t>(integer)) {
    Byte(Special(RdbStringForm::kInt8));
    Raw(bytes.substr(0, sizeof(int8_t)));
  } else if (Fits<int16_t>(integer)) {
    Byte(Special(RdbStringForm::kInt16));
    Raw(bytes.substr(0, sizeof(int16_t)));
  } else if (Fits<int32_t>(integer)) {
    Byte(Special(RdbStringForm::kInt32));
    Raw(bytes.substr(0, sizeof(int32_t)));
  } else {
    return false;
  }
  return true;
}

// Compressing a small hash costs as much as all else there is to saving it; of profiles of 100
// bytes it saves 0.3 %.
bool RdbWriter::IsWorthPacking(size_t size) {
  if (size < kShortestPacked) return false;
  if (size > kLongestDoubted || packing_.skip == 0) return true;
  --packing_.skip;
  return false;
}

void RdbWriter::NotePacked(size_t size, size_t saved) {
  if (size > kLongestDoubted) return;
  packing_.bytes += size;
  packing_.saved += saved;
  if (++packing_.tried < kTried) return;
  const bool pays = packing_.saved > packing_.bytes / kLeastPartSaved;
  packing_.pause = pays ? 0 : std::clamp(2 * packing_.pause, kTried, kLongestPause);
  packing_.skip = packing_.pause;
  packing_.tried = 0;
  packing_.bytes = packing_.saved = 0;
}

// False, and nothing is written, for a string that does not get shorter.
bool RdbWriter::WriteCompressed(Bytes string) {
  if (string.size() > UINT32_MAX) return false;
  const size_t most = string.size() - kLeastSaved;
  if (packed_.size() < most) packed_.resize(most);
  const unsigned packed = lzf_compress(string.data(), static_cast<unsigned>(string.size()),
                                       packed_.data(), static_cast<unsigned>(most));
  NotePacked(string.size(), packed == 0 ? 0 : string.size() - packed);
  if (packed == 0) return false;
  Byte(Special(RdbStringForm::kLzf));
  Length(packed);
  Length(string.size());
  Raw({packed_.data(), packed});
  return true;
}

void RdbWriter::String(Bytes string) {
  if (string.size() <= kLongestInteger) {
    const auto integer = ParseInt64(string);
    if (integer && WriteInteger(*integer)) return;
  }
  if (options_.compress && IsWorthPacking(string.size()) && WriteCompressed(string)) return;
  Length(string.size());
  Raw(string);
}

// Whether a string is written as it is for sure: too long for an integer, too short to be packed.
bool RdbWriter::IsPlain(const Text& string) const {
  const size_t size = string.head().size() + string.tail().size();
  return size > kLongestInteger && size < (options_.compress ? kShortestPacked : kMaxCopied);
}

void RdbWriter::String(const Text& string) {
  if (!string.is_integer()) {
    if (!IsPlain(string)) return String(string.Flatten(flat_));
    const size_t size = string.head().size() + string.tail().size();
    Length(size);
    string.CopyTo(Room(size));
    return;
  }
  if (WriteInteger(string.integer())) return;
  char digits[Text::kMaxDigits];
  const Bytes printed(digits, static_cast<size_t>(string.CopyTo(digits) - digits));
  Length(printed.size());
  Raw(printed);
}

}  // namespace thimble
