#pragma once

#include "storage/common/function_ref.h"
#include "storage/keyspace/access_clock.h"
#include "storage/keyspace/view_memory.h"
#include "storage/snapshot/snapshot_output.h"
#include "storage/snapshot/snapshot_stream.h"

namespace thimble {

// Gives what a snapshot consists of to an output. It needs nothing but the blocks, so another
// thread than that of the databases may have it.
class SnapshotReader {
 public:
  // What must be known of when the snapshot was taken.
  struct Moment {
    const HashKey& hash_key;
    AccessClock clock;
    uint64_t now_ms;  // Keys whose deadline is before are left out.
  };
  SnapshotReader(SnapshotOutput& output, const Moment& moment) : output_(output), moment_(moment) {}

  // `progress` is called after each key. False if the output failed.
  bool Read(const SnapshotBlock& block, FunctionRef<void()> progress);
  // Whether the end was among what was read.
  bool complete() const { return complete_; }

 private:
  void ReadRecord(const SnapshotRecord& record, FunctionRef<void()> progress);
  void ReadKeysOf(const SnapshotRecord& record, FunctionRef<void()> progress);
  void BeginString(const SnapshotRecord& record);
  void BeginCollection(const SnapshotRecord& record);
  void DescribeItem(uint64_t deadline_ms, uint16_t clock);

  SnapshotOutput& output_;
  const Moment moment_;
  ViewMemory memory_;
  Keyspace::Item item_;
  bool complete_ = false;
};

}  // namespace thimble
