#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "storage/compact/blob_watcher.h"
#include "storage/compact/byte_buffer.h"
#include "storage/keyspace/stored_value.h"
#include "storage/snapshot/table_taker.h"

namespace thimble {

// Appends what there is to say of a value that does not come with its key: `size` is of its
// elements, or bytes, which follow. REQUIRES: its key's entry points to a table or a blob.
void AppendValueHead(const TableEntry& entry, size_t size, SnapshotBuffer& out);
// No deadline of its elements is before; 0: none has one. REQUIRES: a kCollection record.
uint64_t EarliestOf(const SnapshotRecord& record);

// Takes a value that is too large to be taken with its key: a head, and then bit by bit.
class ValueTaker {
 public:
  virtual ~ValueTaker() = default;

  // Appends some more, or nothing yet. False, and nothing is appended, when all is taken.
  virtual bool TakeMore(SnapshotBuffer& out) = 0;
  // Takes no more, and watches nothing. Returns what nobody else needed and was kept for this.
  struct Kept {
    std::unique_ptr<Table> table;
    ByteBuffer blob;
    size_t blob_memory_bytes = 0;
  };
  virtual Kept Leave() = 0;
};

// The fields of a hash or the members of a set.
class CollectionTaker final : public ValueTaker {
 public:
  CollectionTaker(const TableEntry& entry, SnapshotState& state);

  bool TakeMore(SnapshotBuffer& out) override;
  Kept Leave() override { return {.table = elements_.Leave(), .blob = {}}; }

 private:
  class Elements final : public TableTaker {
   public:
    Elements(Table& table, bool has_values, SnapshotState& state)
        : TableTaker(table, state), has_values_(has_values) {}

   private:
    void CopyBucket(BucketRef ref, SnapshotBuffer& out) override;

    const bool has_values_;
  };

  SnapshotBuffer head_;
  Elements elements_;
};

// A blob, piece by piece, and each piece before it changes. One that is overwritten as a whole or
// deleted is kept until all is taken.
class BlobTaker final : public ValueTaker, public BlobWatcher {
 public:
  BlobTaker(const TableEntry& entry, SnapshotState& state);
  ~BlobTaker() override { Forget(); }
  BlobTaker(const BlobTaker&) = delete;
  BlobTaker& operator=(const BlobTaker&) = delete;

  void Keep(ByteBuffer& blob) {
    kept_bytes_ = blob.MemoryBytes();
    kept_ = std::move(blob);
  }

  // --- ValueTaker ---
  bool TakeMore(SnapshotBuffer& out) override;
  Kept Leave() override;

  // --- BlobWatcher ---
  void BeforeOverwrite(size_t offset, size_t size) override;
  void OnMove(const void* released) override;

 private:
  static constexpr size_t kPieceBytes = size_t{32} << 10U;

  Bytes Piece(size_t offset) const {
    const Bytes all = ByteBuffer::BytesOf(blob_);
    THIMBLE_CHECK(all.size() >= size_);  // It tells before it becomes shorter.
    return all.substr(offset, std::min(kPieceBytes, size_ - offset));
  }
  void Forget();

  SnapshotState& state_;
  SnapshotBuffer head_;
  const void* blob_;
  const size_t size_;
  size_t taken_ = 0;
  std::map<size_t, std::string> aside_;  // Pieces taken out of turn, by their offset.
  ByteBuffer kept_;
  size_t kept_bytes_ = 0;
};

}  // namespace thimble
