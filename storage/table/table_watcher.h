#pragma once

#include <cstddef>
#include <memory>

namespace thimble {

class ByteBuffer;
class Directory;
class Table;

// Hears of a table's changes before they are made, so that what was can still be read. Called from
// the middle of the table's operations: it may look at the table, and must not change it.
class TableWatcher {
 public:
  virtual ~TableWatcher() = default;

  // The pair, of buckets or of what its entries point to, is about to change: by a write, a split,
  // a merge or a rebuild. Compaction and access clocks are not told of.
  virtual void BeforeChange(const Directory& directory, size_t pair) = 0;
  // For checks: whether the pair may change now.
  virtual bool MayChange(const Directory& directory, size_t pair) const = 0;
  // Nobody needs the table any more. True if the watcher does, and took it. `owned_bytes` is what
  // its values point to.
  virtual bool Keep(std::unique_ptr<Table>& table, size_t owned_bytes) = 0;
  // The table ends now.
  virtual void BeforeEnd() = 0;

  // The same of a string that an entry points to, if it has room for more than so many bytes: it
  // is about to change where it is, or to get another owner; nobody needs it any more.
  static constexpr size_t kApartBytes = size_t{64} << 10U;
  virtual void BeforeStringChange(const void* released) = 0;
  virtual bool KeepString(ByteBuffer& bytes) = 0;
};

}  // namespace thimble
