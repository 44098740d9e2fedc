#include "storage/snapshot/value_taker.h"

#include <algorithm>
#include <cstring>

#include "storage/snapshot/bucket_copy.h"

namespace thimble {

void AppendValueHead(const TableEntry& entry, size_t size, SnapshotBuffer& out) {
  const StoredValue stored(entry.value);
  const SnapshotRecordKind kind =
      stored.is_table() ? SnapshotRecordKind::kCollection : SnapshotRecordKind::kBlob;
  const uint64_t earliest_ms = stored.is_table() ? stored.table()->earliest_deadline() : 0;
  const size_t key_room = entry.key.size() + Text::kMaxDigits;
  SnapshotRecord* const record = out.Append(kind, key_room + sizeof earliest_ms);
  record->representation = static_cast<uint8_t>(stored.representation());
  record->clock = entry.clock;
  record->count = static_cast<uint32_t>(entry.key.CopyTo(record->body()) - record->body());
  record->number = size;
  record->other = entry.deadline_ms;
  std::memcpy(record->body() + record->count, &earliest_ms, sizeof earliest_ms);
}

uint64_t EarliestOf(const SnapshotRecord& record) {
  uint64_t earliest_ms = 0;
  std::memcpy(&earliest_ms, record.body() + record.count, sizeof earliest_ms);
  return earliest_ms;
}

// --- Collections --------------------------------------------------------------------------------

CollectionTaker::CollectionTaker(const TableEntry& entry, SnapshotState& state)
    : elements_(*StoredValue(entry.value).table(),
                StoredValue(entry.value).type() == ObjectType::kHash, state) {
  AppendValueHead(entry, StoredValue(entry.value).table()->size(), head_);
}

bool CollectionTaker::TakeMore(SnapshotBuffer& out) {
  if (head_.empty()) return elements_.TakeMore(out);
  out.Join(head_);
  return true;
}

void CollectionTaker::Elements::CopyBucket(BucketRef ref, SnapshotBuffer& out) {
  CopyElements(ref, has_values_, out);
}

// --- Blobs --------------------------------------------------------------------------------------

BlobTaker::BlobTaker(const TableEntry& entry, SnapshotState& state)
    : state_(state),
      blob_(StoredValue(entry.value).pointer()),
      size_(ByteBuffer::BytesOf(blob_).size()) {
  AppendValueHead(entry, size_, head_);
  state_.blobs[blob_] = this;
}

// From here on it does not matter what becomes of the blob.
void BlobTaker::Forget() {
  if (blob_ != nullptr) state_.blobs.erase(blob_);
  blob_ = nullptr;
}

ValueTaker::Kept BlobTaker::Leave() {
  Forget();
  return {.table = nullptr, .blob = std::move(kept_), .blob_memory_bytes = kept_bytes_};
}

bool BlobTaker::TakeMore(SnapshotBuffer& out) {
  if (!head_.empty()) {
    out.Join(head_);
    return true;
  }
  if (taken_ == size_) return false;
  const auto aside = aside_.find(taken_);
  const Bytes piece = aside == aside_.end() ? Piece(taken_) : Bytes(aside->second);
  SnapshotRecord* const record = out.Append(SnapshotRecordKind::kPiece, piece.size());
  record->number = piece.size();
  CopyBytes(record->body(), piece.data(), piece.size());
  taken_ += piece.size();
  if (aside != aside_.end()) aside_.erase(aside);
  if (taken_ == size_) Forget();
  return true;
}

void BlobTaker::BeforeOverwrite(size_t offset, size_t size) {
  if (blob_ == nullptr) return;
  state_.Try([&] {
    const size_t end = size < size_ - std::min(offset, size_) ? offset + size : size_;
    for (size_t at = std::max(taken_, offset / kPieceBytes * kPieceBytes); at < end;
         at += kPieceBytes) {
      if (aside_.contains(at)) continue;
      const Bytes piece = Piece(at);
      aside_.emplace(at, std::string(piece));
      state_.aside_bytes += piece.size();
    }
  });
  if (offset == 0 && size >= size_) Forget();
}

void BlobTaker::OnMove(const void* released) {
  if (blob_ == nullptr || released == blob_) return;
  Forget();
  state_.Try([&] { state_.blobs[released] = this; });
  blob_ = released;
}

}  // namespace thimble
