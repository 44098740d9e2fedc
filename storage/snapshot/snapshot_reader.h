#pragma once

#include <string>

#include "storage/common/clock.h"
#include "storage/common/function_ref.h"
#include "storage/keyspace/access_clock.h"
#include "storage/keyspace/stored_value.h"
#include "storage/keyspace/view_memory.h"
#include "storage/snapshot/snapshot_output.h"
#include "storage/snapshot/snapshot_stream.h"

namespace thimble {

// Gives what a snapshot consists of to an output. It needs nothing but the blocks, so another
// thread than that of the databases may have it.
class SnapshotReader {
 public:
  // What must be known of when the snapshot was taken, and of the time since: keys that were used
  // before they were taken have clocks of then.
  struct Moment {
    const HashKey& hash_key;
    const Clock& clock;
    bool counts_frequency;
    uint64_t now_ms;  // Keys whose deadline is before are left out.
  };
  SnapshotReader(SnapshotOutput& output, const Moment& moment);

  // `progress` is called after each key. False if the output failed.
  bool Read(const SnapshotBlock& block, FunctionRef<void()> progress);
  // Whether the end was among what was read.
  bool complete() const { return complete_; }

 private:
  AccessClock ClockNow() const {
    return {static_cast<uint64_t>(moment_.clock.CoarseNowMs()), moment_.counts_frequency};
  }
  void ReadRecord(const SnapshotRecord& record, FunctionRef<void()> progress);
  void ReadKeysOf(const SnapshotRecord& record, FunctionRef<void()> progress);
  void BeginCollection(const SnapshotRecord& record);
  void BeginBlob(const SnapshotRecord& record);
  void ReadPiece(Bytes piece, FunctionRef<void()> progress);
  void BeginValue(const SnapshotRecord& record);
  void Describe(const TableValue& entry, Bytes blob);

  SnapshotOutput& output_;
  const Moment moment_;
  AccessClock clock_;  // As of the block.
  ViewMemory memory_;
  Keyspace::Item item_;
  bool complete_ = false;
  // Of the value that does not come with its key.
  std::string key_;
  char value_[kPointerValueBytes] = {};
  TableValue entry_;
  size_t blob_bytes_ = 0;
  std::string blob_;
};

}  // namespace thimble
