#pragma once

#include <deque>
#include <memory>

#include "storage/snapshot/value_taker.h"

namespace thimble {

// Takes the keys of a database, with what of their values is not large. Large values wait in the
// order in which their keys were taken.
class KeysTaker final : public TableTaker {
 public:
  KeysTaker(Table& keys, SnapshotState& state) : TableTaker(keys, state) {}

  // The large value that is next, or being taken; null if none waits.
  ValueTaker* first_value() const { return values_.empty() ? nullptr : values_.front().get(); }
  // Away with it. REQUIRES: there is one, and it was left.
  void RemoveFirstValue() { values_.pop_front(); }
  template <class Visit>
  void ForEachValue(Visit visit) {
    for (const std::unique_ptr<ValueTaker>& value : values_) visit(*value);
  }

 private:
  void CopyBucket(BucketRef ref, SnapshotBuffer& out) override;
  void TakeApart(const TableEntry& entry, SnapshotBuffer& out);

  std::deque<std::unique_ptr<ValueTaker>> values_;
};

}  // namespace thimble
