#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/common/function_ref.h"
#include "storage/common/random.h"
#include "storage/common/result.h"
#include "storage/common/text.h"
#include "storage/table/hash_key.h"
#include "storage/value/collection.h"
#include "storage/value/encoding.h"

namespace thimble {

// The latest deadline of a field: what Redis's files can hold.
constexpr uint64_t kLatestFieldDeadlineMs = (uint64_t{1} << 48U) - 2;

struct FieldValue {
  Text field;
  Text value;
  uint64_t deadline_ms = 0;  // 0 = none.
};

// What can be asked of a hash. A missing key is an empty hash. Cheap to copy; it and every Text it
// returns die at the next non-const call on its keyspace.
//
// Deadlines   of fields are absolute milliseconds. A field past its own is absent to every call
//             here but for stored_size(): whoever opens the hash for change takes it out.
class HashView {
 public:
  HashView() = default;  // An empty hash.
  explicit HashView(const CollectionRef& ref) : ref_(ref) {}
  HashView(const CollectionBody& body, const HashKey& hash_key) : ref_(body.Ref(hash_key)) {}

  // O(1), but O(stored_size()) while a field is past its deadline, or any has one in a compact
  // hash.
  size_t size() const;
  // O(1), but looks for a field that is not past its deadline while one is.
  bool empty() const { return HasDue() ? !HasLive() : stored_size() == 0; }
  // Fields past their deadline that nobody took out yet included. O(1).
  size_t stored_size() const;
  Encoding encoding() const;
  size_t MemoryBytes() const;

  std::optional<Text> Get(const Hashed& field) const;
  bool Contains(const Hashed& field) const { return Get(field).has_value(); }
  // Nothing for a missing field, 0 for one without.
  std::optional<uint64_t> DeadlineOf(const Hashed& field) const;
  // No field's deadline is before it; 0 when none has one. Exact while compact, and O(size) then.
  uint64_t earliest_deadline() const {
    if (ref_.table != nullptr) return ref_.table->earliest_deadline();
    return ref_.form == Form::kTimedRun ? EarliestInRun() : 0;
  }

  // Every pair once; insertion order while compact.
  void ForEach(FunctionRef<void(const FieldValue&)> visit) const;
  // One step of a SCAN round and the next cursor, 0 at its end: a compact hash whole, a table one
  // pair of buckets. See Table::Scan for the guarantee.
  uint64_t Scan(uint64_t cursor, FunctionRef<void(const FieldValue&)> visit) const;
  // Uniform. O(size) where size() is, if most fields are past their deadline. REQUIRES: !empty().
  FieldValue RandomField(Random& random) const;

  // The table of the fields; null while the hash is compact.
  const Table* table() const { return ref_.table; }

  // What is wrong, or nothing. O(size).
  std::optional<std::string> CheckInvariants() const;

 protected:
  bool IsLive(uint64_t deadline_ms) const { return deadline_ms == 0 || deadline_ms >= ref_.now_ms; }
  // Items for each field of a compact hash.
  size_t Stride() const { return ref_.form == Form::kTimedRun ? 3 : 2; }

  CollectionRef ref_;

 private:
  // Whether any field is past its deadline; it may also be that the last such was just taken out.
  bool HasDue() const { return ref_.now_ms != 0 && !IsLive(earliest_deadline()); }
  bool HasLive() const;
  uint64_t EarliestInRun() const;
  // What a compact hash has at an offset.
  FieldValue FieldAt(size_t offset) const;
};

// A hash open for change, reached only through KeyEdit.
class HashValue : public HashView {
 public:
  using View = HashView;
  static constexpr ObjectType kType = ObjectType::kHash;

  // For the keyspace and tests. The key and the limits outlive the value. `now_ms` as in
  // CollectionRef.
  HashValue(CollectionBody&& body, const HashKey& hash_key, const EncodingLimits& limits,
            uint64_t now_ms = 0)
      : HashView(body, hash_key), body_(std::move(body)), limits_(&limits) {
    if (now_ms != 0) [[unlikely]]
      BeginAt(now_ms);
  }

  // What becomes of the deadline of a field that gets a value.
  enum class Ttl : uint8_t { kClear, kKeep };
  // True if the field is new. Neither argument may point into this hash.
  bool Set(const Hashed& field, Bytes value, Ttl ttl = Ttl::kClear);
  // The same; hashes the field only if a table has to hold it.
  bool Set(Bytes field, Bytes value);
  // Adds to the integer that a field holds, 0 if it is new, and returns the sum; its deadline
  // stays. Fails, changing nothing, with kHashNotInteger or kOverflow.
  Result<int64_t> Increment(const Hashed& field, int64_t increment);
  // True if the field was there.
  bool Erase(const Hashed& field);
  // 0 takes the deadline away. REQUIRES: the field is there.
  void SetDeadline(const Hashed& field, uint64_t deadline_ms);
  // Takes out what is past its deadline in the next `buckets` buckets of a table, from *cursor on
  // (0 at first), and adds how many with a deadline it looked at. True when all were looked at. A
  // compact hash is freed of such fields when opened.
  bool EraseExpired(size_t buckets, uint64_t* cursor, size_t* looked_at);
  // Hint before setting `count` fields of a hash that is still empty: too many for the compact
  // form, and it starts as a table.
  void Reserve(size_t count);
  // Hint that the compact form will take so many bytes.
  void ReserveCompact(size_t bytes) { body_.compact.Reserve(bytes); }

  // For the keyspace: what the value is made of, and whether a call changed it since it was opened
  // or stored.
  CollectionBody& body() { return body_; }
  bool changed() const { return changed_; }
  void MarkStored() { changed_ = false; }
  // The fields past their deadline that were taken out since the last call.
  std::vector<std::string> TakeExpired();
  // Whether all that was in it when it was opened has been taken out so.
  bool HasExpired() const { return expired_ != nullptr && expired_->size() == begun_with_; }

 private:
  std::optional<bool> SetCompact(Bytes field, Bytes value, Ttl ttl);
  Result<int64_t> IncrementCompact(const Hashed& field, int64_t increment);
  bool FitsCompact(Bytes field, Bytes value) const;
  void ConvertToTable();
  void RebuildTimedRun();
  void BeginAt(uint64_t now_ms);
  void NoteExpired(std::string field);
  void EraseIfExpired(const Hashed& field) {
    if (ref_.now_ms != 0) [[unlikely]]
      EraseExpiredField(field);
  }
  void EraseExpiredField(const Hashed& field);
  void Sync() {
    const uint64_t now_ms = ref_.now_ms;
    ref_ = body_.Ref(*ref_.hash_key);
    ref_.now_ms = now_ms;
  }

  CollectionBody body_;
  const EncodingLimits* limits_;
  bool changed_ = false;
  size_t begun_with_ = 0;  // Fields, where some have deadlines.
  // If there are any. Freed apart, so that an edit of a hash without does not pay for it.
  struct FreeNames {
    [[gnu::cold, gnu::noinline]] void operator()(std::vector<std::string>* names) const {
      delete names;
    }
  };
  std::unique_ptr<std::vector<std::string>, FreeNames> expired_;
};

}  // namespace thimble
