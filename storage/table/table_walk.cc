// What touches many entries: walks, scans, samples, sweeps.

#include <algorithm>
#include <utility>

#include "storage/common/check.h"
#include "storage/common/prefetch.h"
#include "storage/table/table.h"

namespace thimble {
namespace {

// A scan cursor below 2^53: the position in the directory's hash space, and above it the epoch of
// the directory, so that a cursor from before a rebuild is recognised.
constexpr unsigned kEpochShift = 45;
constexpr uint64_t kPositionMask = (uint64_t{1} << kEpochShift) - 1;
constexpr uint64_t kEpochMask = 0xff;

// How far ahead of where a walk stands memory is asked for.
constexpr size_t kPairsAhead = 4;

uint64_t EpochBits(const Directory& directory) {
  return directory.epoch & kEpochMask;
}

}  // namespace

void Table::VisitBucket(BucketRef ref, FunctionRef<void(const TableEntry&)> visit) const {
  if (ref.empty()) return;
  BucketView(ref, editor_.traits()).ForEach(visit);
}

void Table::VisitPair(const Directory& directory, size_t pair,
                      FunctionRef<void(const TableEntry&)> visit) const {
  VisitBucket(directory.At(2 * pair), visit);
  VisitBucket(directory.At(2 * pair + 1), visit);
}

void Table::VisitDeadlines(BucketRef ref, FunctionRef<void(const TableEntry&)> visit) const {
  if (ref.empty()) return;
  const BucketView view(ref, editor_.traits());
  if (!view.Has(BucketView::kHasDeadlines)) return;
  for (unsigned slot = 0; slot < view.count(); ++slot) {
    if (view.Deadline(slot) != 0) visit(view.Entry(slot));
  }
}

void Table::ForEach(FunctionRef<void(const TableEntry&)> visit) const {
  for (const Directory* directory : {&current_, static_cast<const Directory*>(old_.get())}) {
    if (directory == nullptr) continue;
    for (size_t pair = 0; pair < directory->pairs(); ++pair) {
      if (pair + kPairsAhead < directory->pairs()) directory->PrefetchPair(pair + kPairsAhead);
      VisitPair(*directory, pair, visit);
    }
  }
}

bool Table::ForEachWhile(FunctionRef<bool(const TableEntry&)> visit) const {
  bool go_on = true;
  for (const Directory* directory : {&current_, static_cast<const Directory*>(old_.get())}) {
    if (directory == nullptr) continue;
    for (size_t pair = 0; go_on && pair < directory->pairs(); ++pair) {
      if (pair + kPairsAhead < directory->pairs()) directory->PrefetchPair(pair + kPairsAhead);
      VisitPair(*directory, pair, [&](const TableEntry& entry) { go_on = go_on && visit(entry); });
    }
  }
  return go_on;
}

// While a rebuild lasts a round goes through the old directory first, then the new one: entries
// move only that way. A round that was in the old one when the rebuild ended begins again, since
// its cursor names an epoch that is no more.
uint64_t Table::ScanPair(uint64_t cursor,
                         FunctionRef<void(const Directory&, size_t pair)> visit) const {
  const uint64_t epoch = cursor >> kEpochShift & kEpochMask;
  const Directory* directory = old_ ? old_.get() : &current_;
  uint64_t position = 0;
  if (cursor != 0 && epoch == EpochBits(current_)) directory = &current_;
  if (cursor != 0 && epoch == EpochBits(*directory)) position = cursor & kPositionMask;

  Directory::ScanStep step = directory->Scan(position);
  visit(*directory, step.pair);
  if (step.next == 0 && directory != &current_) {
    // A cursor of all zeros would mean the end: with epoch 0 the first pair is visited right away.
    directory = &current_;
    if (EpochBits(current_) != 0) return EpochBits(current_) << kEpochShift;
    step = directory->Scan(0);
    visit(*directory, step.pair);
  }
  return step.next == 0 ? 0 : step.next | EpochBits(*directory) << kEpochShift;
}

uint64_t Table::Scan(uint64_t cursor, FunctionRef<void(const TableEntry&)> visit) const {
  return ScanPair(
      cursor, [&](const Directory& directory, size_t pair) { VisitPair(directory, pair, visit); });
}

size_t Table::CountExpiredIn(const Directory& directory, TableTraits traits, uint64_t now_ms) {
  size_t expired = 0;
  for (size_t bucket = 0; bucket < directory.buckets(); ++bucket) {
    const BucketRef ref = directory.At(bucket);
    if (ref.empty()) continue;
    const BucketView view(ref, traits);
    if (!view.Has(BucketView::kHasDeadlines)) continue;
    for (unsigned slot = 0; slot < view.count(); ++slot) {
      const uint64_t deadline_ms = view.Deadline(slot);
      expired += deadline_ms != 0 && deadline_ms <= now_ms ? 1 : 0;
    }
  }
  return expired;
}

size_t Table::CountExpired(uint64_t now_ms) const {
  const size_t in_old = old_ ? CountExpiredIn(*old_, traits(), now_ms) : 0;
  return in_old + CountExpiredIn(current_, traits(), now_ms);
}

uint64_t Table::ScanDeadlines(uint64_t cursor, FunctionRef<void(const TableEntry&)> visit) const {
  return ScanPair(cursor, [&](const Directory& directory, size_t pair) {
    VisitDeadlines(directory.At(2 * pair), visit);
    VisitDeadlines(directory.At(2 * pair + 1), visit);
  });
}

TablePosition Table::Random(thimble::Random& random) const {
  THIMBLE_DCHECK(!empty());
  if (old_ && random.Below(size()) < old_->count) return RandomIn(*old_, random);
  return RandomIn(current_, random);
}

// Throws darts at (bucket, slot) until one hits an entry: every entry has the same chance. A miss
// costs one directory word. Where hits are rare it counts its way to an entry chosen beforehand.
TablePosition Table::RandomIn(const Directory& directory, thimble::Random& random) const {
  const uint32_t mark = &directory == &current_ ? 0 : kOldBit;
  const size_t longest = directory.longest;
  for (size_t tries = 64 + directory.buckets() / 16; tries > 0; --tries) {
    ++looks_;
    const uint64_t dart = random.Below(directory.buckets() * longest);
    const size_t bucket = dart / longest;
    const uint32_t slot = static_cast<uint32_t>(dart % longest);
    if (slot < directory.At(bucket).count()) {
      return TablePosition(static_cast<uint32_t>(bucket) | mark, slot, generation_);
    }
  }
  uint64_t rest = random.Below(directory.count);
  for (size_t bucket = 0;; ++bucket) {
    ++looks_;
    const unsigned count = directory.At(bucket).count();
    if (rest < count) {
      return TablePosition(static_cast<uint32_t>(bucket) | mark, static_cast<uint32_t>(rest),
                           generation_);
    }
    rest -= count;
  }
}

size_t Table::VisitExpired(uint64_t now_ms, size_t buckets, uint64_t* cursor,
                           FunctionRef<void(const TableEntry&)> expired) {
  const size_t old_buckets = old_ ? old_->buckets() : 0;
  const size_t end = old_buckets + current_.buckets();
  // By pairs, within which entries may change sides while a sweep is under way.
  size_t bucket = *cursor < end ? *cursor & ~uint64_t{1} : 0;
  const size_t stop = bucket + std::min(end - bucket, (buckets + 1) & ~size_t{1});
  if (bucket == 0) {
    sweep_next_ = 0;
    sweep_earliest_ = UINT64_MAX;
  }
  const bool whole = sweep_next_ == bucket && !old_;

  size_t looked_at = 0;
  for (; bucket < stop; ++bucket) {
    const BucketRef ref =
        bucket < old_buckets ? old_->At(bucket) : current_.At(bucket - old_buckets);
    if (ref.empty()) continue;
    const BucketView view(ref, editor_.traits());
    if (!view.Has(BucketView::kHasDeadlines)) continue;
    for (unsigned slot = 0; slot < view.count(); ++slot) {
      const uint64_t deadline_ms = view.Deadline(slot);
      if (deadline_ms == 0) continue;
      ++looked_at;
      sweep_earliest_ = std::min(sweep_earliest_, deadline_ms);
      if (deadline_ms <= now_ms) expired(view.Entry(slot));
    }
  }
  sweep_next_ = whole ? bucket : kNoSweep;
  *cursor = bucket == end ? 0 : bucket;
  if (whole && bucket == end) earliest_deadline_ = sweep_earliest_;
  return looked_at;
}

void Table::FreeLongStrings(const BucketView& view, unsigned slot) {
  if (view.Has(BucketView::kSpecialKeys)) FreeCell(view.KeyCell(slot), editor_.allocator());
  if (view.Has(BucketView::kSpecialValues)) FreeCell(view.ValueCell(slot), editor_.allocator());
}

void Table::FreeBucket(Directory& directory, size_t bucket) {
  BucketRef ref = directory.At(bucket);
  if (ref.empty()) return;
  const BucketView view(ref, editor_.traits());
  if (view.Has(BucketView::kSpecialKeys) || view.Has(BucketView::kSpecialValues)) {
    for (unsigned slot = 0; slot < view.count(); ++slot) FreeLongStrings(view, slot);
  }
  SetBucket(directory, bucket, BucketRef());
  editor_.Free(ref);
}

bool Table::TakeApart(size_t count, FunctionRef<void(const TableEntry&)> removed) {
  if (watcher_ != nullptr) std::exchange(watcher_, nullptr)->BeforeEnd();
  generation_ = NextGeneration();
  sweep_next_ = kNoSweep;
  for (size_t taken = 0; taken < count && !empty();) {
    Directory& directory = old_ ? *old_ : current_;
    const size_t last = directory.pairs() - 1;
    if (last >= kPairsAhead) directory.PrefetchPair(last - kPairsAhead);
    for (const size_t bucket : {2 * last, 2 * last + 1}) {
      const BucketRef ref = directory.At(bucket);
      taken += ref.count();
      VisitBucket(ref, [&](const TableEntry& entry) {
        if (entry.deadline_ms != 0) --deadlines_;
        removed(entry);
      });
      FreeBucket(directory, bucket);
    }
    if (last > 0) {
      directory.DropPair();
    } else if (&directory != &current_) {
      old_.reset();
    }
  }
  return !empty();
}

}  // namespace thimble
