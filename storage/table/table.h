#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/function_ref.h"
#include "storage/common/random.h"
#include "storage/common/text.h"
#include "storage/table/bucket.h"
#include "storage/table/directory.h"
#include "storage/table/hash_key.h"
#include "storage/table/table_entry.h"
#include "storage/table/table_position.h"
#include "storage/table/table_watcher.h"

namespace thimble {

// Table maps byte strings to byte strings: the keyspace, and the large encoding of hashes and
// sets. It copies what it is given and owns it.
//
// Layout      Linear hashing over a directory of 8-byte words, each the address, entry count and
//             size of one packed bucket. Buckets 2j and 2j+1 are a pair: the unit of addressing,
//             splitting, merging and scanning. An entry prefers one half; if that is full it sits
//             in the other, which a flag in the first tells. See NOTES.md.
// Growth      Incremental: an insert splits at most two pairs, so no call costs O(size).
// Skew        A table whose keys crowd a few pairs is rebuilt with a salt, a few pairs a write;
// until
//             then it has two directories, and lookups ask both.
// Cost        Find, Insert, Replace, Erase: expected O(1), bounded by one pair of buckets.
// Views       TableEntry and Text die at the next non-const call.
// Threads     None: the loop thread that owns the keyspace owns the table. The HashKey must
//             outlive it.
class Table {
 public:
  Table(const HashKey& key, TableTraits traits);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  size_t size() const;
  bool empty() const { return size() == 0; }
  // Buckets of the directory, those of a rebuild's old one included. O(1).
  size_t buckets() const;
  // Bytes held by buckets, directory, long strings and the object itself. O(1).
  size_t MemoryBytes() const;
  // Of it, the words of the directory and the object itself: what no entry is charged for. O(1).
  size_t DirectoryBytes() const;
  const HashKey& hash_key() const;
  TableTraits traits() const { return editor_.traits(); }
  // Changes whenever positions go stale. No two tables of the process share one.
  uint32_t generation() const;
  // Changes whenever views go stale: an entry read at the same version is still what it says, but
  // for its clock. No two tables share one.
  uint64_t version() const { return uint64_t{generation_} << 32 | changes_; }

  // --- One entry ---------------------------------------------------------------------------
  TablePosition Find(const Hashed& key) const;
  // Find and most of At in one; `value` is written only if the key is there.
  TablePosition Find(const Hashed& key, TableValue& value) const;
  TableEntry At(TablePosition position) const;

  // Adds an entry. REQUIRES: the key is absent. `value` must be empty without value traits. Neither
  // may point into the table.
  TablePosition Insert(const Hashed& key, Bytes value, uint64_t deadline_ms = 0,
                       uint16_t clock = 0);
  // Changes the value; deadline and clock stay. Returns where the entry is now. `value` must not
  // point into the table.
  TablePosition Replace(TablePosition position, Bytes value);
  // By the decimal form of an integer, which need not be printed.
  TablePosition Replace(TablePosition position, int64_t value);
  // Adds to the integer that a key's value is where nothing has to move for it: positions stay
  // good. Nothing, and nothing changed, if the key is absent, its value no integer, the sum of
  // another width or none. What Find and Replace do is always right; this is quick. REQUIRES:
  // values, and no clocks.
  std::optional<int64_t> AddInPlace(const Hashed& key, int64_t increment);
  void Erase(TablePosition position);
  // 0 takes the deadline away. Returns where the entry is now.
  TablePosition SetDeadline(TablePosition position, uint64_t deadline_ms);
  // Writes in place: invalidates nothing. REQUIRES, of both: clock traits.
  void SetClock(TablePosition position, uint16_t clock);
  uint16_t ClockOf(TablePosition position) const;

  // Shorthands for callers that need no position.
  std::optional<Text> Get(const Hashed& key) const;
  bool Contains(const Hashed& key) const { return static_cast<bool>(Find(key)); }
  bool Set(const Hashed& key, Bytes value);  // True if the key is new. Takes a deadline away.
  bool Add(const Hashed& key) { return !Contains(key) && (Insert(key, {}), true); }
  bool Remove(const Hashed& key);  // True if the key was there.

