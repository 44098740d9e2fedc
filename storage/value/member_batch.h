#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "storage/value/set_value.h"

namespace thimble {

// A few members on their way from one set to others, so that the cache misses of their lookups
// overlap. Each is flattened and hashed once, and only if somebody asks for it. Borrows the Texts.
class MemberBatch {
 public:
  static constexpr size_t kCapacity = 64;

  bool full() const { return count_ == kCapacity; }
  void Clear() { count_ = left_ = 0; }
  // REQUIRES: !full(), and nothing was filtered out since Clear().
  void Add(const Text& member);

  // Keeps the members that are in `set`, or those that are not.
  void Filter(const SetView& set, bool keep_contained);
  // Asks for the buckets of `table` where the members are or would be.
  void Prefetch(const Table& table);

  // What is left, in order, until `visit` returns false; true if it never did. The bytes of a
  // Hashed die with the next Clear().
  bool ForEachWhile(FunctionRef<bool(const Text&)> visit) const;
  bool ForEachHashed(const HashKey& hash_key, FunctionRef<bool(const Text&, const Hashed&)> visit);

 private:
  struct Member {
    Text text;
    Hashed hashed;
    bool is_flat = false;
    bool is_hashed = false;
    std::optional<FlatText> flat;
  };

  Member& Left(size_t i) { return members_[order_[i]]; }
  static Bytes Flatten(Member& member);
  static const Hashed& Hash(Member& member, const HashKey& hash_key);

  std::array<Member, kCapacity> members_;
  std::array<uint8_t, kCapacity> order_;  // The numbers of those left.
  size_t count_ = 0;
  size_t left_ = 0;
};

}  // namespace thimble
