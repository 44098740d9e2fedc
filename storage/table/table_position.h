#pragma once

#include <cstdint>

namespace thimble {

// Where an entry is. Valid until the next call that inserts, erases or maintains (debug builds
// trap stale use through the table's generation). Never keep one from one command to the next.
class TablePosition {
 public:
  TablePosition() = default;  // Nowhere.
  explicit operator bool() const { return slot() != kNowhere; }
  bool operator==(const TablePosition& other) const = default;

 private:
  friend class Table;
  static constexpr uint32_t kNowhere = UINT32_MAX;
  TablePosition(uint32_t bucket, uint32_t slot, uint32_t generation)
      : place_(uint64_t{bucket} << 32U | slot), generation_(generation) {}
  uint32_t bucket() const { return static_cast<uint32_t>(place_ >> 32U); }
  uint32_t slot() const { return static_cast<uint32_t>(place_); }

  // Both in one word: as two halves they would be written one by one and read as one right behind,
  // which a processor waits for, at every return from a lookup.
  uint64_t place_ = kNowhere;
  uint32_t generation_ = 0;
};

}  // namespace thimble
