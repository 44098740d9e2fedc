#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/common/function_ref.h"
#include "storage/common/random.h"
#include "storage/common/result.h"
#include "storage/common/text.h"
#include "storage/table/hash_key.h"
#include "storage/value/collection.h"
#include "storage/value/encoding.h"

namespace thimble {

struct FieldValue {
  Text field;
  Text value;
};

// What can be asked of a hash. A missing key is an empty hash. Cheap to copy; it and every Text it
// returns die at the next non-const call on its keyspace.
class HashView {
 public:
  HashView() = default;  // An empty hash.
  explicit HashView(const CollectionRef& ref) : ref_(ref) {}
  HashView(const CollectionBody& body, const HashKey& hash_key) : ref_(body.Ref(hash_key)) {}

  size_t size() const;
  bool empty() const { return size() == 0; }
  Encoding encoding() const;
  size_t MemoryBytes() const;

  std::optional<Text> Get(const Hashed& field) const;
  bool Contains(const Hashed& field) const { return Get(field).has_value(); }

  // Every pair once; insertion order while compact.
  void ForEach(FunctionRef<void(const FieldValue&)> visit) const;
  // One step of a SCAN round and the next cursor, 0 at its end: a compact hash whole, a table one
  // pair of buckets. See Table::Scan for the guarantee.
  uint64_t Scan(uint64_t cursor, FunctionRef<void(const FieldValue&)> visit) const;
  // Uniform. REQUIRES: !empty().
  FieldValue RandomField(Random& random) const;

  // The table of the fields; null while the hash is compact.
  const Table* table() const { return ref_.table; }

  // What is wrong, or nothing. O(size).
  std::optional<std::string> CheckInvariants() const;

 protected:
  CollectionRef ref_;
};

// A hash open for change, reached only through KeyEdit.
class HashValue : public HashView {
 public:
  using View = HashView;
  static constexpr ObjectType kType = ObjectType::kHash;

  // For the keyspace and tests. The key and the limits outlive the value.
  HashValue(CollectionBody&& body, const HashKey& hash_key, const EncodingLimits& limits);

  // True if the field is new. Neither argument may point into this hash.
  bool Set(const Hashed& field, Bytes value);
  // The same; hashes the field only if a table has to hold it.
  bool Set(Bytes field, Bytes value);
  // Adds to the integer that a field holds, 0 if it is new, and returns the sum. Fails, changing
  // nothing, with kHashNotInteger or kOverflow.
  Result<int64_t> Increment(const Hashed& field, int64_t increment);
  // True if the field was there.
  bool Erase(const Hashed& field);
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

 private:
  std::optional<bool> SetCompact(Bytes field, Bytes value);
  Result<int64_t> IncrementCompact(const Hashed& field, int64_t increment);
  bool FitsCompact(Bytes field, Bytes value) const;
  void ConvertToTable();
  void Sync() { ref_ = body_.Ref(*ref_.hash_key); }

  CollectionBody body_;
  const EncodingLimits* limits_;
  bool changed_ = false;
};

}  // namespace thimble
