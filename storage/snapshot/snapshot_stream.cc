#include "storage/snapshot/snapshot_stream.h"

#include <algorithm>
#include <utility>

namespace thimble {

SnapshotBlock::SnapshotBlock(size_t capacity)
    : bytes_(std::make_unique_for_overwrite<char[]>(capacity)), capacity_(capacity) {}

SnapshotRecord* SnapshotBlock::Append(size_t bytes) {
  return reinterpret_cast<SnapshotRecord*>(&bytes_[std::exchange(used_, used_ + bytes)]);
}

SnapshotRecord* SnapshotBuffer::Append(SnapshotRecordKind kind, size_t body_bytes) {
  constexpr size_t kAlignment = alignof(SnapshotRecord);
  const size_t bytes = sizeof(SnapshotRecord) + ((body_bytes + kAlignment - 1) & ~(kAlignment - 1));
  if (blocks_.empty() || blocks_.back().room() < bytes) {
    const size_t usual =
        blocks_.empty() ? first_bytes_ : std::min(kBlockBytes, 2 * blocks_.back().capacity());
    blocks_.emplace_back(std::max(usual, bytes));
    bytes_ += blocks_.back().capacity();
  }
  used_ += bytes;
  SnapshotRecord* const record = blocks_.back().Append(bytes);
  *record = {.kind = kind, .bytes = bytes};
  return record;
}

std::vector<SnapshotBlock> SnapshotBuffer::Take() {
  bytes_ = 0;
  return std::exchange(blocks_, {});
}

void SnapshotBuffer::Join(SnapshotBuffer& other) {
  bytes_ += std::exchange(other.bytes_, 0);
  used_ += std::exchange(other.used_, 0);
  for (SnapshotBlock& block : other.blocks_) blocks_.push_back(std::move(block));
  other.blocks_.clear();
}

}  // namespace thimble
