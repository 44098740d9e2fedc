#include "storage/snapshot/snapshot.h"

#include <utility>

#include "storage/common/check.h"

namespace thimble {
namespace {

// What a step counts for beside what it takes: the next pair may be empty.
constexpr size_t kStepBytes = 32;

}  // namespace

Snapshot::Snapshot(StorageEnvironment& environment, Databases* databases)
    : environment_(environment), databases_(databases) {
  THIMBLE_CHECK(environment.snapshot == nullptr);
  state_.now_ms = static_cast<uint64_t>(environment.NowMs());
  for (int i = 0; databases != nullptr && i < databases->count(); ++i) {
    Keyspace& keys = (*databases)[i];
    if (keys.size() == 0) continue;
    parts_.push_back({.index = i,
                      .keys = keys.size(),
                      .deadlines = keys.deadlines(),
                      .taker = std::make_unique<KeysTaker>(*keys.table_, state_)});
  }
  if (!parts_.empty()) environment.snapshot = this;
}

std::vector<Snapshot::Part> Snapshot::Leave() {
  for (const Part& part : parts_) {
    part.taker->ForEachValue([&](ValueTaker& value) { Bury(part, value.Leave()); });
    part.taker->Leave();
  }
  if (environment_.snapshot == this) environment_.snapshot = nullptr;
  for (Kept& kept : std::exchange(kept_, {})) {
    Keyspace& keys = (*databases_)[kept.index];
    keys.graveyard_.BuryKeyspace(std::move(kept.table), kept.owned_bytes);
  }
  current_ = 0;
  return std::exchange(parts_, {});
}

BlobWatcher* Snapshot::WatcherOf(const void* released) {
  const auto found = state_.blobs.find(released);
  return found == state_.blobs.end() ? nullptr : found->second;
}

bool Snapshot::KeepBlob(ByteBuffer& blob) {
  const auto found = state_.blobs.find(blob.block());
  if (found == state_.blobs.end()) return false;
  found->second->Keep(blob);
  return true;
}

void Snapshot::KeepKeyspace(int index, std::unique_ptr<Table> table, size_t owned_bytes) {
  kept_.push_back({index, std::move(table), owned_bytes});
}

// There may be very many, so even what is small is buried.
void Snapshot::Bury(const Part& part, ValueTaker::Kept kept) {
  Graveyard& graveyard = (*databases_)[part.index].graveyard_;
  if (kept.table != nullptr) graveyard.BuryValue(std::move(kept.table));
  if (kept.blob.block() != nullptr) {
    graveyard.BuryString(std::move(kept.blob), kept.blob_memory_bytes);
  }
}

// False when the database is taken.
bool Snapshot::TakeMoreOf(Part& part, SnapshotBuffer& out) {
  KeysTaker& keys = *part.taker;
  if (part.in_value) {
    if (keys.first_value()->TakeMore(out)) return true;
    Bury(part, keys.first_value()->Leave());
    keys.RemoveFirstValue();
    part.in_value = false;
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
    if (!std::exchange(begun_, true)) {
      SnapshotRecord* const record = out.Append(SnapshotRecordKind::kDatabase, 0);
      record->count = static_cast<uint32_t>(part.index);
      record->number = part.keys;
      record->other = part.deadlines;
    }
    if (TakeMoreOf(part, out)) continue;
    begun_ = false;
    ++current_;
  }
  return true;
}

bool Snapshot::Advance(SnapshotBuffer& out, size_t bytes) {
  state_.Try([&] { ended_ = ended_ || !AdvanceSome(out, bytes); });
  return !ended_ && !state_.failed;
}

}  // namespace thimble
