#include "storage/snapshot/snapshot.h"

#include <utility>

namespace thimble {
namespace {

// What a step counts for beside what it takes.
constexpr size_t kStepBytes = 32;

}  // namespace

Snapshot::Snapshot(StorageEnvironment& environment, Databases* databases)
    : databases_(databases), now_ms_(static_cast<uint64_t>(environment.NowMs())) {
  for (int i = 0; databases != nullptr && i < databases->count(); ++i) {
    Keyspace& keys = (*databases)[i];
    if (keys.size() == 0) continue;
    parts_.push_back({.index = i,
                      .keys = keys.size(),
                      .deadlines = keys.deadlines(),
                      .taker = std::make_unique<KeysTaker>(*keys.table_, now_ms_)});
  }
}

Snapshot::~Snapshot() {
  for (Part& part : parts_) {
    if (part.taker == nullptr) continue;
    while (part.taker->first_value() != nullptr) EndValue(part);
    EndKeys(part);
  }
}

// What was kept for a snapshot is of nobody's use any more.
void Snapshot::EndValue(Part& part) {
  const std::unique_ptr<ValueTaker> value = part.taker->RemoveFirstValue();
  part.in_value = false;
  taken_aside_bytes_ += value->taken_aside_bytes();
  ValueTaker::Kept kept = value->TakeKept();
  Keyspace& keys = (*databases_)[part.index];
  if (kept.table != nullptr) keys.DiscardTable(std::move(kept.table));
  if (kept.string.block() != nullptr) keys.DiscardString(std::move(kept.string));
}

void Snapshot::EndKeys(Part& part) {
  taken_aside_bytes_ += part.taker->taken_aside_bytes();
  TableTaker::Kept kept = part.taker->TakeKept();
  part.taker.reset();
  if (kept.table == nullptr) return;
  (*databases_)[part.index].graveyard_.BuryKeyspace(std::move(kept.table), kept.owned_bytes);
}

// False when the database is taken.
bool Snapshot::TakeMoreOf(Part& part, SnapshotBuffer& out) {
  KeysTaker& keys = *part.taker;
  if (part.in_value) {
    if (keys.first_value()->TakeMore(out)) return true;
    EndValue(part);
  }
  // What waits are whole keys, so it can go anywhere between two.
  if (keys.TakeWaiting(out)) return true;
  if (ValueTaker* const value = keys.first_value()) {
    value->AppendHead(out);
    part.in_value = true;
    return true;
  }
  return keys.TakeMore(out);
}

bool Snapshot::Advance(SnapshotBuffer& out, size_t bytes) {
  if (ended_) return false;
  // A look at an empty pair counts too.
  for (size_t steps = 0, before = out.used(); out.used() - before + steps * kStepBytes < bytes;
       ++steps) {
    if (current_ == parts_.size()) {
      out.Append(SnapshotRecordKind::kEnd, 0);
      ended_ = true;
      return false;
    }
    Part& part = parts_[current_];
    if (!std::exchange(begun_, true)) {
      SnapshotRecord* const record = out.Append(SnapshotRecordKind::kDatabase, 0);
      record->count = static_cast<uint32_t>(part.index);
      record->number = part.keys;
      record->other = part.deadlines;
    }
    if (TakeMoreOf(part, out)) continue;
    EndKeys(part);
    begun_ = false;
    ++current_;
  }
  return true;
}

uint64_t Snapshot::taken_aside_bytes() const {
  uint64_t bytes = taken_aside_bytes_;
  for (const Part& part : parts_) {
    if (part.taker != nullptr) bytes += part.taker->taken_aside_bytes();
  }
  return bytes;
}

}  // namespace thimble
