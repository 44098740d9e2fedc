#include "storage/snapshot/bucket_copy.h"

#include <cstring>
#include <vector>

#include "storage/compact/byte_buffer.h"
#include "storage/keyspace/snapshot_keeper.h"
#include "storage/keyspace/stored_value.h"

namespace thimble {
namespace {

constexpr TableTraits kKeysTraits{.values = true, .clocks = true};

// Something outside a bucket that belongs to one of its entries.
struct Outside {
  const char* bytes;
  size_t size;
};
// What stands before a blob's bytes.
struct alignas(16) BlobHead {
  size_t size;
};

// In place of its size: it is not there.
constexpr size_t kApart = SIZE_MAX;

bool IsApart(const StoredValue& stored) {
  return stored.is_table() || (stored.is_blob() && ByteBuffer::CapacityOf(stored.pointer()) >
                                                       SnapshotKeeper::kLargeBytes);
}

// What is outside a bucket, in order of the entries. Reused from one to the next.
struct OutsideList {
  std::vector<Outside> long_strings;
  std::vector<const char*> long_cells;  // Where in the bucket they are named.
  std::vector<Outside> blobs;

  void Clear() {
    long_strings.clear();
    long_cells.clear();
    blobs.clear();
  }
  size_t LongBytes() const {
    size_t bytes = 0;
    for (const Outside& each : long_strings) bytes += BlobAllocator::RoundUp(each.size);
    return bytes;
  }
  size_t BlobBytes() const {
    size_t bytes = 0;
    for (const Outside& each : blobs)
      bytes += sizeof(BlobHead) + (each.size == kApart ? 0 : BlobAllocator::RoundUp(each.size));
    return bytes;
  }
  void AddLong(const Cell& cell) {
    if (cell.code != kLongCode) return;
    const LongString* const string = LoadLong(cell.data);
    long_strings.push_back({reinterpret_cast<const char*>(string), string->allocated()});
    long_cells.push_back(cell.data);
  }
};

bool AnyKeyIs(const BucketView& view, uint8_t code) {
  const size_t count = view.Has(BucketView::kUniformKeys) ? 1 : view.count();
  return std::memchr(view.key_codes(), code, count) != nullptr;
}

bool AnyValueIs(const BucketView& view, uint8_t code) {
  if (!view.has_values()) return false;
  const size_t count = view.Has(BucketView::kUniformValues) ? 1 : view.count();
  return std::memchr(view.value_codes(), code, count) != nullptr;
}

SnapshotRecord* AppendBucket(BucketRef ref, SnapshotRecordKind kind, const OutsideList& outside,
                             SnapshotBuffer& out) {
  const size_t long_bytes = outside.LongBytes();
  const size_t bytes = ref.bytes() + long_bytes + outside.BlobBytes();
  SnapshotRecord* const record = out.Append(kind, bytes);
  record->count = ref.count();
  record->number = ref.bytes();
  record->other = ref.bytes() + long_bytes;
  char* const copy = record->body();
  std::memcpy(copy, ref.blob(), ref.bytes());
  char* at = copy + ref.bytes();
  for (size_t i = 0; i < outside.long_strings.size(); ++i) {
    const Outside& string = outside.long_strings[i];
    std::memcpy(at, string.bytes, string.size);
    std::memcpy(copy + (outside.long_cells[i] - ref.blob()), &at, sizeof at);
    at += BlobAllocator::RoundUp(string.size);
  }
  for (const Outside& blob : outside.blobs) {
    const BlobHead head{blob.size};
    std::memcpy(at, &head, sizeof head);
    at += sizeof head;
    if (blob.size == kApart) continue;
    CopyBytes(at, blob.bytes, blob.size);
    at += BlobAllocator::RoundUp(blob.size);
  }
  return record;
}

void FindLongStrings(const BucketView& view, OutsideList& outside) {
  const bool keys = view.Has(BucketView::kSpecialKeys) && AnyKeyIs(view, kLongCode);
  const bool values = view.Has(BucketView::kSpecialValues) && AnyValueIs(view, kLongCode);
  if (!keys && !values) return;
  for (unsigned slot = 0; slot < view.count(); ++slot) {
    outside.AddLong(view.KeyCell(slot));
    if (values) outside.AddLong(view.ValueCell(slot));
  }
}

OutsideList& EmptyList() {
  static thread_local OutsideList list;
  list.Clear();
  return list;
}

BucketRef CopiedBucket(const SnapshotRecord& record) {
  return {record.body(), record.count, record.number};
}

}  // namespace

void CopyKeys(BucketRef ref, SnapshotBuffer& out, FunctionRef<void(const TableEntry&)> apart) {
  if (ref.empty()) return;
  OutsideList& outside = EmptyList();
  const BucketView view(ref, kKeysTraits);
  FindLongStrings(view, outside);
  bool any_apart = false;
  if (AnyValueIs(view, kPointerValueBytes)) {
    view.ForEach([&](const TableEntry& entry) {
      const StoredValue stored(entry.value);
      any_apart |= IsApart(stored);
      if (!stored.is_blob()) return;
      const Bytes bytes = ByteBuffer::BytesOf(stored.pointer());
      outside.blobs.push_back({bytes.data(), IsApart(stored) ? kApart : bytes.size()});
    });
  }
  AppendBucket(ref, SnapshotRecordKind::kKeys, outside, out);
  if (!any_apart) return;
  view.ForEach([&](const TableEntry& entry) {
    if (IsApart(StoredValue(entry.value))) apart(entry);
  });
}

void CopyElements(BucketRef ref, bool has_values, SnapshotBuffer& out) {
  if (ref.empty()) return;
  OutsideList& outside = EmptyList();
  FindLongStrings(BucketView(ref, {.values = has_values, .clocks = false}), outside);
  AppendBucket(ref, SnapshotRecordKind::kElements, outside, out)->representation = has_values;
}

void ReadKeys(const SnapshotRecord& record,
              FunctionRef<void(const TableEntry& entry, Bytes blob)> visit) {
  const char* next_blob = record.body() + record.other;
  BucketView(CopiedBucket(record), kKeysTraits).ForEach([&](const TableEntry& entry) {
    const StoredValue stored(entry.value);
    if (stored.is_table()) return;
    Bytes blob;
    if (stored.is_blob()) {
      BlobHead head;
      std::memcpy(&head, next_blob, sizeof head);
      next_blob += sizeof head;
      if (head.size == kApart) return;
      blob = {next_blob, head.size};
      next_blob += BlobAllocator::RoundUp(head.size);
    }
    visit(entry, blob);
  });
}

void ReadElements(const SnapshotRecord& record, FunctionRef<void(const TableEntry&)> visit) {
  const TableTraits traits{.values = record.representation != 0, .clocks = false};
  BucketView(CopiedBucket(record), traits).ForEach(visit);
}

}  // namespace thimble
