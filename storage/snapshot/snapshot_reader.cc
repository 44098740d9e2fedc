#include "storage/snapshot/snapshot_reader.h"

#include "storage/snapshot/bucket_copy.h"
#include "storage/snapshot/value_taker.h"

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

void SnapshotReader::Describe(const TableValue& entry, Bytes blob) {
  Keyspace::FillItem(item_, entry, blob, clock_, {moment_.hash_key, memory_});
}

void SnapshotReader::ReadKeysOf(const SnapshotRecord& record, FunctionRef<void()> progress) {
  ReadKeys(record, [&](const TableEntry& entry, Bytes blob) {
    if (entry.deadline_ms != 0 && entry.deadline_ms < moment_.now_ms) return;
    Describe(entry, blob);
    output_.WriteKey(entry.key, item_);
    progress();
  });
}

// What the entry of such a value was, but for where it pointed to.
void SnapshotReader::BeginValue(const SnapshotRecord& record) {
  key_.assign(record.body(), record.count);
  value_[0] = static_cast<char>(record.representation);
  entry_.value = Text(Bytes(value_, sizeof value_));
  entry_.deadline_ms = record.other;
  entry_.clock = record.clock;
}

void SnapshotReader::BeginCollection(const SnapshotRecord& record) {
  BeginValue(record);
  Describe(entry_, {});
  if (item_.type == ObjectType::kHash) {
    output_.BeginHash(Text(Bytes(key_)), item_, record.number, EarliestOf(record));
  } else {
    output_.BeginSet(Text(Bytes(key_)), item_, record.number);
  }
}

void SnapshotReader::BeginBlob(const SnapshotRecord& record) {
  BeginValue(record);
  blob_bytes_ = record.number;
  blob_.reserve(blob_bytes_);
}

void SnapshotReader::ReadPiece(Bytes piece, FunctionRef<void()> progress) {
  blob_ += piece;
  if (blob_.size() < blob_bytes_) return;
  Describe(entry_, blob_);
  output_.WriteKey(Text(Bytes(key_)), item_);
  blob_ = {};
  progress();
}

}  // namespace thimble
