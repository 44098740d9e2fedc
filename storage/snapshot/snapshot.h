#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "storage/keyspace/databases.h"
#include "storage/keyspace/snapshot_keeper.h"
#include "storage/snapshot/keys_taker.h"
#include "storage/snapshot/snapshot_state.h"
#include "storage/snapshot/snapshot_stream.h"

namespace thimble {

// All databases as they are now, taken bit by bit while they change: in the order of their tables'
// buckets, and a pair of buckets that is about to change before its turn. Nothing is copied but
// what is on its way to whoever writes it, and what changed before its turn.
//
// Cost        Of the beginning: O(databases). Of a write while it lasts: a look whether its pair is
//             taken, and the first time a copy of that; of large values, of the part that changes.
// Deletes     What is deleted or flushed before it was taken is kept until all is.
// Failure     Where there is no memory for a copy the snapshot fails; nothing else does.
// Lifetime    There is one at a time; environment and databases outlive it.
class Snapshot final : public SnapshotKeeper {
 public:
  // Without databases it is empty.
  Snapshot(StorageEnvironment& environment, Databases* databases);
  ~Snapshot() override { Leave(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  // Takes about so many bytes more. False when all is taken, the record that says so included, or
  // the snapshot has failed.
  bool Advance(SnapshotBuffer& out, size_t bytes);
  bool failed() const { return state_.failed; }
  // What was copied because it was about to change.
  uint64_t aside_bytes() const { return state_.aside_bytes; }
  uint64_t now_ms() const { return state_.now_ms; }

  // A database that has keys.
  struct Part {
    int index;
    size_t keys;
    size_t deadlines;
    std::unique_ptr<KeysTaker> taker;
    bool in_value = false;  // Whether the first large value is being taken.
  };
  // Takes no more, and nobody needs to tell it of anything. What was copied and not taken is
  // returned, for whoever has the time to free it: any thread, in this one's lifetime or later.
  std::vector<Part> Leave();

  // --- SnapshotKeeper ---
  BlobWatcher* WatcherOf(const void* released) override;
  bool KeepBlob(ByteBuffer& blob) override;
  void KeepKeyspace(int index, std::unique_ptr<Table> table, size_t owned_bytes) override;

 private:
  struct Kept {
    int index;
    std::unique_ptr<Table> table;
    size_t owned_bytes;
  };

  bool TakeMoreOf(Part& part, SnapshotBuffer& out);
  bool AdvanceSome(SnapshotBuffer& out, size_t bytes);
  void Bury(const Part& part, ValueTaker::Kept kept);

  StorageEnvironment& environment_;
  Databases* databases_;
  SnapshotState state_;
  std::vector<Part> parts_;
  std::vector<Kept> kept_;
  size_t current_ = 0;
  bool begun_ = false;  // The part.
  bool ended_ = false;
};

}  // namespace thimble
