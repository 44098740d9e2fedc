#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>

#include "storage/snapshot/value_taker.h"

namespace thimble {

// Takes the keys of a database, with what of their values is not large. Large values wait in the
// order in which their keys were taken.
class KeysTaker final : public TableTaker {
 public:
  // Keys whose deadline is before `now_ms` are gone.
  KeysTaker(Table& keys, uint64_t now_ms) : TableTaker(keys), now_ms_(now_ms) {}

  // The large value that is next, or being taken; null if none waits.
  ValueTaker* first_value() const { return values_.empty() ? nullptr : values_.front().get(); }
  // What is done with it. REQUIRES: there is one.
  std::unique_ptr<ValueTaker> RemoveFirstValue();

  void BeforeStringChange(const void* released) override;
  bool KeepString(ByteBuffer& bytes) override;

 private:
  void CopyBucket(BucketRef ref, SnapshotBuffer& out) override;
  void TakeApart(const TableEntry& entry);

  const uint64_t now_ms_;
  std::deque<std::unique_ptr<ValueTaker>> values_;
  std::map<const void*, StringTaker*> strings_;  // Of those values, by where they are.
};

}  // namespace thimble
