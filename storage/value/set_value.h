#pragma once

#include <cstdint>
#include <optional>

#include "storage/common/function_ref.h"
#include "storage/common/random.h"
#include "storage/common/text.h"
#include "storage/table/hash_key.h"
#include "storage/value/encoding.h"

namespace thimble {

// What can be asked of a set. A missing key is an empty set. Cheap to copy; it and every Text it
// returns die at the next non-const call on its keyspace.
class SetView {
 public:
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
};

// A set open for change, reached only through KeyEdit.
class SetValue : public SetView {
 public:
  using View = SetView;
  static constexpr ObjectType kType = ObjectType::kSet;

  bool Add(const Hashed& member);     // True if the member is new.
  bool Remove(const Hashed& member);  // True if the member was there.
  // Hint before adding `count` members at once, the largest of `max_bytes` bytes.
  void Reserve(size_t count, size_t max_bytes);
  // Removes a random member and returns it as owned bytes. REQUIRES: !empty().
  std::string Pop(Random& random);
  void Clear();
};

}  // namespace thimble
