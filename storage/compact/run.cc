#include "storage/compact/run.h"

#include "storage/common/check.h"
#include "storage/common/equal.h"
#include "storage/common/number.h"
#include "storage/common/packed_int.h"
#include "storage/compact/run_format.h"

namespace thimble {

using run_format::Code;
using run_format::CountBytes;
using run_format::CountBytesFor;
using run_format::IntCode;
using run_format::ItemBytes;
using run_format::kFirstInt;
using run_format::kIntBytes;
using run_format::kItemBytes;
using run_format::kLong;
using run_format::kLongCount;
using run_format::kLongCountBytes;
using run_format::kLongHead;
using run_format::kMaxShort;
using run_format::Load32;
using run_format::Store32;
using run_format::WriteCount;

RunItem::RunItem(int64_t integer) {
  const uint8_t index = IntCode(PackedIntBytes(integer));
  head_[0] = static_cast<char>(kFirstInt + index);
  StorePackedInt(&head_[1], integer, kIntBytes[index]);
  head_size_ = kItemBytes[kFirstInt + index];
}

RunItem::RunItem(Bytes text) {
  if (const auto integer = ParseInt64(text)) {
    *this = RunItem(*integer);
    return;
  }
  payload_ = text;
  if (text.size() <= kMaxShort) {
    head_[0] = static_cast<char>(text.size());
    return;
  }
  head_[0] = static_cast<char>(kLong);
  Store32(&head_[1], text.size());
  head_size_ = kLongHead;
}

void RunItem::WriteTo(char* out) const {
  std::memcpy(out, head_.data(), head_size_);
  if (!payload_.empty()) std::memcpy(out + head_size_, payload_.data(), payload_.size());
}

// Inlined into the walk of RunView::Find, where it is most of the work.
[[gnu::always_inline]] inline bool RunItem::IsAt(const char* at) const {
  if (at[0] != head_[0]) return false;
  const size_t rest_of_head = head_size_ - size_t{1};
  // The head first: only equal lengths make the payload's bytes readable.
  return (rest_of_head == 0 || EqualBytes(at + 1, head_.data() + 1, rest_of_head)) &&
         EqualBytes(at + head_size_, payload_.data(), payload_.size());
}

size_t RunView::count() const {
  if (run_.empty()) return 0;
  const uint8_t count = Code(run_.data());
  return count == kLongCount ? Load32(run_.data() + 1) : count;
}

size_t RunView::First() const {
  return CountBytes(run_);
}

size_t RunView::Next(size_t offset) const {
  THIMBLE_DCHECK(offset < run_.size());
  const size_t next = offset + ItemBytes(run_.data() + offset);
  THIMBLE_DCHECK(next <= run_.size());
  return next;
}

Text RunView::At(size_t offset) const {
  THIMBLE_DCHECK(Next(offset) <= run_.size());
  const char* const at = run_.data() + offset;
  const uint8_t code = Code(at);
  if (code <= kMaxShort) return Text(Bytes(at + 1, code));
  if (code == kLong) return Text(Bytes(at + kLongHead, Load32(at + 1)));
  return Text(LoadPackedInt(at + 1, kIntBytes[code - kFirstInt]));
}

size_t RunView::Skip(size_t items) const {
  size_t offset = First();
  while (items-- > 0) offset = Next(offset);
  return offset;
}

size_t RunView::Find(const RunItem& item, size_t stride) const {
  const char* const end = run_.data() + run_.size();
  const char* at = run_.data() + First();
  while (at < end) {
    if (item.IsAt(at)) return static_cast<size_t>(at - run_.data());
    for (size_t i = 0; i < stride; ++i) at += ItemBytes(at);
  }
  THIMBLE_DCHECK(at == end);
  return kNone;
}

bool RunView::Holds(size_t offset, const RunItem& item) const {
  THIMBLE_DCHECK(offset < run_.size());
  return item.IsAt(run_.data() + offset);
}

std::optional<std::string> RunView::CheckInvariants() const {
  if (run_.empty()) return std::nullopt;
  if (run_.size() < CountBytes(run_)) return "a run ends within its count";
  size_t items = 0;
  size_t offset = First();
  while (offset < run_.size()) {
    const size_t left = run_.size() - offset;
    const bool is_long = Code(run_.data() + offset) == kLong;
    if (is_long && left < kLongHead) return "a run ends within a length";
    if (ItemBytes(run_.data() + offset) > left) return "the last item of a run is cut short";
    const Text text = At(offset);
    if (!Holds(offset, RunItem(text.ToString()))) {
      return "item " + std::to_string(items) + " of a run is not in its one form";
    }
    ++items;
    offset = Next(offset);
  }
  if (items != count()) return "the count of a run is not the number of its items";
  if (CountBytes(run_) == kLongCountBytes && items < kLongCount) return "a run's count is too wide";
  return std::nullopt;
}

void RunEditor::SetCount(size_t count) {
  const size_t now = CountBytes(buffer_.bytes());
  const size_t wanted = CountBytesFor(count);
  if (wanted > now) buffer_.OpenGap(0, wanted - now);
  if (wanted < now) buffer_.CloseGap(0, now - wanted);
  WriteCount(buffer_.data(), count);
}

void RunEditor::Append(const RunItem& item) {
  item.WriteTo(Extend(1, item.size()));
}

void RunEditor::AppendPair(const RunItem& first, const RunItem& second) {
  char* const end = Extend(2, first.size() + second.size());
  first.WriteTo(end);
  second.WriteTo(end + first.size());
}

// Room at the end for so many items more, of so many bytes.
char* RunEditor::Extend(size_t items, size_t bytes) {
  SetCount(view().count() + items);
  return buffer_.OpenGap(buffer_.size(), bytes);
}

bool RunEditor::Replace(size_t offset, const RunItem& item) {
  if (view().Holds(offset, item)) return false;
  const size_t old_size = view().Next(offset) - offset;
  if (item.size() > old_size) {
    buffer_.OpenGap(offset, item.size() - old_size);
  } else {
    buffer_.CloseGap(offset, old_size - item.size());
  }
  item.WriteTo(buffer_.data() + offset);
  return true;
}

void RunEditor::Erase(size_t offset, size_t items) {
  const size_t count = view().count();
  THIMBLE_CHECK(items <= count);
  size_t end = offset;
  for (size_t i = 0; i < items; ++i) end = view().Next(end);
  buffer_.CloseGap(offset, end - offset);
  if (count == items) {
    buffer_.Clear();
  } else {
    SetCount(count - items);
  }
}

}  // namespace thimble
