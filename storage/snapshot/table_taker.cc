#include "storage/snapshot/table_taker.h"

#include <utility>

#include "storage/common/check.h"

namespace thimble {

TableTaker::TableTaker(Table& table, SnapshotState& state)
    : state_(state), table_(&table), ledger_(table) {
  THIMBLE_CHECK(table.watcher() == nullptr);
  table.SetWatcher(this);
}

TableTaker::~TableTaker() {
  if (table_ != nullptr) table_->SetWatcher(nullptr);
}

void TableTaker::CopyPair(const Directory& directory, size_t pair, SnapshotBuffer& out) {
  CopyBucket(directory.At(2 * pair), out);
  CopyBucket(directory.At(2 * pair + 1), out);
}

void TableTaker::CopyAside(const Directory& directory, size_t pair) {
  const size_t before = aside_.bytes();
  CopyPair(directory, pair, aside_);
  state_.aside_bytes += aside_.bytes() - before;
}

bool TableTaker::TakeWaiting(SnapshotBuffer& out) {
  if (aside_.empty()) return false;
  out.Join(aside_);
  return true;
}

bool TableTaker::TakeMore(SnapshotBuffer& out) {
  const bool took = TakeWaiting(out);
  if (table_ == nullptr) return took;
  const PairLedger::Pair next = ledger_.TakeNext(*table_);
  if (next.directory != nullptr) CopyPair(*next.directory, next.number, out);
  return took || !next.is_end;
}

std::unique_ptr<Table> TableTaker::Leave() {
  if (table_ != nullptr) std::exchange(table_, nullptr)->SetWatcher(nullptr);
  return std::move(kept_);
}

void TableTaker::BeforeChange(const Directory& directory, size_t pair) {
  state_.Try([&] {
    if (ledger_.Take(directory, pair)) CopyAside(directory, pair);
  });
}

bool TableTaker::Keep(std::unique_ptr<Table>& table) {
  THIMBLE_DCHECK(table.get() == table_);
  kept_ = std::move(table);
  return true;
}

void TableTaker::BeforeEnd() {
  state_.Try([&] {
    for (;;) {
      const PairLedger::Pair next = ledger_.TakeNext(*table_);
      if (next.is_end) break;
      if (next.directory != nullptr) CopyAside(*next.directory, next.number);
    }
  });
  table_ = nullptr;
}

}  // namespace thimble
