#pragma once

#include <cstddef>
#include <memory>

namespace thimble {

class Directory;
class Table;

// Hears of a table's changes before they are made, so that what was can still be read. Called from
// the middle of the table's operations: it may look at the table, and must not change it, nor
// throw.
class TableWatcher {
 public:
  virtual ~TableWatcher() = default;

  // The pair, of buckets or of what its entries point to, is about to change: by a write, a split,
  // a merge or a rebuild. Compaction and access clocks are not told of.
  virtual void BeforeChange(const Directory& directory, size_t pair) = 0;
  // For checks: whether the pair may change now.
  virtual bool MayChange(const Directory& directory, size_t pair) const = 0;
  // Nobody needs the table any more. True if the watcher does, and took it.
  virtual bool Keep(std::unique_ptr<Table>& table) = 0;
  // The table ends now.
  virtual void BeforeEnd() = 0;
};

}  // namespace thimble
