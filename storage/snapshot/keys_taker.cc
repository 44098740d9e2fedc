#include "storage/snapshot/keys_taker.h"

#include "storage/snapshot/bucket_copy.h"

namespace thimble {
namespace {

// A table of at most so many bytes is copied with its key: who takes it by itself costs more.
constexpr size_t kMostTableBytes = size_t{8} << 10U;

void CopyTable(const Table& table, bool has_values, SnapshotBuffer& out) {
  for (const uint32_t epoch : {table.latest_epoch() - 1, table.latest_epoch()}) {
    const Directory* const directory = table.DirectoryOf(epoch);
    if (directory == nullptr) continue;
    for (size_t bucket = 0; bucket < directory->buckets(); ++bucket) {
      CopyElements(directory->At(bucket), has_values, out);
    }
  }
}

}  // namespace

void KeysTaker::CopyBucket(BucketRef ref, SnapshotBuffer& out) {
  CopyKeys(ref, out, [&](const TableEntry& entry) { TakeApart(entry, out); });
}

void KeysTaker::TakeApart(const TableEntry& entry, SnapshotBuffer& out) {
  if (entry.deadline_ms != 0 && entry.deadline_ms < state().now_ms) return;
  const StoredValue stored(entry.value);
  if (!stored.is_table()) {
    values_.push_back(std::make_unique<BlobTaker>(entry, state()));
  } else if (stored.table()->MemoryBytes() > kMostTableBytes) {
    values_.push_back(std::make_unique<CollectionTaker>(entry, state()));
  } else {
    AppendValueHead(entry, stored.table()->size(), out);
    CopyTable(*stored.table(), stored.type() == ObjectType::kHash, out);
  }
}

}  // namespace thimble
