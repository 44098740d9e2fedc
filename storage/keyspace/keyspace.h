#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "storage/common/function_ref.h"
#include "storage/common/result.h"
#include "storage/keyspace/access_clock.h"
#include "storage/keyspace/environment.h"
#include "storage/keyspace/field_deadlines.h"
#include "storage/keyspace/graveyard.h"
#include "storage/keyspace/key_edit.h"
#include "storage/keyspace/snapshot_keeper.h"
#include "storage/keyspace/view_memory.h"
#include "storage/table/table.h"
#include "storage/value/hash_value.h"
#include "storage/value/set_value.h"
#include "storage/value/string_value.h"

namespace thimble {

// Whether looking at a key counts as using it.
enum class Access : uint8_t {
  kUse,            // Advances the access clock and counts a hit or a miss: what commands do.
  kCount,          // Only counts: EXISTS, TYPE, TTL, clients in NO-TOUCH mode.
  kCountSilently,  // The same, but tells nobody of a miss: OBJECT.
  kTouch,          // Only advances the clock: what looks before it writes.
  kPeek,           // Leaves no trace: SCAN, MEMORY, introspection.
};

// One database: keys to values of any type, with deadlines.
//
// Views       A HashView, SetView or Text is valid until the next non-const call. Read may expire
//             a key, so a command with two keys uses ReadAll, or resolves the second key before it
//             looks at the first.
// Expiry      A key past its deadline is absent to every call here; whoever meets it deletes it
//             and tells the observer kExpired. So is a field of a hash; whoever opens the hash for
//             change, or goes round from a timer, takes it out, and a hash that has no other stays
//             until then.
// Changes     Only through KeyEdit and the calls under "Whole keys"; each tells the observer once.
class Keyspace {
 public:
  Keyspace(StorageEnvironment& environment, int index);
  ~Keyspace();
  Keyspace(const Keyspace&) = delete;
  Keyspace& operator=(const Keyspace&) = delete;

  int index() const { return index_; }
  size_t size() const { return table_->size(); }  // Expired keys that nobody met yet included.
  size_t deadlines() const { return table_->deadlines(); }
  // Hashes that have fields with deadlines.
  size_t hashes_with_deadlines() const { return field_deadlines_.size(); }

  // --- Reading ------------------------------------------------------------------------------
  // V is StringValue, HashValue or SetValue. A missing key reads as an empty view (for strings
  // !exists()). Fails with kWrongType.
  template <class V>
  Result<typename V::View> Read(const Hashed& key, Access access = Access::kUse);
  // All views are valid together. Fails with kWrongType if any key holds another type.
  template <class V>
  Result<std::vector<typename V::View>> ReadAll(std::span<const Hashed> keys);

  // Nothing for a missing key.
  std::optional<ObjectType> TypeOf(const Hashed& key, Access access = Access::kPeek);
  bool Exists(const Hashed& key, Access access = Access::kUse) {
    return TypeOf(key, access).has_value();
  }

  // The same without expiring anything: for observers.
  bool Holds(const Hashed& key) const;

  // What OBJECT, DEBUG OBJECT and MEMORY USAGE tell. REQUIRES: access is not kUse.
  struct Description {
    ObjectType type;
    Encoding encoding;
    size_t elements;      // Fields, members; bytes of a string.
    size_t memory_bytes;  // Key, value and this entry's share of its bucket. O(1).
    uint64_t idle_seconds;
    uint8_t frequency;  // Logarithmic use counter; meaningful under LFU.
  };
  std::optional<Description> Describe(const Hashed& key, Access access = Access::kPeek);

  // --- Changing a value ---------------------------------------------------------------------
  // Opens the value for change; a missing key opens as an empty value and comes to be only if it
  // is not empty when the edit ends. Fails with kWrongType.
  template <class V>
  Result<KeyEdit<V>> Edit(const Hashed& key);

