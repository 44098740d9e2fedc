#include "storage/compact/run_writer.h"

#include <bit>
#include <utility>

#include "storage/common/equal.h"
#include "storage/common/number.h"
#include "storage/common/text.h"
#include "storage/compact/run_format.h"

namespace thimble {

using run_format::Code;
using run_format::CountBytes;
using run_format::CountBytesFor;
using run_format::ItemBytes;
using run_format::kFirstInt;
using run_format::kLastInt;
using run_format::WriteCount;
using run_format::WriteInteger;
using run_format::WriteString;

RunWriter::RunWriter(char* room, size_t items)
    : room_(room), last_(room + CountBytesFor(items)), end_(last_) {
  WriteCount(room, items);
}

void RunWriter::Append(int64_t integer) {
  last_ = end_;
  end_ = WriteInteger(end_, integer);
}

void RunWriter::Append(Bytes text) {
  if (const auto integer = ParseInt64(text)) return Append(*integer);
  last_ = end_;
  end_ = WriteString(end_, text);
}

bool RunWriter::IsLastInteger() const {
  return Code(last_) >= kFirstInt && Code(last_) <= kLastInt;
}

// From the source, not from what was just written: its bytes have long been in memory.
bool RunWriter::AppendNew(Bytes text, size_t stride) {
  const char* const data = text.data();
  const size_t size = text.size();
  const auto load = [data]<class Word>(Word word, size_t at) {
    std::memcpy(&word, data + at, sizeof word);
    return uint64_t{word};
  };
  uint64_t bits = size;
  if (size >= 8) {
    bits += load(uint64_t{}, 0) ^ std::rotl(load(uint64_t{}, size - 8), 29);
  } else if (size >= 4) {
    bits += load(uint32_t{}, 0) << 32U | load(uint32_t{}, size - 4);
  } else if (size > 0) {
    bits +=
        load(uint8_t{}, 0) << 24U | load(uint8_t{}, size / 2) << 16U | load(uint8_t{}, size - 1);
  }
  const bool may_repeat = MayRepeat(bits);
  Append(text);
  return !may_repeat || !RepeatsOne(stride);
}

bool RunWriter::AppendNew(int64_t integer, size_t stride) {
  char digits[Text::kMaxDigits];
  return AppendNew({digits, static_cast<size_t>(Text(integer).CopyTo(digits) - digits)}, stride);
}

// Notes that an item of these bits was there. False for sure if none was before.
bool RunWriter::MayRepeat(uint64_t bits) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio.
  const uint64_t place = bits * kMultiplier >> (64 - kFilterBits);
  uint64_t& word = filter_[place / 64];
  const uint64_t before = std::exchange(word, word | uint64_t{1} << place % 64);
  return before == word;
}

bool RunWriter::RepeatsOne(size_t stride) const {
  const auto size = static_cast<size_t>(end_ - last_);
  const char* at = room_ + CountBytes(run());
  while (at != last_) {
    if (ItemBytes(at) == size && EqualBytes(at, last_, size)) return true;
    for (size_t i = 0; i < stride; ++i) at += ItemBytes(at);
  }
  return false;
}

}  // namespace thimble
