#include "storage/snapshot/snapshot_reader.h"

#include "storage/keyspace/stored_view.h"
#include "storage/snapshot/bucket_copy.h"

namespace thimble {

bool SnapshotReader::Read(const SnapshotBlock& block, FunctionRef<void()> progress) {
  for (size_t offset = 0; offset < block.used() && output_.ok();) {
    const SnapshotRecord& record = block.At(offset);
    ReadRecord(record, progress);
    offset += record.bytes;
  }
  return output_.ok();
}

void SnapshotReader::ReadRecord(const SnapshotRecord& record, FunctionRef<void()> progress) {
  switch (record.kind) {
    case SnapshotRecordKind::kDatabase:
      return output_.BeginDatabase(static_cast<int>(record.count), record.number, record.other);
    case SnapshotRecordKind::kKeys:
      return ReadKeysOf(record, progress);
    case SnapshotRecordKind::kCollection:
      BeginCollection(record);
      return progress();
    case SnapshotRecordKind::kElements:
      return ReadElements(record, [&](const TableEntry& entry) { output_.WriteElement(entry); });
    case SnapshotRecordKind::kString:
      BeginString(record);
      return progress();
    case SnapshotRecordKind::kPiece:
      return output_.WritePiece({record.body(), record.number});
    case SnapshotRecordKind::kEnd:
      output_.WriteEnd();
      complete_ = true;
      return;
  }
}

void SnapshotReader::DescribeItem(uint64_t deadline_ms, uint16_t clock) {
  item_.deadline_ms = deadline_ms;
  item_.idle_seconds = moment_.clock.IdleSeconds(clock);
  item_.frequency = moment_.clock.Frequency(clock);
}

void SnapshotReader::ReadKeysOf(const SnapshotRecord& record, FunctionRef<void()> progress) {
  ReadKeys(record, [&](const TableEntry& entry, Bytes blob) {
    if (entry.deadline_ms != 0 && entry.deadline_ms < moment_.now_ms) return;
    const StoredValue stored(entry.value);
    DescribeItem(entry.deadline_ms, entry.clock);
    item_.type = stored.type();
    memory_.Reset();
    if (item_.type == ObjectType::kString) {
      item_.string = StringViewOf(stored, blob);
    } else if (item_.type == ObjectType::kHash) {
      item_.hash = HashView(CollectionRefOf(stored, blob, moment_.hash_key, memory_));
    } else {
      item_.set = SetView(CollectionRefOf(stored, blob, moment_.hash_key, memory_));
    }
    output_.WriteKey(entry.key, item_);
    progress();
  });
}

void SnapshotReader::BeginString(const SnapshotRecord& record) {
  DescribeItem(record.other, record.clock);
  output_.BeginString(Text(Bytes(record.body(), record.count)), item_, record.number);
}

void SnapshotReader::BeginCollection(const SnapshotRecord& record) {
  DescribeItem(record.other, record.clock);
  const Text key(Bytes(record.body(), record.count));
  if (record.has_values) {
    output_.BeginHash(key, item_, record.number);
  } else {
    output_.BeginSet(key, item_, record.number);
  }
}

}  // namespace thimble