  // The quick way for what Edit, HashValue::Increment and Commit do where nothing in the hash has
  // to move for it. Nothing, and nothing done, if it takes more than that.
  std::optional<int64_t> AddInPlace(const Hashed& key, const Hashed& field, int64_t increment,
                                    Event event);

  // --- Whole keys ---------------------------------------------------------------------------
  enum class Ttl : uint8_t { kClear, kKeep };
  // Makes `key` a string, whatever it held. The deadline (0 = none) replaces the old one, unless
  // `ttl` is kKeep.
  void SetString(const Hashed& key, Bytes value, Ttl ttl, uint64_t deadline_ms = 0,
                 Event event = Event::kSet);
  // Makes `key` hold a set built aside, whatever it held; an empty one deletes the key (reported as
  // kDel). The deadline goes.
  void StoreSet(const Hashed& key, SetValue value, Event event);
  // What a value from outside (a payload, a file) brings along beside its bytes.
  struct Arrival {
    Event event = Event::kRestore;
    uint64_t deadline_ms = 0;
    // The access clock takes the one that fits the policy; a fresh one otherwise.
    std::optional<uint64_t> idle_seconds;
    std::optional<uint8_t> frequency;
  };
  // A value made outside, in the form in which a keyspace holds it. What it points to belongs to
  // nobody until it is given to a key: by Adopt(), or a KeyspaceFiller.
  struct Incoming {
    ValueToStore value;
    size_t owned_bytes = 0;
  };
  static Incoming Prepare(Bytes string);
  // A collection by its compact form: what comes once there comes once, it is not empty and not
  // longer than that form may be. REQUIRES: a representation of something embedded.
  static Incoming PrepareCompact(Representation representation, Bytes bytes);
  // REQUIRES, of both: not empty.
  Incoming Prepare(HashValue value);
  Incoming Prepare(SetValue value);
  // Makes `key` hold it, whatever it held.
  void Adopt(const Hashed& key, const Incoming& incoming, const Arrival& arrival);
  // True if the key was there. Big values are freed later, slice by slice.
  bool Delete(const Hashed& key, Event event = Event::kDel);
  // Moves value and deadline to another name, overwriting it. False if `from` is missing.
  bool Rename(const Hashed& from, const Hashed& to);
  // Copies value and deadline. False if `from` is missing. `to` is overwritten: check first.
  bool CopyTo(const Hashed& from, Keyspace& target, const Hashed& to);
  // Moves the key to another database. False if missing here or present there.
  bool MoveTo(const Hashed& key, Keyspace& target);
  // Deletes everything; the observer hears nothing (FLUSH is reported by the caller). Returns how
  // many keys went. Memory is given back slice by slice by Reclaim.
  size_t Clear();
  // Exchanges the contents of two databases. O(1).
  void SwapWith(Keyspace& other);

  // --- Deadlines ----------------------------------------------------------------------------
  // Nothing for a missing key, 0 for a key without deadline, else absolute milliseconds.
  std::optional<uint64_t> DeadlineOf(const Hashed& key, Access access = Access::kPeek);
  // 0 takes the deadline away (kPersist). A deadline already past deletes the key (kDel). False if
  // the key is missing.
  bool SetDeadline(const Hashed& key, uint64_t deadline_ms);