  // --- Many new entries ------------------------------------------------------------------------
  static constexpr size_t kMostAtOnce = 64;
  // Lets an empty table begin with room for so many entries; any other is left as it is.
  void Reserve(size_t count);
  // Adds up to kMostAtOnce keys, much quicker than one by one if they come in the order in which
  // another table is walked. REQUIRES: all are absent and differ; no value traits.
  void InsertAll(std::span<const Hashed> keys);

  // --- Ahead of a batch: hints only, any hash is legal, nothing is changed --------------------
  void PrefetchDirectory(uint64_t hash) const;  // First: the word.
  void PrefetchBucket(uint64_t hash) const;     // Then: the head of the bucket it names.
  void PrefetchEntry(uint64_t hash) const;      // Last: the entry, found by its tag.

  // --- Many entries ---------------------------------------------------------------------------
  // Every entry once, in directory order. The table must not be changed meanwhile.
  void ForEach(FunctionRef<void(const TableEntry&)> visit) const;
  // As ForEach, but stops and returns false as soon as `visit` does.
  bool ForEachWhile(FunctionRef<bool(const TableEntry&)> visit) const;
  // For walking two tables in step (aligned_walk.h): the directory, if the process's hash alone
  // places entries in it; null while the table is salted or being rebuilt.
  const Directory* PlainDirectory() const;

  // Visits one pair of buckets and returns the next cursor; 0 when the round is complete. Start
  // with 0. Whatever stays in the table from start to end of a round is visited at least once,
  // however the table grows, shrinks or is rebuilt in between. Any cursor is legal input. Returned
  // cursors stay below 2^53: some clients read them as doubles.
  uint64_t Scan(uint64_t cursor, FunctionRef<void(const TableEntry&)> visit) const;
  // As Scan, but visits only entries with a deadline and passes quickly over pairs without any.
  uint64_t ScanDeadlines(uint64_t cursor, FunctionRef<void(const TableEntry&)> visit) const;

  // A uniformly random entry. Expected O(1) while the table is not left almost empty by deletes.
  // REQUIRES: !empty().
  TablePosition Random(thimble::Random& random) const;

  // --- Deadlines --------------------------------------------------------------------------------
  size_t deadlines() const;            // How many entries have one. O(1).
  uint64_t earliest_deadline() const;  // A lower bound, 0 when there is none. O(1).
  // How many of them are <= now_ms. O(buckets), and quick over those without any.
  size_t CountExpired(uint64_t now_ms) const;
  // Looks through up to `buckets` buckets from *cursor on (a bucket number, wraps, any value is
  // legal), calls `expired` with each entry whose deadline is <= now_ms, and advances *cursor.
  // Returns how many entries with a deadline it looked at. Collect keys, then erase: the table
  // must not be changed meanwhile.
  size_t VisitExpired(uint64_t now_ms, size_t buckets, uint64_t* cursor,
                      FunctionRef<void(const TableEntry&)> expired);

  // --- Upkeep -----------------------------------------------------------------------------------
  // Does a bounded step of merging after deletes (a few pairs). True if there is more to do. Called
  // from a timer; invalidates positions if it did anything.
  bool Maintain();
  // Whether Maintain() has anything to do. O(1): for the timer that keeps a list of tables.
  bool NeedsMaintenance() const;
  // Looks at the next `buckets` buckets, round and round, and moves those whose slab would better
  // be emptied (slab/slab_allocator.h). Returns how many it moved. Positions stay good, views do
  // not.
  size_t Compact(size_t buckets);
  // Removes `count` entries from the end of the directory, or a few more to finish a pair, giving
  // each to `removed` first, and frees their memory. For taking big tables apart slice by slice.
  // True if entries remain.
  bool TakeApart(size_t count, FunctionRef<void(const TableEntry&)> removed);

