#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// What a snapshot consists of on its way from whom it is taken to whom it is written by: records,
// one behind the other, in blocks that stay where they are. A record is a head and a body.
enum class SnapshotRecordKind : uint8_t {
  kDatabase,    // A database begins: `number` keys, `other` of them with deadlines.
  kKeys,        // Some keys of it: a bucket, and behind it what its entries point to.
  kString,      // A long string whose pieces follow: `number` bytes in all. The body is its key.
  kPiece,       // The next `number` of them.
  kCollection,  // A hash or a set whose elements follow: `number` of them. The body is its key.
  kElements,    // Some of them: a bucket, likewise.
  kEnd,
};

struct alignas(16) SnapshotRecord {
  SnapshotRecordKind kind;
  bool has_values = false;  // kCollection: a hash. kElements: of one.
  uint16_t clock = 0;       // kString, kCollection.
  uint32_t count = 0;       // Of a bucket: entries. kDatabase: its index. Else: bytes of the key.
  uint64_t bytes = 0;       // Of the record, head included: a multiple of 16.
  uint64_t number = 0;      // Of a bucket: its bytes. Else see above.
  // Of a kKeys bucket: where in the body its blobs begin. kString, kCollection: the deadline.
  uint64_t other = 0;

  char* body() { return reinterpret_cast<char*>(this + 1); }
  const char* body() const { return reinterpret_cast<const char*>(this + 1); }
};

class SnapshotBlock {
 public:
  explicit SnapshotBlock(size_t capacity);

  size_t capacity() const { return capacity_; }
  size_t used() const { return used_; }
  size_t room() const { return capacity_ - used_; }
  // A place for a record of so many bytes. REQUIRES: there is room.
  SnapshotRecord* Append(size_t bytes);
  // The record there, and where the next one is.
  const SnapshotRecord& At(size_t offset) const {
    return *reinterpret_cast<const SnapshotRecord*>(&bytes_[offset]);
  }

 private:
  std::unique_ptr<char[]> bytes_;
  size_t capacity_;
  size_t used_ = 0;
};

// Records that are gathered.
class SnapshotBuffer {
 public:
  static constexpr size_t kBlockBytes = size_t{64} << 10U;

  // The first of its blocks is of `first_bytes`: what little is taken out of turn of a small table
  // need not take a whole one.
  explicit SnapshotBuffer(size_t first_bytes = size_t{4} << 10U) : first_bytes_(first_bytes) {}

  // A new record with so many bytes behind its head.
  SnapshotRecord* Append(SnapshotRecordKind kind, size_t body_bytes);
  bool empty() const { return blocks_.empty(); }
  size_t bytes() const { return bytes_; }  // Memory.
  size_t used() const { return used_; }    // Bytes of records that were appended, ever.
  // What was gathered, in order; nothing is left.
  std::vector<SnapshotBlock> Take();
  // Puts what another one gathered behind what is here.
  void Join(SnapshotBuffer& other);

 private:
  size_t first_bytes_;
  std::vector<SnapshotBlock> blocks_;
  size_t bytes_ = 0;
  size_t used_ = 0;
};

}  // namespace thimble