  // --- Many keys ----------------------------------------------------------------------------
  struct KeyInfo {
    Text key;
    ObjectType type;
    uint64_t deadline_ms;
  };
  // As Table::Scan; expired keys are not shown.
  uint64_t Scan(uint64_t cursor, FunctionRef<void(const KeyInfo&)> visit) const;
  void ForEach(FunctionRef<void(const KeyInfo&)> visit) const;
  // All there is to a key, for whoever writes it down. Only the view that `type` names holds.
  struct Item {
    ObjectType type = ObjectType::kString;
    StringView string;
    HashView hash;
    SetView set;
    uint64_t deadline_ms = 0;
    uint64_t idle_seconds = 0;
    uint8_t frequency = 0;
  };
  // What an entry of a keyspace's table says. `blob` is what its value points to, if it points to a
  // blob, or a copy of it; a table is not touched. Borrows all, and the memory until its Reset().
  struct ItemSource {
    const HashKey& hash_key;
    ViewMemory& memory;
  };
  static void FillItem(Item& item, const TableValue& entry, Bytes blob, const AccessClock& clock,
                       const ItemSource& source);
  // Nothing for a missing key. Never counts as a use.
  std::optional<Item> ItemOf(const Hashed& key);
  // Every key once, until `visit` returns false; false if it did. Expired keys are not shown.
  bool ForEachItemWhile(FunctionRef<bool(const Text& key, const Item& item)> visit);
  // A random key that has not expired; nothing if there is none.
  std::optional<std::string> RandomKey();

  // --- Ahead of a batch: hints only ----------------------------------------------------------
  void PrefetchDirectory(uint64_t key_hash) const;
  void PrefetchBucket(uint64_t key_hash) const;
  void PrefetchEntry(uint64_t key_hash) const;
  // Fourth stage: looks the key up (no expiry, no trace), remembers in it where it is and returns
  // the table of its fields or members, if it holds one, to go on with. That dies with the next
  // non-const call.
  const Table* Locate(Hashed& key);

  // --- Eviction: how to choose is Evictor's business ------------------------------------------
  // What speaks for a key's staying or going.
  struct Candidate {
    Text key;
    uint64_t deadline_ms;
    uint16_t clock;
  };
  // Visits the keys of the next pair of buckets, round and round, or only those with a deadline.
  void VisitNext(bool with_deadline_only, FunctionRef<void(const Candidate&)> visit);
  // Deletes a key to make room, unless it is gone, was used or got another deadline since it was
  // visited. True if it is gone now by this call.
  bool Evict(const Hashed& key, uint64_t deadline_ms, uint16_t clock);
  // One bounded step of freeing what was deleted, smaller than Maintain's. True if there is more.
  bool FreeSome();

  // --- Upkeep, from timers ------------------------------------------------------------------
  struct ExpiryStep {
    size_t looked_at = 0;  // Keys with a deadline.
    size_t expired = 0;
  };
  // Whether a key may be past its deadline now; false for sure if not. O(1).
  bool HasDue() const {
    const uint64_t earliest_ms = table_->earliest_deadline();
    return earliest_ms != 0 && earliest_ms < NowMs() && !environment_.expiry_paused;
  }
  // How many buckets a whole walk passes. O(1).
  size_t Buckets() const { return table_->buckets(); }
  // Walks up to `buckets` further buckets and deletes what has expired there.
  ExpiryStep ExpireSome(size_t buckets);
  // The same for fields.
  bool HasDueFields() const {
    const uint64_t earliest_ms = field_deadlines_.earliest();
    return earliest_ms != 0 && earliest_ms < NowMs() && !environment_.expiry_paused;
  }
  // Looks for hashes with such fields in some buckets, or takes such fields out of some buckets of
  // one.
  ExpiryStep ExpireSomeFields(size_t buckets);
  // One bounded step of merging, freeing and compacting. True if there is more to do.
  bool Maintain();

  // --- Accounting ---------------------------------------------------------------------------
  size_t MemoryBytes() const;   // Everything the database holds. O(1).
  size_t BuriedBytes() const {  // Of it, what was deleted and waits to be freed. O(1).
    return graveyard_.MemoryBytes();
  }
  // What was deleted or flushed and is not freed yet.
  size_t CountPendingFrees() const { return graveyard_.CountPending(); }
  size_t OverheadBytes() const;   // Of it, the directory and bookkeeping of the key table. O(1).
  uint64_t AverageTtlMs() const;  // Estimated by the upkeep walk, 0 when unknown.
  std::optional<std::string> CheckInvariants() const;  // O(everything).
  Table::Statistics TableStatistics() const { return table_->GetStatistics(); }

