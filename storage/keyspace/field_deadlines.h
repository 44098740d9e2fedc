#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/table/table.h"

namespace thimble {

// Which hashes of a database have fields with a deadline, and when the first of each is due. A
// table of their names with deadlines: nothing where no hash has any.
class FieldDeadlines {
 public:
  explicit FieldDeadlines(const HashKey& hash_key) : hash_key_(hash_key) {}

  bool empty() const { return table_ == nullptr; }
  size_t size() const { return empty() ? 0 : table_->size(); }  // Hashes.
  size_t MemoryBytes() const { return empty() ? 0 : table_->MemoryBytes(); }
  // No field is due before; 0 when none ever is. O(1).
  uint64_t earliest() const { return empty() ? 0 : table_->earliest_deadline(); }

  // The key's first field is due then, or later; 0: none of its fields is, or it is no hash, or
  // gone. O(1).
  void Set(const Hashed& key, uint64_t earliest_ms);
  // A lower bound for that key; nothing if it is not known here.
  std::optional<uint64_t> Of(const Hashed& key) const;
  // Appends the hashes whose first field may be past its deadline, of the next `buckets` buckets.
  void CollectDue(uint64_t now_ms, size_t buckets, std::vector<std::string>& due);
  // Merges what deletes left, a bounded step. True if there is more to do.
  bool Maintain() { return !empty() && table_->Maintain(); }
  // All are forgotten. What remembered them, to be freed step by step; null if nothing did.
  std::unique_ptr<Table> Clear() { return std::move(table_); }
  void SwapWith(FieldDeadlines& other) {
    std::swap(table_, other.table_);
    std::swap(cursor_, other.cursor_);
  }

 private:
  const HashKey& hash_key_;
  std::unique_ptr<Table> table_;
  uint64_t cursor_ = 0;
};

}  // namespace thimble
