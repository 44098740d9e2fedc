// Moving a table's blocks out of slabs that could be empty.

#include <cstring>

#include "storage/table/table.h"

namespace thimble {
namespace {

// Each insert and erase does its share: at this rate the slabs' free part stays bounded while a
// table grows or shrinks, at 0.04 moves a write.
constexpr size_t kBucketsPerWrite = 2;

}  // namespace

size_t Table::CompactLongStrings(const BucketView& view) {
  size_t moved = 0;
  const auto move = [&moved](const Cell& cell) {
    if (cell.code != kLongCode) return;
    LongString* const string = LoadLong(cell.data);
    const char* const block =
        process_slabs.MoveIfBetter(reinterpret_cast<char*>(string), string->allocated());
    if (block == nullptr) return;
    std::memcpy(const_cast<char*>(cell.data), &block, sizeof block);
    ++moved;
  };
  for (unsigned slot = 0; slot < view.count(); ++slot) {
    if (view.Has(BucketView::kSpecialKeys)) move(view.KeyCell(slot));
    if (view.Has(BucketView::kSpecialValues)) move(view.ValueCell(slot));
  }
  return moved;
}

size_t Table::CompactBucket(BucketRef& word) {
  if (word.empty()) return 0;
  size_t moved = 0;
  if (char* const blob = process_slabs.MoveIfBetter(word.blob(), word.bytes())) {
    word = BucketRef(blob, word.count(), word.bytes());
    ++moved;
  }
  const BucketView view(word, editor_.traits());
  const bool has_long = view.Has(BucketView::kSpecialKeys) || view.Has(BucketView::kSpecialValues);
  return has_long ? moved + CompactLongStrings(view) : moved;
}

size_t Table::Compact(size_t buckets) {
  size_t moved = 0;
  for (; buckets > 0; --buckets) {
    if (compact_next_ >= current_.buckets()) compact_next_ = 0;
    moved += current_.CompactWords(compact_next_) ? 1 : 0;
    moved += CompactBucket(current_.At(compact_next_++));
  }
  if (moved > 0) ++changes_;
  return moved;
}

void Table::CompactAfterWrite() {
  if (process_slabs.WantsCompaction()) [[unlikely]]
    Compact(kBucketsPerWrite);
}

}  // namespace thimble