 private:
  template <class V>
  friend class KeyEdit;
  friend class KeyspaceFiller;
  friend class Snapshot;

  // A key that is there, with its entry as it was when found. `position` is nowhere for a missing
  // one.
  struct Found {
    TablePosition position;
    TableValue entry;
    explicit operator bool() const { return static_cast<bool>(position); }
  };
  // Good, but for the clock, while the table has that version.
  struct Memo {
    Found found;
    uint64_t version = 0;
  };
  static constexpr uint32_t kMemos = 32;
  // An entry taken out of one place, on its way to another. Owns what its value points to.
  struct Detached {
    ValueToStore value;
    uint64_t deadline_ms;
    uint16_t clock;
    size_t owned_bytes;
  };

  // Looking up.
  uint64_t NowMs() const {
    return environment_.timeless ? 0 : static_cast<uint64_t>(environment_.NowMs());
  }
  AccessClock AccessClockNow() const {
    return {static_cast<uint64_t>(environment_.clock.CoarseNowMs()), environment_.count_frequency};
  }
  static bool IsExpired(const TableValue& entry, uint64_t now_ms) {
    return entry.deadline_ms != 0 && entry.deadline_ms < now_ms;
  }
  // While expiry is paused a reader leaves an expired key where it is; a writer needs the place.
  void Find(const Hashed& key, Found& found) const;
  Found FindLive(const Hashed& key);
  Found FindToRead(const Hashed& key);
  Found FindToRead(const Hashed& key, Access access);
  Found FindToWrite(const Hashed& key);
  void MarkUsed(const Found& found);
  void MarkWritten(const Found& found);  // The same, but not for clients in NO-TOUCH mode.
  template <class V>
  typename V::View ViewOf(const StoredValue& stored);

  // When the first field of a hash is due, or earlier; 0 if never, or it is no hash.
  uint64_t EarliestFieldDeadline(const StoredValue& stored);
  // For a value that is about to be a key's, and one that was.
  void TrackFields(const Hashed& key, const ValueToStore& value) {
    if (value.MayHaveFieldDeadlines()) [[unlikely]]
      TrackFieldsOf(key, value);
  }
  void TrackFieldsOf(const Hashed& key, const ValueToStore& value);
  void TrackFieldsAnew(const Hashed& key);  // For what the key has, if anything.
  void UntrackFields(const Hashed& key, const StoredValue& stored) {
    if (!field_deadlines_.empty() && stored.MayHaveFieldDeadlines()) [[unlikely]]
      field_deadlines_.Set(key, 0);
  }

  // Before the entry goes, or what it points to changes: for who takes a snapshot. The second also
  // for changes of a blob of no string, anywhere in it. REQUIRES: `stored` is its value.
  void Announce(TablePosition position) { table_->Announce(position); }
  void Announce(TablePosition position, const StoredValue& stored);
  // Who is to hear of changes of a string's blob; null for nobody.
  BlobWatcher* WatcherOf(const void* released) const {
    return environment_.snapshot == nullptr ? nullptr : environment_.snapshot->WatcherOf(released);
  }

  // Changing entries. None of these tells the observer.
  void Expire(const Hashed& key, TablePosition position);
  Detached Detach(TablePosition position);
  void Attach(const Hashed& key, const Detached& detached);
  void Drop(TablePosition position);
  void Remove(TablePosition position, const TableEntry& entry, size_t owned_bytes);
  TablePosition Put(const Hashed& key, const Found& found, const ValueToStore& value,
                    size_t owned_bytes);
  TablePosition Exchange(const Found& found, const ValueToStore& value);
  void Discard(CollectionBody&& body) {
    if (body.table != nullptr) DiscardTable(std::move(body.table));
    if (body.compact.capacity() > SnapshotKeeper::kLargeBytes) DiscardBlob(std::move(body.compact));
  }
  void DiscardTable(std::unique_ptr<Table> table);
  void DiscardBlob(ByteBuffer blob);
  Incoming PrepareCollection(CollectionBody& body, ObjectType type);
  // `usual` if the policy takes none of what came along.
  static uint16_t ClockOf(const Arrival& arrival, const AccessClock& clock, uint16_t usual);
  void Notify(const Hashed& key, Event event, size_t changes);
  void NotifyExpired(const Hashed& key, const std::vector<std::string>& fields);
  void NotifyNew(const Hashed& key) {
    if (environment_.tell_new) [[unlikely]]
      Notify(key, Event::kNew, 0);
  }

