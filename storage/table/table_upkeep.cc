// How a table keeps its shape: splits, merges, rebuilds.

#include <algorithm>
#include <atomic>

#include "storage/common/check.h"
#include "storage/table/table.h"

namespace thimble {
namespace {

// A few pairs a write: a rebuild ends long before the table has doubled.
constexpr size_t kPairsMovedPerWrite = 2;
constexpr size_t kPairsMovedPerMaintain = 16;
constexpr size_t kMergesPerMaintain = 8;
// Empty pairs of a sparse directory cost next to nothing, but not nothing.
constexpr size_t kEmptyPairsPerStep = 64;

}  // namespace

bool Table::NeedsSplit() const {
  return current_.count > kMeanCount * current_.buckets() ||
         current_.bytes > kMeanBytes * current_.buckets();
}

// Would the table, one pair smaller, be filled to less than this part of what it may hold?
bool Table::IsSparserThan(size_t numerator, size_t denominator) const {
  const size_t buckets = current_.buckets() - 2;
  return current_.count * denominator < kMeanCount * buckets * numerator &&
         current_.bytes * denominator < kMeanBytes * buckets * numerator;
}

// Divides the next pair in turn, which need not be the fullest.
void Table::SplitPair() {
  static thread_local SlotList list;
  list.Clear();
  const size_t source = current_.SplitPair();
  const size_t target = current_.pairs();
  Announce(current_, 2 * source);
  TakePair(current_, source, list);
  BucketRef old[2] = {current_.At(2 * source), current_.At(2 * source + 1)};
  current_.AddPair();
  const auto stays = [&](const Slot& slot) { return current_.PairOf(slot.address) == source; };
  const std::span<Slot> slots(list.slots());
  const auto middle = std::stable_partition(slots.begin(), slots.end(), stays);
  const size_t staying = static_cast<size_t>(middle - slots.begin());
  DistributePair(current_, source, slots.first(staying));
  DistributePair(current_, target, slots.subspan(staying));
  for (BucketRef& ref : old) editor_.Free(ref);
  ++splits_;
  generation_ = NextGeneration();
}

// Joins the last pair to the one it was split from. False if they would be too full together: then
// the directory keeps its words, however empty.
bool Table::MergePair() {
  const size_t source = current_.pairs() - 1;
  const size_t target = current_.MergePair();
  const size_t buckets[] = {2 * target, 2 * target + 1, 2 * source, 2 * source + 1};
  size_t count = 0;
  size_t bytes = 0;
  for (const size_t bucket : buckets) {
    count += current_.At(bucket).count();
    bytes += current_.At(bucket).bytes();
  }
  if (count > kMaxTags || bytes > kMaxBytes) return false;  // Half of what a pair may hold.

  Announce(current_, 2 * target);
  Announce(current_, 2 * source);
  static thread_local SlotList list;
  list.Clear();
  TakePair(current_, target, list);
  TakePair(current_, source, list);
  BucketRef old[4];
  for (size_t i = 0; i < 4; ++i) old[i] = current_.At(buckets[i]);
  SetBucket(current_, buckets[2], BucketRef());
  SetBucket(current_, buckets[3], BucketRef());
  current_.DropPair();
  DistributePair(current_, target, list.slots());
  for (BucketRef& ref : old) editor_.Free(ref);
  sweep_next_ = kNoSweep;
  ++merges_;
  generation_ = NextGeneration();
  return true;
}

void Table::BeforeInsert() {
  MakeRoomForInsert();
  CompactAfterWrite();
}

void Table::MakeRoomForInsert() {
  if (old_) {
    MoveOldPairs(kPairsMovedPerWrite);
  } else if (current_.overfull) [[unlikely]] {
    StartRebuild();
  }
  for (int i = 0; i < 2 && NeedsSplit(); ++i) SplitPair();
}

// Merging is for Maintain(). Only a table that is left very sparse is mended at once, which bounds
// what Random() and walks cost per entry even if no timer runs.
void Table::AfterErase() {
  CompactAfterWrite();
  if (old_) return MoveOldPairs(kPairsMovedPerWrite);
  if (current_.pairs() == 1 || !IsSparserThan(1, 4)) [[likely]]
    return;
  if (!MergePair() && IsSparserThan(1, 8)) StartRebuild();
}

bool Table::Maintain() {
  if (old_) {
    MoveOldPairs(kPairsMovedPerMaintain);
    return old_ != nullptr || NeedsMaintenance();
  }
  if (current_.overfull) return StartRebuild(), true;
  for (size_t i = 0; i < kMergesPerMaintain && NeedsMaintenance(); ++i) {
    if (MergePair()) continue;
    if (IsSparserThan(1, 8)) return StartRebuild(), true;
    return false;
  }
  return NeedsMaintenance();
}

bool Table::NeedsMaintenance() const {
  return old_ != nullptr || current_.overfull || (current_.pairs() > 1 && IsSparserThan(7, 8));
}

// --- Rebuilding --------------------------------------------------------------------------------

// `stronger`: what there is now has failed.
Addressing Table::NextAddressing(bool stronger) const {
  // A number of its own for every salt, so that no two tables of the process share one.
  static std::atomic<uint64_t> next_salt{1};
  Addressing next;
  const bool sip = current_.addressing.mode == Addressing::Mode::kSip ||
                   (stronger && current_.addressing.mode == Addressing::Mode::kSalted);
  next.mode = sip ? Addressing::Mode::kSip : Addressing::Mode::kSalted;
  for (uint64_t& salt : next.salt) {
    const uint64_t number = next_salt.fetch_add(1, std::memory_order_relaxed);
    salt = key_->Hash(Bytes(reinterpret_cast<const char*>(&number), sizeof number));
  }
  return next;
}

// From here on current_ is a new, empty directory with another addressing. Writes go there, and
// bring old pairs along; lookups ask both.
void Table::StartRebuild() {
  THIMBLE_DCHECK(!old_);
  const Addressing next = NextAddressing(current_.overfull);
  old_ = std::make_unique<Directory>(&editor_.allocator());
  old_->Swap(current_);
  current_.addressing = next;
  current_.epoch = old_->epoch + 1;
  sweep_next_ = kNoSweep;
  ++rebuilds_;
  generation_ = NextGeneration();
}

// Moves a pair's entries to where current_ wants them.
void Table::MovePair(Directory& from, size_t pair) {
  SlotList list;
  const Addressing addressing = from.addressing;
  Announce(from, 2 * pair);
  BucketRef emptied[2] = {from.At(2 * pair), from.At(2 * pair + 1)};
  for (size_t half = 0; half < 2; ++half) {
    if (emptied[half].empty()) continue;
    BucketView(emptied[half], editor_.traits()).Decode(list);
    SetBucket(from, 2 * pair + half, BucketRef());
  }
  // `from` may be gone after any of these: see RekeyAtOnce().
  for (Slot& slot : list.slots()) {
    slot.address = AdoptKey(slot.key, addressing);
    Place(slot);
    if (NeedsSplit()) SplitPair();
  }
  for (BucketRef& ref : emptied) editor_.Free(ref);
}

// Moves up to that many pairs that hold anything, from the end, where the directory shrinks.
void Table::MoveOldPairs(size_t pairs) {
  generation_ = NextGeneration();
  sweep_next_ = kNoSweep;
  size_t empty = 0;
  while (old_ && pairs > 0 && empty < kEmptyPairsPerStep) {
    const size_t last = old_->pairs() - 1;
    if (old_->At(2 * last).empty() && old_->At(2 * last + 1).empty()) {
      ++empty;
    } else {
      --pairs;
      MovePair(*old_, last);
    }
    if (!old_) return;
    if (last == 0) {
      old_.reset();
    } else {
      old_->DropPair();
    }
  }
}

// The last resort: a pair that can take no more while a rebuild is still under way. It takes 254
// entries whose hashes under a secret key agree in all bits that matter, within one rebuild; nobody
// has shown a way to do that. It costs O(size), once, and ends the matter: SipHash from here on.
void Table::RekeyAtOnce() {
  const std::unique_ptr<Directory> older = std::move(old_);
  Directory newer(&editor_.allocator());
  newer.Swap(current_);
  current_.addressing = NextAddressing(true);
  current_.addressing.mode = Addressing::Mode::kSip;
  current_.epoch = newer.epoch + 1;
  for (Directory* const from : {older.get(), &newer}) {
    if (from == nullptr) continue;
    for (size_t pair = 0; pair < from->pairs(); ++pair) MovePair(*from, pair);
  }
  sweep_next_ = kNoSweep;
  ++rebuilds_;
  generation_ = NextGeneration();
}

}  // namespace thimble
