// Filling a table with many entries at once.

#include <algorithm>
#include <array>

#include "storage/common/check.h"
#include "storage/table/table.h"

namespace thimble {
namespace {

// Fewer newcomers than this are entered one by one: encoding a pair anew means to hash what it has.
constexpr size_t kMinNewcomers = 4;

}  // namespace

void Table::Reserve(size_t count) {
  if (!empty() || old_) return;
  while (kMeanCount * current_.buckets() < count) current_.AddPair();
  generation_ = NextGeneration();
}

// Newcomers to one pair, if there are a few, take one encoding of its buckets together. None of
// this changes the addressing: a pair that is not yet overfull has room for a whole batch.
void Table::InsertAll(std::span<const Hashed> keys) {
  THIMBLE_DCHECK(keys.size() <= kMostAtOnce && !editor_.traits().values);
  if (old_ || current_.overfull) {
    for (const Hashed& key : keys) Insert(key, {});
    return;
  }
  std::array<uint64_t, kMostAtOnce> order;  // Pairs, each with the number of the key beside it.
  for (size_t i = 0; i < keys.size(); ++i) {
    THIMBLE_DCHECK(!Find(keys[i]));
    const uint64_t address = current_.addressing.Address(current_.addressing.Base(keys[i], *key_));
    order[i] = current_.PairOf(address) * kMostAtOnce + i;
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
    const uint64_t pair = order[first] / kMostAtOnce;
    while (last < keys.size() && order[last] / kMostAtOnce == pair) ++last;
    InsertIntoPair(pair, {&slots[first], last - first});
  }
  generation_ = NextGeneration();
  for (size_t i = 0; i < 2 * keys.size() && NeedsSplit(); ++i) SplitPair();
}

void Table::InsertIntoPair(size_t pair, std::span<Slot> newcomers) {
  const size_t there = current_.At(2 * pair).count() + current_.At(2 * pair + 1).count();
  const bool is_crowded = there + newcomers.size() > kMaxTags;
  if (is_crowded || (there > 0 && newcomers.size() < kMinNewcomers)) {
    for (const Slot& slot : newcomers) Place(slot);
    return;
  }
  static thread_local SlotList list;
  list.Clear();
  if (there > 0) TakePair(current_, pair, list);
  list.slots().insert(list.slots().end(), newcomers.begin(), newcomers.end());
  BucketRef old[2] = {current_.At(2 * pair), current_.At(2 * pair + 1)};
  DistributePair(current_, pair, list.slots());
  for (BucketRef& ref : old) editor_.Free(ref);
}

}  // namespace thimble