  // Edits.
  template <class V>
  Result<KeyEdit<V>> EditFound(const Hashed& key, const Found& found);
  // Not for a client: the key counts as idle as before.
  Result<KeyEdit<HashValue>> EditUnused(const Hashed& key, const Found& found);
  EditState BeginEdit(const Hashed& key, TablePosition position, const StoredValue& stored);
  template <class V>
  V Open(const EditState& state, const StoredValue& stored);
  CollectionBody OpenCollection(const EditState& state, const StoredValue& stored);
  void Close(EditState& state, HashValue& value);
  void FinishExpired(EditState& state, HashValue& value);
  void Close(EditState& state, SetValue& value);
  void Close(EditState& state, StringValue& value);
  void CloseCollection(EditState& state, CollectionBody& body, ObjectType type, size_t elements);
  ValueToStore Settle(const EditState& state, CollectionBody& body, ObjectType type,
                      size_t* owned_bytes);
  ValueToStore SettleText(const EditState& state, StringValue& value, size_t* owned_bytes);
  void Store(const EditState& state, const ValueToStore& value, size_t owned_bytes);
  void Recycle(HashValue& value) { RecycleBody(value.body()); }
  void Recycle(SetValue& value) { RecycleBody(value.body()); }
  void Recycle(StringValue& value) { ReturnScratch(std::move(value.bytes())); }
  void RecycleBody(CollectionBody& body);
  ByteBuffer TakeScratch();
  void ReturnScratch(ByteBuffer buffer);

  // Upkeep.
  struct WalkBudget;
  bool WalkSome(size_t pairs);
  bool MaintainValue(Table& table, bool compacting, WalkBudget& budget);
  void MoveBlob(const Hashed& key);
  bool MayShrink(const StoredValue& stored) const;
  bool Shrink(const Hashed& key);
  bool ShouldCompact();
  void NoteCompaction(size_t moves, size_t looks);
  size_t FutileLooks() const;
  int64_t EntryOverhead(uint64_t key_hash) const;

  StorageEnvironment& environment_;
  int index_;
  std::unique_ptr<Table> table_;
  size_t owned_bytes_ = 0;    // Behind the pointers of the table's values.
  size_t payload_bytes_ = 0;  // Keys and values in the table.
  uint64_t expiry_cursor_ = 0;
  uint64_t upkeep_cursor_ = 0;
  uint64_t eviction_cursor_ = 0;
  uint64_t average_ttl_ms_ = 0;
  FieldDeadlines field_deadlines_;
  std::vector<std::string> due_hashes_;  // Found due; the last one is being gone through,
  uint64_t due_cursor_ = 0;              // and that far it is.
  size_t fruitless_looks_ = 0;  // Buckets looked at, less what compaction's moves make up for.
  size_t gap_bytes_ = 0;        // The least that was free in the slabs since they count from 0.
  // What Locate() found, as much as a batch needs.
  std::unique_ptr<std::array<Memo, kMemos>> memos_;
  uint32_t next_memo_ = 0;
  // These stay when two databases are swapped.
  Graveyard graveyard_;
  std::vector<ByteBuffer> scratch_;
  ViewMemory view_memory_;
};

}  // namespace thimble
