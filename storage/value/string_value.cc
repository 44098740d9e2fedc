#include "storage/value/string_value.h"

#include <algorithm>
#include <cstring>

#include "storage/common/number.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

// The longest string that Redis keeps in one piece with its object, and calls `embstr`.
constexpr size_t kMaxEmbstrBytes = 44;
// Appending doubles the memory up to this much more.
constexpr size_t kMaxAppendSlack = size_t{1} << 20U;

// Makes room so that a string built by appends is copied O(1) times per byte, as long as there is
// memory for that.
void ReserveForAppend(ByteBuffer& bytes, size_t needed) {
  if (needed <= bytes.capacity()) return;
  const size_t ample = needed + std::max(std::min(needed, kMaxAppendSlack), needed / 8);
  bytes.Reserve(process_slabs.HasHeapFor(ample) ? ample : needed);
}

}  // namespace

Encoding StringView::encoding() const {
  if (text_.is_integer()) return Encoding::kInt;
  return edited_ || text_.size() > kMaxEmbstrBytes ? Encoding::kRaw : Encoding::kEmbstr;
}

void StringValue::Set(Bytes value) {
  const auto integer = ParseInt64(value);
  if (!integer) return SetText(value);
  AnnounceOverwrite(0, SIZE_MAX);
  bytes_.Clear();
  text_ = Text(*integer);
  exists_ = true;
  edited_ = false;
  changed_ = true;
}

void StringValue::SetText(Bytes value) {
  AnnounceOverwrite(0, SIZE_MAX);
  bytes_.Assign(value);
  edited_ = false;
  Sync();
}

void StringValue::Append(Bytes tail) {
  if (!exists_) return Set(tail);
  Materialise();
  ReserveForAppend(bytes_, bytes_.size() + tail.size());
  bytes_.Append(tail);
  edited_ = true;
  Sync();
}

bool StringValue::CanGrowTo(size_t size) const {
  return size <= bytes_.capacity() || process_slabs.HasHeapFor(size);
}

void StringValue::Overwrite(size_t offset, Bytes part) {
  Materialise();
  AnnounceOverwrite(offset, part.size());
  const size_t old_size = bytes_.size();
  const size_t new_size = std::max(old_size, offset + part.size());
  if (new_size > old_size) {
    ReserveForAppend(bytes_, new_size);
    std::memset(bytes_.OpenGap(old_size, new_size - old_size), 0, new_size - old_size);
  }
  if (!part.empty()) std::memcpy(bytes_.data() + offset, part.data(), part.size());
  edited_ = true;
  Sync();
}

// Turns an integer into the bytes of its decimal form.
void StringValue::Materialise() {
  if (!text_.is_integer()) return;
  char digits[Text::kMaxDigits];
  bytes_.Assign({digits, static_cast<size_t>(text_.CopyTo(digits) - digits)});
}

void StringValue::Sync() {
  if (watcher_ != nullptr) [[unlikely]]
    watcher_->OnMove(bytes_.block());
  text_ = Text(bytes_.bytes());
  exists_ = true;
  changed_ = true;
}

}  // namespace thimble
