#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/common/function_ref.h"
#include "storage/common/random.h"
#include "storage/common/text.h"
#include "storage/table/hash_key.h"
#include "storage/value/collection.h"
#include "storage/value/encoding.h"

namespace thimble {

class MemberBatch;
struct StorageEnvironment;

// What can be asked of a set. A missing key is an empty set. Cheap to copy; it and every Text it
// returns die at the next non-const call on its keyspace.
class SetView {
 public:
  SetView() = default;  // An empty set.
  explicit SetView(const CollectionRef& ref) : ref_(ref) {}
  SetView(const CollectionBody& body, const HashKey& hash_key) : ref_(body.Ref(hash_key)) {}

  size_t size() const;
  bool empty() const { return size() == 0; }
  Encoding encoding() const;
  size_t MemoryBytes() const;

  bool Contains(const Hashed& member) const;

  // Every member once; ascending while an intset, insertion order while a listpack.
  void ForEach(FunctionRef<void(const Text&)> visit) const;
  // As ForEach, but stops and returns false as soon as `visit` does.
  bool ForEachWhile(FunctionRef<bool(const Text&)> visit) const;
  uint64_t Scan(uint64_t cursor, FunctionRef<void(const Text&)> visit) const;
  // Uniform. REQUIRES: !empty().
  Text RandomMember(Random& random) const;

  // For set algebra: what the set is made of, and the key that hashes its members, which is null
  // only for a view made from nothing.
  Form form() const { return ref_.form; }
  Bytes compact() const { return ref_.compact; }
  const Table* table() const { return ref_.table; }
  const HashKey* hash_key() const { return ref_.hash_key; }

  // What is wrong, or nothing. O(size).
  std::optional<std::string> CheckInvariants() const;

 protected:
  CollectionRef ref_;
};

// A set open for change, reached through KeyEdit or built aside for Keyspace::StoreSet.
class SetValue : public SetView {
 public:
  using View = SetView;
  static constexpr ObjectType kType = ObjectType::kSet;

  // For the keyspace and tests. The key and the limits outlive the value.
  SetValue(CollectionBody&& body, const HashKey& hash_key, const EncodingLimits& limits);
  // An empty set that belongs to no key yet. It takes the best encoding for what is added to it.
  static SetValue Aside(const StorageEnvironment& environment);

  bool Add(const Hashed& member);     // True if the member is new.
  bool Remove(const Hashed& member);  // True if the member was there.
  // Adds what is left in the batch. REQUIRES: none of it is in the set yet.
  void AddNew(MemberBatch& batch);
  // Hint before adding `count` members at once, the largest of `max_bytes` bytes. As in Redis, so
  // many members (repeated ones counted too) may turn a set into a table before they are added.
  void Reserve(size_t count, size_t max_bytes);
  // Removes a random member and returns it as owned bytes. REQUIRES: !empty().
  std::string Pop(Random& random);
  void Clear();

  // For the keyspace: what the value is made of, and whether a call changed it since it was opened
  // or stored.
  CollectionBody& body() { return body_; }
  bool changed() const { return changed_; }
  void MarkStored() { changed_ = false; }

 private:
  bool AddInteger(int64_t integer, const Hashed& member);
  bool AddToRun(const Hashed& member);
  void StartCompact(Form form);
  void ConvertToRun();
  void ConvertToTable();
  void Sync() { ref_ = body_.Ref(*ref_.hash_key); }

  CollectionBody body_;
  const EncodingLimits* limits_;
  size_t expected_ = 0;  // Members announced to a set that is still empty.
  bool changed_ = false;
};

}  // namespace thimble
