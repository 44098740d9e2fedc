// Filling a table with many entries at once.

#include <algorithm>
#include <array>

#include "storage/common/check.h"
#include "storage/table/table.h"

namespace thimble {

void Table::Reserve(size_t count) {
  if (empty()) GrowTowards(count, 0, 0);
}

// Makes room for so many entries more, of so many bytes together. At once if the table is empty,
// else by at most so many splits. True when there is room, or nothing to be done for it.
bool Table::GrowTowards(size_t count, size_t bytes, size_t most_splits) {
  if (old_ || current_.overfull) return true;
  const auto is_small = [&] {
    return kMeanCount * current_.buckets() < current_.count + count ||
           kMeanBytes * current_.buckets() < current_.bytes + bytes;
  };
  if (empty()) {
    while (is_small()) current_.AddPair();
    generation_ = NextGeneration();
    return true;
  }
  for (; most_splits > 0 && is_small(); --most_splits) SplitPair();
  return !is_small();
}

// Newcomers to one bucket take one change of it together. None of this changes the addressing: a
// pair that is not yet overfull has room for a whole batch.
void Table::InsertAll(std::span<const Hashed> keys) {
  THIMBLE_DCHECK(keys.size() <= kMostAtOnce && !editor_.traits().values);
  if (old_ || current_.overfull) {
    for (const Hashed& key : keys) Insert(key, {});
    return;
  }
  std::array<uint64_t, kMostAtOnce> order;  // Buckets, each with the number of the key beside it.
  for (size_t i = 0; i < keys.size(); ++i) {
    THIMBLE_DCHECK(!Find(keys[i]));
    const uint64_t address = current_.addressing.Address(current_.addressing.Base(keys[i], *key_));
    order[i] = current_.BucketOf(address) * kMostAtOnce + i;
  }
  std::sort(order.begin(), order.begin() + keys.size());

  std::array<CellMaker, kMostAtOnce> makers;
  std::array<Slot, kMostAtOnce> slots;
  for (size_t i = 0; i < keys.size(); ++i) {
    const Hashed& key = keys[order[i] % kMostAtOnce];
    const uint64_t base = current_.addressing.Base(key, *key_);
    slots[i].key = makers[i].Make(key.bytes, base, editor_.allocator());
    slots[i].address = current_.addressing.Address(base);
    slots[i].tag = TagOf(slots[i].address);
  }
  for (size_t first = 0, last = 0; first < keys.size(); first = last) {
    const uint64_t bucket = order[first] / kMostAtOnce;
    while (last < keys.size() && order[last] / kMostAtOnce == bucket) ++last;
    PlaceAll(bucket, {&slots[first], last - first});
  }
  generation_ = NextGeneration();
  for (size_t i = 0; i < 2 * keys.size() && NeedsSplit(); ++i) SplitPair();
}

// Enters entries that prefer this bucket. REQUIRES: no more than kMostAtOnce to its pair since it
// was found not to be overfull.
void Table::PlaceAll(size_t bucket, std::span<const Slot> newcomers) {
  if (newcomers.empty()) return;
  Announce(current_, bucket);
  BucketRef ref = current_.At(bucket);
  if (ref.count() + newcomers.size() <= kMaxTags && editor_.Insert(ref, newcomers, kMaxBytes)) {
    return SetBucket(current_, bucket, ref);
  }
  for (const Slot& slot : newcomers) Place(slot);
}

}  // namespace thimble
