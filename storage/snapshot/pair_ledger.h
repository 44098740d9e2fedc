#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "storage/table/table.h"

namespace thimble {

// Which pairs of buckets of a table somebody has taken, of those that there were when the ledger
// was opened. They are taken in order, and out of turn before they change; what a table makes later
// (the other half of a split, the new directory of a rebuild) is not in it.
//
// Costs a bit a pair once one was taken out of turn.
class PairLedger {
 public:
  explicit PairLedger(const Table& table);

  // Whether the pair is still to be taken.
  bool IsOpen(const Directory& directory, size_t pair) const;
  // The same, and from here on it is not.
  bool Take(const Directory& directory, size_t pair);
  // The next one in order, which then is taken. Of those that were taken out of turn it passes over
  // a few at a time: one without a directory if there was nothing else.
  struct Pair {
    const Directory* directory = nullptr;
    size_t number = 0;
    bool is_end = false;  // There is none any more.
  };
  Pair TakeNext(const Table& table);

 private:
  struct Part {
    uint32_t epoch = 0;
    size_t next = 0;  // Those below are taken.
    size_t end = 0;
    std::vector<bool> taken;  // Of those above, out of turn; empty if none was.

    bool Has(size_t pair) const {
      return pair >= next && pair < end && (taken.empty() || !taken[pair]);
    }
  };

  std::array<Part, 2> parts_;  // The directory that a rebuild empties, and the latest.
};

}  // namespace thimble
