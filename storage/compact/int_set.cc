#include "storage/compact/int_set.h"

#include <algorithm>
#include <bit>

#include "storage/common/check.h"
#include "storage/common/packed_int.h"

namespace thimble {
namespace {

constexpr size_t kHead = 1;

size_t WidthOf(int64_t value) {
  return std::max(size_t{2}, std::bit_ceil(PackedIntBytes(value)));
}

}  // namespace

size_t IntSetView::count() const {
  return set_.empty() ? 0 : (set_.size() - kHead) / width();
}

int64_t IntSetView::At(size_t index) const {
  THIMBLE_DCHECK(index < count());
  return LoadPackedInt(set_.data() + kHead + index * width(), width());
}

size_t IntSetView::LowerBound(int64_t value) const {
  size_t low = 0;
  size_t high = count();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (At(middle) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool IntSetView::Contains(int64_t value) const {
  if (set_.empty() || WidthOf(value) > width()) return false;
  const size_t index = LowerBound(value);
  return index < count() && At(index) == value;
}

std::optional<std::string> IntSetView::CheckInvariants() const {
  if (set_.empty()) return std::nullopt;
  if (width() != 2 && width() != 4 && width() != 8) return "an integer set has no such width";
  if ((set_.size() - kHead) % width() != 0) return "an integer set ends within an integer";
  if (count() == 0) return "an integer set of none keeps its width";
  for (size_t i = 1; i < count(); ++i) {
    if (At(i - 1) >= At(i)) return "an integer set is out of order at " + std::to_string(i);
  }
  return std::nullopt;
}

bool IntSetEditor::Add(int64_t value) {
  const size_t wanted = WidthOf(value);
  if (buffer_.empty()) *buffer_.OpenGap(0, kHead) = static_cast<char>(wanted);
  if (wanted > IntSetView(buffer_.bytes()).width()) Widen(wanted);

  const IntSetView view(buffer_.bytes());
  const size_t width = view.width();
  const size_t index = view.LowerBound(value);
  if (index < view.count() && view.At(index) == value) return false;
  StorePackedInt(buffer_.OpenGap(kHead + index * width, width), value, width);
  return true;
}

bool IntSetEditor::Remove(int64_t value) {
  const IntSetView view(buffer_.bytes());
  if (!view.Contains(value)) return false;
  const size_t width = view.width();
  if (view.count() == 1) {
    buffer_.Clear();
  } else {
    buffer_.CloseGap(kHead + view.LowerBound(value) * width, width);
  }
  return true;
}

// Rewrites every member at a greater width, from the last on, so that none is overwritten unread.
void IntSetEditor::Widen(size_t width) {
  const size_t old_width = IntSetView(buffer_.bytes()).width();
  const size_t count = IntSetView(buffer_.bytes()).count();
  buffer_.OpenGap(buffer_.size(), count * (width - old_width));
  char* const integers = buffer_.data() + kHead;
  for (size_t i = count; i-- > 0;) {
    StorePackedInt(integers + i * width, LoadPackedInt(integers + i * old_width, old_width), width);
  }
  buffer_.data()[0] = static_cast<char>(width);
}

}  // namespace thimble