  // --- Being watched ----------------------------------------------------------------------------
  // Who hears of changes from here on; null for nobody. It outlives the table, or hears of its end.
  void SetWatcher(TableWatcher* watcher) { watcher_ = watcher; }
  TableWatcher* watcher() const { return watcher_; }
  // What an entry points to is about to change, of which the table knows nothing.
  void Announce(TablePosition position) { Announce(DirectoryOf(position), position.bucket()); }
  // While a rebuild lasts there are two directories, and the older one has the number before the
  // latest. Null for one that is no longer there.
  uint32_t latest_epoch() const { return current_.epoch; }
  const Directory* DirectoryOf(uint32_t epoch) const {
    if (epoch == current_.epoch) return &current_;
    return old_ && epoch == old_->epoch ? old_.get() : nullptr;
  }

  // --- For tests and DEBUG --------------------------------------------------------------------
  struct Statistics {
    size_t buckets = 0;
    size_t longest_bucket = 0;  // Entries.
    size_t longest_pair = 0;
    size_t spilled = 0;  // Entries that sit in the half they do not prefer.
    size_t splits = 0;
    size_t merges = 0;
    size_t rebuilds = 0;  // Times the salt changed.
    size_t looks = 0;     // Buckets that Random() looked at.
  };
  Statistics GetStatistics() const;  // O(buckets).
  // What is wrong, or nothing. O(size).
  std::optional<std::string> CheckInvariants() const;

 private:
  // Mean bytes and entries a bucket, at most.
  static constexpr size_t kMeanBytes = 448;
  static constexpr size_t kMeanCount = 8;
  // What a bucket may hold, unless both halves of its pair are full.
  static constexpr unsigned kMaxTags = 32;
  static constexpr size_t kMaxBytes = 4096;
  // What the larger half may hold then. Beyond, the table is skewed.
  static constexpr unsigned kMaxTagsInFullPair = 64;
  // What a half may hold until the rebuild has parted them. Whatever the entries, they fit a blob.
  static constexpr unsigned kMaxTagsEver = 127;
  // Marks positions in old_.
  static constexpr uint32_t kOldBit = uint32_t{1} << 31;

  struct StableKey;

  Directory& DirectoryOf(TablePosition position) {
    return (position.bucket() & kOldBit) != 0 ? *old_ : current_;
  }
  const Directory& DirectoryOf(TablePosition position) const {
    return const_cast<Table*>(this)->DirectoryOf(position);
  }
  BucketRef& RefAt(TablePosition position) {
    return DirectoryOf(position).At(position.bucket() & ~kOldBit);
  }
  BucketRef RefAt(TablePosition position) const {
    return DirectoryOf(position).At(position.bucket() & ~kOldBit);
  }
  void CheckPosition(TablePosition position) const;
  bool IsGood(TablePosition position) const {
    return position.generation_ == generation_ && position;
  }

  // table.cc
  static uint32_t NextGeneration();
  // Also writes `value` if it is not null and the key is there.
  TablePosition FindIn(const Directory& directory, uint64_t base, const KeyProbe& probe,
                       TableValue* value) const;
  TablePosition FindAnew(const Hashed& key, TableValue* value) const;
  // Whether current_ has that key. For who holds a key as it is stored.
  bool HasCell(const Cell& key, uint64_t base) const;
  TablePosition Refind(const StableKey& key) const;
  uint64_t AddressOf(const Directory& directory, const Cell& key) const;
  uint64_t AdoptKey(const Cell& key, const Addressing& from);
  void NoteDeadline(uint64_t deadline_ms);
  TablePosition ReplaceCell(TablePosition position, const Cell& value);
  void EraseSlot(TablePosition position);

  // Before anything in the bucket's pair changes.
  void Announce(const Directory& directory, size_t bucket) {
    if (watcher_ == nullptr) [[likely]]
      return;
    watcher_->BeforeChange(directory, (bucket & ~size_t{kOldBit}) / 2);
  }

  // table_placement.cc
  TablePosition Place(const Slot& unplaced);
  bool PlaceIn(Directory& directory, size_t bucket, const Slot& slot, unsigned max_tags,
               size_t max_bytes);
  void SetBucket(Directory& directory, size_t bucket, BucketRef ref);
  void TakePair(Directory& directory, size_t pair, SlotList& out);
  void DistributePair(Directory& directory, size_t pair, std::span<Slot> slots);
  void BringHome(Directory& directory, size_t pair);

