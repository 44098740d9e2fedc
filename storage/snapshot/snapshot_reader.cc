#include "storage/snapshot/snapshot_reader.h"

#include "storage/keyspace/stored_view.h"
#include "storage/snapshot/bucket_copy.h"

namespace thimble {

SnapshotReader::SnapshotReader(SnapshotOutput& output, const Moment& moment)
    : output_(output), moment_(moment), clock_(ClockNow()) {}

bool SnapshotReader::Read(const SnapshotBlock& block, FunctionRef<void()> progress) {
  clock_ = ClockNow();
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
    case SnapshotRecordKind::kBlob:
      BeginBlob(record);
      if (record.number == 0) ReadPiece({}, progress);
      return;
    case SnapshotRecordKind::kPiece:
      return ReadPiece({record.body(), record.number}, progress);
    case SnapshotRecordKind::kEnd:
      output_.WriteEnd();
      complete_ = true;
      return;
  }
}

void SnapshotReader::DescribeItem(uint64_t deadline_ms, uint16_t clock) {
  item_.deadline_ms = deadline_ms;
  item_.idle_seconds = clock_.IdleSeconds(clock);
  item_.frequency = clock_.Frequency(clock);
}

// Of the item all but the value is there.
void SnapshotReader::WriteKey(const Text& key, const StoredValue& stored, Bytes blob) {
  item_.type = stored.type();
  memory_.Reset();
  if (item_.type == ObjectType::kString) {
    item_.string = StringViewOf(stored, blob);
  } else if (item_.type == ObjectType::kHash) {
    item_.hash = HashView(CollectionRefOf(stored, blob, moment_.hash_key, memory_));
  } else {
    item_.set = SetView(CollectionRefOf(stored, blob, moment_.hash_key, memory_));
  }
  output_.WriteKey(key, item_);
}

void SnapshotReader::ReadKeysOf(const SnapshotRecord& record, FunctionRef<void()> progress) {
  ReadKeys(record, [&](const TableEntry& entry, Bytes blob) {
    if (entry.deadline_ms != 0 && entry.deadline_ms < moment_.now_ms) return;
    DescribeItem(entry.deadline_ms, entry.clock);
    WriteKey(entry.key, StoredValue(entry.value), blob);
    progress();
  });
}

void SnapshotReader::BeginCollection(const SnapshotRecord& record) {
  DescribeItem(record.other, record.clock);
  const Text key(Bytes(record.body(), record.count));
  if (record.representation == static_cast<uint8_t>(Representation::kHashTable)) {
    output_.BeginHash(key, item_, record.number);
  } else {
    output_.BeginSet(key, item_, record.number);
  }
}

void SnapshotReader::BeginBlob(const SnapshotRecord& record) {
  DescribeItem(record.other, record.clock);
  key_.assign(record.body(), record.count);
  value_[0] = static_cast<char>(record.representation);
  blob_bytes_ = record.number;
  blob_.reserve(blob_bytes_);
}

void SnapshotReader::ReadPiece(Bytes piece, FunctionRef<void()> progress) {
  blob_ += piece;
  if (blob_.size() < blob_bytes_) return;
  const Text value(Bytes(value_, sizeof value_));
  WriteKey(Text(Bytes(key_)), StoredValue(value), blob_);
  blob_ = {};
  progress();
}

}  // namespace thimble
