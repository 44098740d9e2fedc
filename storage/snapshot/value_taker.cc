#include "storage/snapshot/value_taker.h"

#include <algorithm>

#include "storage/snapshot/bucket_copy.h"

namespace thimble {

void ValueTaker::AppendHead(SnapshotBuffer& out, SnapshotRecordKind kind) const {
  SnapshotRecord* const record = out.Append(kind, head_.key.size());
  record->has_values = head_.is_hash;
  record->clock = head_.clock;
  record->count = static_cast<uint32_t>(head_.key.size());
  record->number = head_.size;
  record->other = head_.deadline_ms;
  CopyBytes(record->body(), head_.key.data(), head_.key.size());
}

void CollectionTaker::Elements::CopyBucket(BucketRef ref, SnapshotBuffer& out) {
  CopyElements(ref, has_values_, out);
}

void StringTaker::TakePiece(size_t bytes, SnapshotBuffer& out) {
  const Bytes piece = ByteBuffer::BytesOf(string_).substr(taken_, bytes);
  SnapshotRecord* const record = out.Append(SnapshotRecordKind::kPiece, piece.size());
  record->number = piece.size();
  CopyBytes(record->body(), piece.data(), piece.size());
  taken_ += piece.size();
  complete_ = taken_ == head().size;
}

void StringTaker::BeforeChange() {
  if (complete_) return;
  const size_t before = aside_.bytes();
  TakePiece(head().size - taken_, aside_);
  taken_aside_bytes_ += aside_.bytes() - before;
}

bool StringTaker::TakeMore(SnapshotBuffer& out) {
  if (!aside_.empty()) {
    out.Join(aside_);
    return true;
  }
  if (complete_) return false;
  TakePiece(SnapshotBuffer::kBlockBytes / 2, out);
  return true;
}

}  // namespace thimble
