#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/function_ref.h"
#include "storage/common/random.h"
#include "storage/common/text.h"
#include "storage/table/hash_key.h"

namespace thimble {

// What a table keeps beside its keys.
struct TableTraits {
  bool values = false;  // A value for each key: hashes and the keyspace, not sets.
  bool clocks = false;  // A 16-bit access clock for each key: the keyspace only.
};

// One entry as stored. Borrows from the table: dies at the table's next non-const call.
struct TableEntry {
  Text key;
  Text value;                // Empty where the traits have no values.
  uint64_t deadline_ms = 0;  // Absolute, wall clock; 0 = none.
  uint16_t clock = 0;
};

// Where an entry is. Valid until the next call that inserts, erases or maintains (debug builds
// trap stale use through the table's generation). Never keep one from one command to the next.
class TablePosition {
 public:
  TablePosition() = default;  // Nowhere.
  explicit operator bool() const { return slot_ != kNowhere; }

 private:
  friend class Table;
  static constexpr uint32_t kNowhere = UINT32_MAX;
  TablePosition(uint32_t bucket, uint32_t slot, uint32_t generation)
      : bucket_(bucket), slot_(slot), generation_(generation) {}
  uint32_t bucket_ = 0;
  uint32_t slot_ = kNowhere;
  uint32_t generation_ = 0;
};

// Table maps byte strings to byte strings: the keyspace, and the large encoding of hashes and
// sets. It copies what it is given and owns it.
//
// Layout      Linear hashing over a directory of 8-byte words, each the address, entry count and
//             size of one packed bucket. Buckets 2j and 2j+1 are a pair: the unit of addressing,
//             splitting, merging and scanning. See NOTES.md.
// Growth      Incremental: an insert splits at most a few pairs, so no call costs O(size).
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
  // Bytes held by buckets, directory, long strings and the object itself. O(1).
  size_t MemoryBytes() const;
  const HashKey& hash_key() const;
  // Changes whenever positions go stale.
  uint32_t generation() const;

  // --- One entry ---------------------------------------------------------------------------
  TablePosition Find(const Hashed& key) const;
  TableEntry At(TablePosition position) const;

  // Adds an entry. REQUIRES: the key is absent. `value` must be empty without value traits.
  TablePosition Insert(const Hashed& key, Bytes value, uint64_t deadline_ms = 0,
                       uint16_t clock = 0);
  // Changes the value; deadline and clock stay. Returns where the entry is now. `value` must not
  // point into the table.
  TablePosition Replace(TablePosition position, Bytes value);
  void Erase(TablePosition position);
  // 0 takes the deadline away. Returns where the entry is now.
  TablePosition SetDeadline(TablePosition position, uint64_t deadline_ms);
  // Writes in place: invalidates nothing. REQUIRES: clock traits.
  void SetClock(TablePosition position, uint16_t clock);

  // Shorthands for callers that need no position.
  std::optional<Text> Get(const Hashed& key) const;
  bool Contains(const Hashed& key) const { return static_cast<bool>(Find(key)); }
  bool Set(const Hashed& key, Bytes value);  // True if the key is new. Takes a deadline away.
  bool Add(const Hashed& key) { return !Contains(key) && (Insert(key, {}), true); }
  bool Remove(const Hashed& key);  // True if the key was there.

  // --- Ahead of a batch: hints only, any hash is legal, nothing is changed --------------------
  void PrefetchDirectory(uint64_t hash) const;  // First: the word.
  void PrefetchBucket(uint64_t hash) const;     // Then: the lines of the bucket it names.

  // --- Many entries ---------------------------------------------------------------------------
  // Every entry once, in directory order. The table must not be changed meanwhile.
  void ForEach(FunctionRef<void(const TableEntry&)> visit) const;

  // Visits one pair of buckets and returns the next cursor; 0 when the round is complete. Start
  // with 0. Whatever stays in the table from start to end of a round is visited at least once,
  // however the table grows, shrinks or is rebuilt in between. Any cursor is legal input. Returned
  // cursors stay below 2^53: some clients read them as doubles.
  uint64_t Scan(uint64_t cursor, FunctionRef<void(const TableEntry&)> visit) const;

  // A uniformly random entry. Expected O(1) while the table is not left almost empty by deletes.
  // REQUIRES: !empty().
  TablePosition Random(thimble::Random& random) const;

  // --- Deadlines --------------------------------------------------------------------------------
  size_t deadlines() const;             // How many entries have one. O(1).
  uint64_t earliest_deadline() const;   // A lower bound, 0 when there is none. O(1).
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
  // Removes up to `count` entries from the end of the directory, giving each to `removed` first,
  // and frees their memory. For taking big tables apart slice by slice. True if entries remain.
  bool TakeApart(size_t count, FunctionRef<void(const TableEntry&)> removed);

  // --- For tests and DEBUG --------------------------------------------------------------------
  struct Statistics {
    size_t buckets = 0;
    size_t longest_bucket = 0;  // Entries.
    size_t longest_pair = 0;
    size_t spilled = 0;  // Entries that sit in the half they do not prefer.
    size_t splits = 0;
    size_t merges = 0;
    size_t rebuilds = 0;  // Times the salt changed.
  };
  Statistics GetStatistics() const;  // O(buckets).
  // What is wrong, or nothing. O(size).
  std::optional<std::string> CheckInvariants() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace thimble
