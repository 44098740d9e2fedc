#pragma once

#include <cstdint>
#include <memory>

#include "storage/snapshot/pair_ledger.h"
#include "storage/snapshot/snapshot_state.h"
#include "storage/snapshot/snapshot_stream.h"
#include "storage/table/table.h"

namespace thimble {

// Takes one table for a snapshot: its pairs in order, and each before it changes. What is taken out
// of turn waits aside. A table that nobody else needs any more is kept until all of it is taken.
// What a pair's copy is made of is the business of those who derive.
class TableTaker : public TableWatcher {
 public:
  // The table has no watcher, and gets this one until this ends, or it does.
  TableTaker(Table& table, SnapshotState& state);
  ~TableTaker() override;
  TableTaker(const TableTaker&) = delete;
  TableTaker& operator=(const TableTaker&) = delete;

  // Appends what waits aside and a further pair, or nothing yet. False, and nothing is appended,
  // when all is taken.
  bool TakeMore(SnapshotBuffer& out);
  bool TakeWaiting(SnapshotBuffer& out);

  // Takes no more, and watches nothing. Returns what it kept, if anything.
  std::unique_ptr<Table> Leave();

  // --- TableWatcher ---
  void BeforeChange(const Directory& directory, size_t pair) override;
  bool MayChange(const Directory& directory, size_t pair) const override {
    return state_.failed || !ledger_.IsOpen(directory, pair);
  }
  bool Keep(std::unique_ptr<Table>& table) override;
  void BeforeEnd() override;

 protected:
  SnapshotState& state() { return state_; }

 private:
  virtual void CopyBucket(BucketRef ref, SnapshotBuffer& out) = 0;
  void CopyPair(const Directory& directory, size_t pair, SnapshotBuffer& out);
  void CopyAside(const Directory& directory, size_t pair);

  SnapshotState& state_;
  Table* table_;  // Null once it has ended.
  PairLedger ledger_;
  SnapshotBuffer aside_;
  std::unique_ptr<Table> kept_;
};

}  // namespace thimble
