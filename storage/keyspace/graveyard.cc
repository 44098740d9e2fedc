#include "storage/keyspace/graveyard.h"

#include <algorithm>
#include <utility>

#include "storage/keyspace/snapshot_keeper.h"
#include "storage/keyspace/stored_value.h"

namespace thimble {
namespace {

// What one step gives back at most, but for the last pair of buckets: of long strings the kernel
// takes page by page.
constexpr size_t kDigBytes = 256 * 1024;
static_assert(kDigBytes < Graveyard::kLongBytes);

}  // namespace

Graveyard::~Graveyard() {
  while (Dig(SIZE_MAX)) {
  }
}

bool Graveyard::IsKept(std::unique_ptr<Table>& table) const {
  return table->watcher() != nullptr && table->watcher()->Keep(table);
}

bool Graveyard::IsKept(ByteBuffer& bytes) const {
  return environment_.snapshot != nullptr && environment_.snapshot->KeepBlob(bytes);
}

void Graveyard::BuryValue(std::unique_ptr<Table> table) {
  memory_bytes_ += table->MemoryBytes();
  corpses_.push_back({std::move(table), false});
}

void Graveyard::BuryKeyspace(std::unique_ptr<Table> table, size_t owned_bytes) {
  memory_bytes_ += table->MemoryBytes() + owned_bytes;
  corpses_.push_back({std::move(table), true});
}

void Graveyard::BuryString(ByteBuffer bytes, size_t memory_bytes) {
  memory_bytes_ += memory_bytes;
  corpses_.push_back({nullptr, false, std::move(bytes)});
}

// Takes the end off the string on top. True if anything is left in the graveyard.
bool Graveyard::CutString() {
  ByteBuffer& bytes = corpses_.back().bytes;
  memory_bytes_ -= bytes.MemoryBytes();
  if (bytes.capacity() > kLongBytes) {
    bytes.CutTo(bytes.capacity() - kDigBytes);
    memory_bytes_ += bytes.MemoryBytes();
  } else {
    corpses_.pop_back();
  }
  return !corpses_.empty();
}

bool Graveyard::Dig(size_t entries) {
  if (corpses_.empty()) return false;
  if (corpses_.back().table == nullptr) return CutString();
  Corpse corpse = std::move(corpses_.back());
  corpses_.pop_back();

  std::vector<Corpse> uncovered;
  const size_t bytes_before = corpse.table->MemoryBytes();
  const size_t entry_bytes = bytes_before / std::max<size_t>(1, corpse.table->size()) + 1;
  const size_t count = std::min(entries, kDigBytes / entry_bytes + 1);
  const bool more = corpse.table->TakeApart(count, [&](const TableEntry& entry) {
    if (corpse.is_keyspace) FreeKeyValue(entry, uncovered);
  });
  memory_bytes_ -= bytes_before;
  if (more) {
    memory_bytes_ += corpse.table->MemoryBytes();
    corpses_.push_back(std::move(corpse));
  }
  // Their memory was counted with their database.
  for (Corpse& each : uncovered) corpses_.push_back(std::move(each));
  return !corpses_.empty();
}

size_t Graveyard::CountPending() const {
  size_t count = 0;
  for (const Corpse& corpse : corpses_) count += corpse.is_keyspace ? corpse.table->size() : 1;
  return count;
}

void Graveyard::FreeKeyValue(const TableEntry& entry, std::vector<Corpse>& uncovered) {
  const StoredValue stored(entry.value);
  CollectionBody body = stored.TakeOwned();
  const size_t bytes = body.table ? body.table->MemoryBytes() : body.compact.MemoryBytes();
  if (body.table ? IsKept(body.table) : IsKept(body.compact)) {
    memory_bytes_ -= bytes;
  } else if (body.table != nullptr && body.table->size() > kFreedAtOnce) {
    uncovered.push_back({std::move(body.table), false});
  } else if (body.compact.capacity() > kLongBytes) {
    uncovered.push_back({nullptr, false, std::move(body.compact)});
  } else {
    memory_bytes_ -= bytes;
  }
}

void FreeOwnedValues(const Table& keys) {
  keys.ForEach([](const TableEntry& entry) { StoredValue(entry.value).TakeOwned(); });
}

}  // namespace thimble
