#include "storage/snapshot/snapshot.h"

#include <utility>

namespace thimble {
namespace {

// What a step counts for beside what it takes: the next pair may be empty.
constexpr size_t kStepBytes = 32;

}  // namespace

Snapshot::Snapshot(StorageEnvironment& environment, Databases* databases) : databases_(databases) {
  state_.now_ms = static_cast<uint64_t>(environment.NowMs());
  for (int i = 0; databases != nullptr && i < databases->count(); ++i) {
    Keyspace& keys = (*databases)[i];
    parts_.push_back({.index = i,
                      .keys = keys.size(),
                      .deadlines = keys.deadlines(),
                      .taker = std::make_unique<KeysTaker>(*keys.table_, state_)});
  }
}

Snapshot::~Snapshot() {
  for (Part& part : parts_) {
    while (part.taker->first_value() != nullptr) EndValue(part);
  }
  for (Part& part : parts_) {
    TableTaker::Kept kept = part.taker->TakeKept();
    part.taker.reset();
    if (kept.table == nullptr) continue;
    (*databases_)[part.index].graveyard_.BuryKeyspace(std::move(kept.table), kept.owned_bytes);
  }
}

// What was kept of it is of nobody's use any more.
void Snapshot::EndValue(Part& part) {
  std::unique_ptr<ValueTaker> value = part.taker->RemoveFirstValue();
  part.in_value = false;
  taken_aside_bytes_ += value->taken_aside_bytes();
  ValueTaker::Kept kept = value->TakeKept();
  value.reset();
  Keyspace& keys = (*databases_)[part.index];
  if (kept.table != nullptr) keys.DiscardTable(std::move(kept.table));
  if (kept.blob.block() != nullptr) keys.DiscardBlob(std::move(kept.blob));
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
  if (keys.first_value() != nullptr) return part.in_value = true;
  return keys.TakeMore(out);
}

bool Snapshot::AdvanceSome(SnapshotBuffer& out, size_t bytes) {
  for (size_t steps = 0, before = out.used(); out.used() - before + steps * kStepBytes < bytes;
       ++steps) {
    if (current_ == parts_.size()) {
      out.Append(SnapshotRecordKind::kEnd, 0);
      return false;
    }
    Part& part = parts_[current_];
    if (part.keys > 0 && !std::exchange(begun_, true)) {
      SnapshotRecord* const record = out.Append(SnapshotRecordKind::kDatabase, 0);
      record->count = static_cast<uint32_t>(part.index);
      record->number = part.keys;
      record->other = part.deadlines;
    }
    if (part.keys > 0 && TakeMoreOf(part, out)) continue;
    begun_ = false;
    ++current_;
  }
  return true;
}

bool Snapshot::Advance(SnapshotBuffer& out, size_t bytes) {
  state_.Try([&] { ended_ = ended_ || !AdvanceSome(out, bytes); });
  return !ended_ && !state_.failed;
}

uint64_t Snapshot::taken_aside_bytes() const {
  uint64_t sum = taken_aside_bytes_;
  for (const Part& part : parts_) {
    sum += part.taker->taken_aside_bytes();
    if (part.taker->first_value() != nullptr) sum += part.taker->first_value()->taken_aside_bytes();
  }
  return sum;
}

}  // namespace thimble
