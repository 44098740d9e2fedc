// What tests and DEBUG want to know about a table.

#include <algorithm>

#include "storage/table/table.h"

namespace thimble {

Table::Statistics Table::GetStatistics() const {
  Statistics statistics;
  statistics.splits = splits_;
  statistics.merges = merges_;
  statistics.rebuilds = rebuilds_;
  statistics.looks = looks_;
  for (const Directory* directory : {&current_, static_cast<const Directory*>(old_.get())}) {
    if (directory == nullptr) continue;
    statistics.buckets += directory->buckets();
    for (size_t bucket = 0; bucket < directory->buckets(); ++bucket) {
      const BucketRef ref = directory->At(bucket);
      const size_t pair = ref.count() + directory->At(bucket ^ 1).count();
      statistics.longest_bucket = std::max<size_t>(statistics.longest_bucket, ref.count());
      statistics.longest_pair = std::max(statistics.longest_pair, pair);
      if (ref.empty() || directory->At(bucket ^ 1).empty()) continue;
      if (!BucketView::IsSpilled(directory->At(bucket ^ 1))) continue;
      SlotList list;
      BucketView(ref, editor_.traits()).Decode(list);
      for (const Slot& slot : list.slots()) {
        statistics.spilled += directory->BucketOf(AddressOf(*directory, slot.key)) != bucket;
      }
    }
  }
  return statistics;
}

// What is wrong with one entry where it sits, or null.
const char* Table::CheckEntry(const Directory& directory, size_t bucket, unsigned slot,
                              const Slot& stored) const {
  const uint64_t address = AddressOf(directory, stored.key);
  if (stored.tag != TagOf(address)) return "stale tag";
  const size_t home = directory.BucketOf(address);
  if (home / 2 != bucket / 2) return "entry in a foreign pair";
  if (home != bucket &&
      (directory.At(home).empty() || !BucketView::IsSpilled(directory.At(home)))) {
    return "spilled entry that no flag tells of";
  }
  const Cell* const cells[] = {&stored.key, editor_.traits().values ? &stored.value : nullptr};
  for (const Cell* cell : cells) {
    if (cell == nullptr) continue;
    char digits[Text::kMaxDigits];
    char integer[8];
    if (ChooseCode(cell->ToBytes(digits), integer) != cell->code)
      return "code that its text does not have";
  }
  char digits[Text::kMaxDigits];
  const TablePosition found = Find(key_->Of(stored.key.ToBytes(digits)));
  const uint32_t mark = &directory == &current_ ? 0 : kOldBit;
  if (!found || found.slot() != slot || found.bucket() != (static_cast<uint32_t>(bucket) | mark)) {
    return "unreachable or duplicate entry";
  }
  return nullptr;
}

std::optional<std::string> Table::CheckInvariants() const {
  size_t deadlines = 0;
  uint64_t earliest_ms = UINT64_MAX;
  SlotList list;
  for (const Directory* directory : {&current_, static_cast<const Directory*>(old_.get())}) {
    if (directory == nullptr) continue;
    size_t count = 0;
    size_t bytes = 0;
    for (size_t bucket = 0; bucket < directory->buckets(); ++bucket) {
      const auto wrong = [&](const char* what) {
        return std::string(what) + " in bucket " + std::to_string(bucket);
      };
      const BucketRef ref = directory->At(bucket);
      count += ref.count();
      bytes += ref.bytes();
      if (ref.empty()) continue;
      const BucketView view(ref, editor_.traits());
      if (ref.count() == 0 || ref.count() > kMaxTagsEver) return wrong("impossible count");
      if (ref.count() > directory->longest) return wrong("more entries than the longest");
      if (view.used() > ref.bytes()) return wrong("data past the end");
      if (ref.count() > kMaxTagsInFullPair && !directory->overfull) return wrong("unnoticed skew");
      const bool full_pair = directory->At(bucket ^ 1).count() > 0;
      if (ref.count() > kMaxTags && !full_pair) return wrong("over 32 entries, other half empty");
      list.Clear();
      view.Decode(list);
      for (unsigned slot = 0; slot < ref.count(); ++slot) {
        const char* const what = CheckEntry(*directory, bucket, slot, list.slots()[slot]);
        if (what != nullptr) return wrong(what) + ", slot " + std::to_string(slot);
        const uint64_t deadline_ms = view.Deadline(slot);
        if (deadline_ms == 0) continue;
        ++deadlines;
        earliest_ms = std::min(earliest_ms, deadline_ms);
      }
    }
    if (count != directory->count) return "count disagrees with the buckets";
    if (bytes != directory->bytes) return "bytes disagree with the buckets";
  }
  if (deadlines != deadlines_) return "deadlines() disagrees with the buckets";
  if (deadlines > 0 && earliest_ms < earliest_deadline_) return "a deadline before the earliest";
  return std::nullopt;
}

}  // namespace thimble
