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
  kCollection,  // A key with a hash or a set, whose elements follow: `number` of them. Behind the
                // key the earliest of their deadlines.
  kElements,    // Some of them: a bucket, likewise.
  kBlob,        // A key whose value's bytes follow in pieces: `number` in all.
  kPiece,       // The next `number` of them.
  kEnd,
};

struct alignas(16) SnapshotRecord {
  SnapshotRecordKind kind;
  uint8_t representation =
      0;               // kCollection, kBlob: of the value. kElements: 1 if they have values.
  uint16_t clock = 0;  // kCollection, kBlob.
  // Of a bucket: entries. kDatabase: its index. kCollection, kBlob: bytes of the key in the body.
  uint32_t count = 0;
  uint64_t bytes = 0;   // Of the record, head included: a multiple of 16.
  uint64_t number = 0;  // Of a bucket: its bytes. Else see above.
  // Of a kKeys bucket: where in the body its blobs begin. kCollection, kBlob: the deadline.
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

  // Blocks are of 64 KB at most, unless a record takes more. The first is of `first_bytes`, or as
  // small as it can be, for what little is taken out of turn, and the next ones twice as large.
  explicit SnapshotBuffer(size_t first_bytes = 0) : first_bytes_(first_bytes) {}

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
