#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/common/function_ref.h"
#include "storage/common/result.h"
#include "storage/keyspace/environment.h"
#include "storage/keyspace/key_edit.h"
#include "storage/table/table.h"
#include "storage/value/hash_value.h"
#include "storage/value/set_value.h"
#include "storage/value/string_value.h"

namespace thimble {

// Whether looking at a key counts as using it.
enum class Access : uint8_t {
  kUse,    // Advances the access clock and counts a hit or a miss: what commands do.
  kPeek,   // Leaves no trace: SCAN, OBJECT, MEMORY, clients in NO-TOUCH mode, introspection.
};

// One database: keys to values of any type, with deadlines.
//
// Views       A HashView, SetView or Text is valid until the next non-const call. Read may expire
//             a key, so a command with two keys uses ReadAll, or resolves the second key before it
//             looks at the first.
// Expiry      A key past its deadline is absent to every call here; whoever meets it deletes it
//             and tells the observer kExpired.
// Changes     Only through KeyEdit and the calls under "Whole keys"; each tells the observer once.
class Keyspace {
 public:
  Keyspace(StorageEnvironment& environment, int index);
  ~Keyspace();
  Keyspace(const Keyspace&) = delete;
  Keyspace& operator=(const Keyspace&) = delete;

  int index() const;
  size_t size() const;  // Expired keys that nobody met yet included.
  size_t deadlines() const;

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

  // What OBJECT, DEBUG OBJECT and MEMORY USAGE tell. Never counts as a use.
  struct Description {
    ObjectType type;
    Encoding encoding;
    size_t elements;            // Fields, members; bytes of a string.
    size_t memory_bytes;        // Key, value and this entry's share of its bucket. O(1).
    uint64_t idle_seconds;
    uint8_t frequency;          // Logarithmic use counter; meaningful under LFU.
  };
  std::optional<Description> Describe(const Hashed& key);

  // --- Changing a value ---------------------------------------------------------------------
  // Opens the value for change; a missing key opens as an empty value and comes to be only if it
  // is not empty when the edit ends. Fails with kWrongType.
  template <class V>
  Result<KeyEdit<V>> Edit(const Hashed& key);

  // --- Whole keys ---------------------------------------------------------------------------
  enum class Ttl : uint8_t { kClear, kKeep };
  // Makes `key` a string, whatever it held. The deadline (0 = none) replaces the old one, unless
  // `ttl` is kKeep.
  void SetString(const Hashed& key, Bytes value, Ttl ttl, uint64_t deadline_ms = 0,
                 Event event = Event::kSet);
  // Makes `key` hold a set built aside, whatever it held; an empty one deletes the key (reported as
  // kDel). The deadline goes.
  void StoreSet(const Hashed& key, SetValue value, Event event);
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
  // A random key that has not expired; nothing if there is none.
  std::optional<std::string> RandomKey();

  // --- Ahead of a batch: hints only ----------------------------------------------------------
  void PrefetchDirectory(uint64_t key_hash) const;
  void PrefetchBucket(uint64_t key_hash) const;
  // Third and fourth stage: looks the key up (no expiry, no trace) and, where it holds a table,
  // asks for the directory word of a field, then for its bucket.
  void PrefetchFieldDirectory(const Hashed& key, uint64_t field_hash) const;
  void PrefetchFieldBucket(const Hashed& key, uint64_t field_hash) const;

  // --- Upkeep, from timers ------------------------------------------------------------------
  struct ExpiryStep {
    size_t looked_at = 0;  // Keys with a deadline.
    size_t expired = 0;
  };
  // Walks up to `buckets` further buckets and deletes what has expired there.
  ExpiryStep ExpireSome(size_t buckets);
  // One bounded step of merging and freeing. True if there is more to do.
  bool Maintain();

  // --- Accounting ---------------------------------------------------------------------------
  size_t MemoryBytes() const;   // Everything the database holds. O(1).
  size_t OverheadBytes() const; // Of it, the directory and bookkeeping of the key table. O(1).
  uint64_t AverageTtlMs() const;  // Estimated by the expiry walk, 0 when unknown.
  std::optional<std::string> CheckInvariants() const;
  Table::Statistics TableStatistics() const;
};

}  // namespace thimble
