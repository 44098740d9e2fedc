#pragma once

#include <cstdint>

namespace thimble {

// Where an entry is. Valid until the next call that inserts, erases or maintains (debug builds
// trap stale use through the table's generation). Never keep one from one command to the next.
class TablePosition {
 public:
  TablePosition() = default;  // Nowhere.
  explicit operator bool() const { return slot_ != kNowhere; }
  bool operator==(const TablePosition& other) const = default;

 private:
  friend class Table;
  static constexpr uint32_t kNowhere = UINT32_MAX;
  TablePosition(uint32_t bucket, uint32_t slot, uint32_t generation)
      : bucket_(bucket), slot_(slot), generation_(generation) {}
  uint32_t bucket_ = 0;
  uint32_t slot_ = kNowhere;
  uint32_t generation_ = 0;
};

}  // namespace thimble