  // table_fill.cc
  friend class TableFiller;
  bool GrowTowards(size_t count, size_t bytes, size_t most_splits);
  void PlaceAll(size_t bucket, std::span<const Slot> newcomers);

  // table_upkeep.cc
  bool NeedsSplit() const;
  bool IsSparserThan(size_t numerator, size_t denominator) const;
  void SplitPair();
  bool MergePair();
  void BeforeInsert();  // Frees and moves blocks.
  void MakeRoomForInsert();
  void AfterErase();
  Addressing NextAddressing(bool stronger) const;
  void StartRebuild();
  void MovePair(Directory& from, size_t pair);
  void MoveOldPairs(size_t pairs);
  void RekeyAtOnce();

  // table_compaction.cc
  size_t CompactBucket(BucketRef& word);
  size_t CompactLongStrings(const BucketView& view);
  void CompactAfterWrite();

  // table_walk.cc
  void VisitBucket(BucketRef ref, FunctionRef<void(const TableEntry&)> visit) const;
  void VisitPair(const Directory& directory, size_t pair,
                 FunctionRef<void(const TableEntry&)> visit) const;
  void VisitDeadlines(BucketRef ref, FunctionRef<void(const TableEntry&)> visit) const;
  static size_t CountExpiredIn(const Directory& directory, TableTraits traits, uint64_t now_ms);
  uint64_t ScanPair(uint64_t cursor, FunctionRef<void(const Directory&, size_t pair)> visit) const;
  TablePosition RandomIn(const Directory& directory, thimble::Random& random) const;
  void FreeLongStrings(const BucketView& view, unsigned slot);
  void FreeBucket(Directory& directory, size_t bucket);

  // table_check.cc
  const char* CheckEntry(const Directory& directory, size_t bucket, unsigned slot,
                         const Slot& stored) const;

  const HashKey* key_;
  BucketEditor editor_;
  Directory current_;
  std::unique_ptr<Directory> old_;  // While a rebuild lasts: what it has not yet moved.

  size_t deadlines_ = 0;
  uint64_t earliest_deadline_ = 0;
  // A sweep of VisitExpired() that began at bucket 0 and has not been disturbed: where it stands
  // and the earliest deadline since. Completed, it makes earliest_deadline_ exact again.
  static constexpr size_t kNoSweep = SIZE_MAX;
  size_t sweep_next_ = kNoSweep;
  uint64_t sweep_earliest_ = 0;

  TableWatcher* watcher_ = nullptr;
  size_t compact_next_ = 0;  // The bucket that Compact() looks at next.

  uint32_t generation_ = NextGeneration();
  uint32_t changes_ = 0;  // Of this generation: what changed without moving another entry.
  uint32_t rebuilds_ = 0;
  mutable uint64_t looks_ = 0;
  uint64_t splits_ = 0;
  uint64_t merges_ = 0;
};

// --- Hot and small -----------------------------------------------------------------------------

inline size_t Table::size() const {
  return current_.count + (old_ ? old_->count : 0);
}
inline size_t Table::buckets() const {
  return current_.buckets() + (old_ ? old_->buckets() : 0);
}
inline size_t Table::DirectoryBytes() const {
  const size_t buckets = current_.buckets() + (old_ ? old_->buckets() : 0);
  return sizeof(Table) + buckets * sizeof(BucketRef);
}
inline const HashKey& Table::hash_key() const {
  return *key_;
}
inline uint32_t Table::NextGeneration() {
  static uint32_t latest = 0;  // The loop's thread alone changes tables.
  return ++latest;
}
inline const Directory* Table::PlainDirectory() const {
  return old_ || current_.addressing.mode != Addressing::Mode::kPlain ? nullptr : &current_;
}
inline uint32_t Table::generation() const {
  return generation_;
}
inline size_t Table::deadlines() const {
  return deadlines_;
}
inline uint64_t Table::earliest_deadline() const {
  return deadlines_ == 0 ? 0 : earliest_deadline_;
}

}  // namespace thimble
