// Whole keys on their way in and out: payloads, files.
#include <utility>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/keyspace/keyspace.h"
#include "storage/keyspace/stored_view.h"

namespace thimble {
namespace {

Keyspace::Incoming InBlob(Representation representation, Bytes bytes) {
  ByteBuffer blob = ByteBuffer::CopyOf(bytes);
  const size_t owned_bytes = blob.MemoryBytes();
  return {ValueToStore::Pointer(representation, blob.Release()), owned_bytes};
}

}  // namespace

// --- Out --------------------------------------------------------------------------------------

// Of the views only the one that the type names is touched.
void Keyspace::FillItem(Item& item, const TableValue& entry, Bytes blob, const AccessClock& clock,
                        const ItemSource& source) {
  const StoredValue stored(entry.value);
  item.type = stored.type();
  item.deadline_ms = entry.deadline_ms;
  item.idle_seconds = clock.IdleSeconds(entry.clock);
  item.frequency = clock.Frequency(entry.clock);
  source.memory.Reset();
  switch (item.type) {
    case ObjectType::kString:
      item.string = StringViewOf(stored, blob);
      break;
    case ObjectType::kHash:
      item.hash = HashView(CollectionRefOf(stored, blob, source.hash_key, source.memory));
      break;
    case ObjectType::kSet:
      item.set = SetView(CollectionRefOf(stored, blob, source.hash_key, source.memory));
      break;
  }
}

std::optional<Keyspace::Item> Keyspace::ItemOf(const Hashed& key) {
  const Found found = FindToRead(key);
  if (!found) return std::nullopt;
  Item item;
  FillItem(item, found.entry, BlobOf(StoredValue(found.entry.value)), AccessClockNow(),
           {environment_.hash_key, view_memory_});
  return item;
}

bool Keyspace::ForEachItemWhile(FunctionRef<bool(const Text& key, const Item& item)> visit) {
  const uint64_t now_ms = NowMs();
  const AccessClock clock = AccessClockNow();
  const ItemSource source{environment_.hash_key, view_memory_};
  Item item;
  const auto visit_entry = [&](const TableEntry& entry) {
    bool go_on = true;
    if (!IsExpired(entry, now_ms)) {
      FillItem(item, entry, BlobOf(StoredValue(entry.value)), clock, source);
      go_on = visit(entry.key, item);
    }
    return go_on;
  };
  return table_->ForEachWhile(visit_entry);
}

// --- In ---------------------------------------------------------------------------------------

Keyspace::Incoming Keyspace::Prepare(Bytes string) {
  if (const auto integer = ParseInt64(string)) return {ValueToStore::Integer(*integer)};
  if (string.size() <= kMaxEmbeddedTextBytes) {
    return {ValueToStore::Embedded(Representation::kText, string)};
  }
  return InBlob(Representation::kTextBlob, string);
}

Keyspace::Incoming Keyspace::PrepareCompact(Representation representation, Bytes bytes) {
  if (bytes.size() <= kMaxEmbeddedBytes) return {ValueToStore::Embedded(representation, bytes)};
  return InBlob(BlobFormOf(representation), bytes);
}

Keyspace::Incoming Keyspace::PrepareCollection(CollectionBody& body, ObjectType type) {
  size_t owned_bytes = 0;
  const ValueToStore value = Settle({}, body, type, &owned_bytes);
  RecycleBody(body);
  return {value, owned_bytes};
}

Keyspace::Incoming Keyspace::Prepare(HashValue value) {
  THIMBLE_CHECK(!value.empty());
  return PrepareCollection(value.body(), ObjectType::kHash);
}

Keyspace::Incoming Keyspace::Prepare(SetValue value) {
  THIMBLE_CHECK(!value.empty());
  return PrepareCollection(value.body(), ObjectType::kSet);
}

uint16_t Keyspace::ClockOf(const Arrival& arrival, const AccessClock& clock, uint16_t usual) {
  if (clock.counts_frequency())
    return arrival.frequency ? clock.Counted(*arrival.frequency) : usual;
  return arrival.idle_seconds ? clock.Idle(*arrival.idle_seconds) : usual;
}

void Keyspace::Adopt(const Hashed& key, const Incoming& incoming, const Arrival& arrival) {
  const Found found = FindToWrite(key);
  TablePosition position = Put(key, found, incoming.value, incoming.owned_bytes);
  if (arrival.deadline_ms != 0 || (found && found.entry.deadline_ms != 0)) {
    position = table_->SetDeadline(position, arrival.deadline_ms);
  }
  const uint16_t clock = table_->ClockOf(position);
  table_->SetClock(position, ClockOf(arrival, AccessClockNow(), clock));
  Notify(key, arrival.event, 1);
}

}  // namespace thimble
