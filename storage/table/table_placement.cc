// Where entries go: halves, spilling, pairs.

#include <algorithm>

#include "storage/common/check.h"
#include "storage/table/table.h"

namespace thimble {

// Enters what an operation made of a bucket, and keeps the accounts.
void Table::SetBucket(Directory& directory, size_t bucket, BucketRef ref) {
  THIMBLE_DCHECK(watcher_ == nullptr || watcher_->MayChange(directory, bucket / 2));
  BucketRef& word = directory.At(bucket);
  directory.bytes += ref.bytes() - word.bytes();
  directory.count += ref.count();
  directory.count -= word.count();
  directory.longest = std::max(directory.longest, static_cast<uint8_t>(ref.count()));
  word = ref;
}

bool Table::PlaceIn(Directory& directory, size_t bucket, const Slot& slot, unsigned max_tags,
                    size_t max_bytes) {
  Announce(directory, bucket);
  BucketRef ref = directory.At(bucket);
  if (ref.count() >= max_tags || !editor_.Insert(ref, slot, max_bytes)) return false;
  SetBucket(directory, bucket, ref);
  return true;
}

// Puts an entry with an address of the current directory into its pair: the half it prefers, else
// the other, else, with both full, the larger half. Never refuses.
TablePosition Table::Place(const Slot& unplaced) {
  Slot slot = unplaced;
  slot.tag = TagOf(slot.address);
  const auto at = [this](size_t bucket) {
    return TablePosition(static_cast<uint32_t>(bucket), current_.At(bucket).count() - 1u,
                         generation_);
  };
  const size_t home = current_.BucketOf(slot.address);
  if (PlaceIn(current_, home, slot, kMaxTags, kMaxBytes)) [[likely]]
    return at(home);

  const size_t other = home ^ 1;
  const size_t larger = current_.At(home).count() >= current_.At(other).count() ? home : other;
  const auto try_spill = [&](size_t bucket, unsigned max_tags, size_t max_bytes) {
    if (!PlaceIn(current_, bucket, slot, max_tags, max_bytes)) return false;
    if (bucket != home) editor_.MarkSpilled(current_.At(home));
    return true;
  };
  if (try_spill(other, kMaxTags, kMaxBytes)) return at(other);
  if (try_spill(larger, kMaxTagsInFullPair, BucketRef::kMaxBytes)) return at(larger);

  current_.overfull = true;
  for (const size_t bucket : {home, other}) {
    if (try_spill(bucket, kMaxTagsEver, BucketRef::kMaxBytes)) return at(bucket);
  }
  const Addressing from = current_.addressing;
  RekeyAtOnce();
  slot.address = AdoptKey(slot.key, from);
  return Place(slot);
}

// Empties a pair into `out`, with the slots' addresses in this directory. The blobs live on until
// the caller has placed the slots: it frees them.
void Table::TakePair(Directory& directory, size_t pair, SlotList& out) {
  const size_t first = out.slots().size();
  for (size_t bucket = 2 * pair; bucket < 2 * pair + 2; ++bucket) {
    const BucketRef ref = directory.At(bucket);
    if (!ref.empty()) BucketView(ref, editor_.traits()).Decode(out);
  }
  for (size_t i = first; i < out.slots().size(); ++i) {
    out.slots()[i].address = AddressOf(directory, out.slots()[i].key);
    out.slots()[i].tag = TagOf(out.slots()[i].address);
  }
}

// Encodes these slots, all there is in the pair, as its two buckets: each in the half it prefers,
// as far as that goes. The words' old blobs stay the caller's.
void Table::DistributePair(Directory& directory, size_t pair, std::span<Slot> slots) {
  const auto middle = std::stable_partition(
      slots.begin(), slots.end(), [](const Slot& slot) { return HalfOf(slot.address) == 0; });
  // The lists [0, cut) and [cut, end), where each side in turn hands over what it cannot hold.
  size_t cut = static_cast<size_t>(middle - slots.begin());
  const size_t wanted = cut;
  const size_t end = slots.size();
  const std::span<const Slot> all(slots);
  const auto fits = [this](std::span<const Slot> half, unsigned max_tags, size_t max_bytes) {
    return half.size() <= max_tags && editor_.Fits(half, max_bytes);
  };
  const auto left_fits = [&] { return fits(all.first(cut), kMaxTags, kMaxBytes); };
  const auto right_fits = [&] { return fits(all.subspan(cut), kMaxTags, kMaxBytes); };
  if (!left_fits()) {
    while (!left_fits() && fits(all.subspan(cut - 1), kMaxTags, kMaxBytes)) --cut;
  } else if (!right_fits()) {
    while (!right_fits() && fits(all.first(cut + 1), kMaxTags, kMaxBytes)) ++cut;
  }
  // A pair fuller than that keeps one large half.
  if (cut > kMaxTagsEver) cut = kMaxTagsEver;
  if (end - cut > kMaxTagsEver) cut = end - kMaxTagsEver;
  directory.overfull |= std::max(cut, end - cut) > kMaxTagsInFullPair;
  SetBucket(directory, 2 * pair, editor_.Encode(all.first(cut), cut < wanted));
  SetBucket(directory, 2 * pair + 1, editor_.Encode(all.subspan(cut), cut > wanted));
}

// Entries that spilled return to the half they prefer, now that it has room.
void Table::BringHome(Directory& directory, size_t pair) {
  static thread_local SlotList list;
  list.Clear();
  TakePair(directory, pair, list);
  BucketRef old[2] = {directory.At(2 * pair), directory.At(2 * pair + 1)};
  DistributePair(directory, pair, list.slots());
  for (BucketRef& ref : old) editor_.Free(ref);
}

}  // namespace thimble
