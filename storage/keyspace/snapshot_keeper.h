#pragma once

#include <cstddef>
#include <memory>

#include "storage/compact/blob_watcher.h"
#include "storage/compact/byte_buffer.h"
#include "storage/table/table.h"

namespace thimble {

// What a snapshot that is being taken wants of the databases, in whichever of them a value is by
// now: to hear of large blobs, and to be given what it still needs and nobody else does.
class SnapshotKeeper {
 public:
  virtual ~SnapshotKeeper() = default;

  // Blobs with room for more than this are asked for.
  static constexpr size_t kLargeBytes = size_t{16} << 10U;
  // Who must hear before such a blob, as it was released, changes; null if nobody must.
  virtual BlobWatcher* WatcherOf(const void* released) = 0;
  // True if it was needed, and taken.
  virtual bool KeepBlob(ByteBuffer& blob) = 0;
  // The table, which it watches, of a database that was flushed, with what its values own.
  virtual void KeepKeyspace(int index, std::unique_ptr<Table> table, size_t owned_bytes) = 0;
};

}  // namespace thimble
