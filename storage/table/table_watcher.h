#pragma once

#include <cstddef>
#include <memory>

namespace thimble {

class BlobWatcher;
class ByteBuffer;
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
  // Nobody needs the table any more. True if the watcher does, and took it. `owned_bytes` is what
  // its values point to.
  virtual bool Keep(std::unique_ptr<Table>& table, size_t owned_bytes) = 0;
  // The table ends now.
  virtual void BeforeEnd() = 0;

  // Blobs with room for more than this are not part of their pair: they are watched by themselves.
  static constexpr size_t kApartBytes = size_t{16} << 10U;
  // Who must hear before such a blob, as it was released, changes; null if nobody must.
  virtual BlobWatcher* WatcherOf(const void* released) = 0;
  // Nobody needs it any more. True if the watcher does, and took it.
  virtual bool KeepBlob(ByteBuffer& blob) = 0;
};

}  // namespace thimble
