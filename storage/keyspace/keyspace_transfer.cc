// Whole keys on their way in and out: payloads, files.
#include <utility>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/keyspace/keyspace.h"

namespace thimble {

// --- Out --------------------------------------------------------------------------------------

// Of the views only the one that the type names is touched.
void Keyspace::FillItem(Item& item, const TableValue& entry, const AccessClock& clock) {
  const StoredValue stored(entry.value);
  item.type = stored.type();
  item.deadline_ms = entry.deadline_ms;
  item.idle_seconds = clock.IdleSeconds(entry.clock);
  item.frequency = clock.Frequency(entry.clock);
  view_memory_.Reset();
  switch (item.type) {
    case ObjectType::kString:
      item.string = ViewOf<StringValue>(stored);
      break;
    case ObjectType::kHash:
      item.hash = ViewOf<HashValue>(stored);
      break;
    case ObjectType::kSet:
      item.set = ViewOf<SetValue>(stored);
      break;
  }
}

std::optional<Keyspace::Item> Keyspace::ItemOf(const Hashed& key) {
  const Found found = FindToRead(key);
  if (!found) return std::nullopt;
  Item item;
  FillItem(item, found.entry, AccessClockNow());
  return item;
}

bool Keyspace::ForEachItemWhile(FunctionRef<bool(const Text& key, const Item& item)> visit,
                                Walk walk) {
  const uint64_t now_ms = NowMs();
  const AccessClock clock = AccessClockNow();
  Item item;
  const auto visit_entry = [&](const TableEntry& entry) {
    bool go_on = true;
    if (!IsExpired(entry, now_ms)) {
      FillItem(item, entry, clock);
      go_on = visit(entry.key, item);
    }
    if (walk == Walk::kForget) StoredValue(entry.value).ForgetBlob();
    return go_on;
  };
  return table_->ForEachWhile(visit_entry, walk);
}

// --- In ---------------------------------------------------------------------------------------

void Keyspace::Reserve(size_t keys) {
  table_->Reserve(keys);
}

void Keyspace::AdoptStored(const Hashed& key, const ValueToStore& value, size_t owned_bytes,
                           const Arrival& arrival) {
  const Found found = FindToWrite(key);
  TablePosition position = Put(key, found, value, owned_bytes);
  if (arrival.deadline_ms != 0 || (found && found.entry.deadline_ms != 0)) {
    position = table_->SetDeadline(position, arrival.deadline_ms);
  }
  const AccessClock clock = AccessClockNow();
  if (clock.counts_frequency()) {
    if (arrival.frequency) table_->SetClock(position, clock.Counted(*arrival.frequency));
  } else if (arrival.idle_seconds) {
    table_->SetClock(position, clock.Idle(*arrival.idle_seconds));
  }
  Notify(key, arrival.event, 1);
}

void Keyspace::AdoptBlob(const Hashed& key, Representation representation, Bytes bytes,
                         const Arrival& arrival) {
  ByteBuffer blob = ByteBuffer::CopyOf(bytes);
  const size_t owned_bytes = blob.MemoryBytes();
  AdoptStored(key, ValueToStore::Pointer(representation, blob.Release()), owned_bytes, arrival);
}

void Keyspace::Adopt(const Hashed& key, Bytes string, const Arrival& arrival) {
  if (const auto integer = ParseInt64(string)) {
    return AdoptStored(key, ValueToStore::Integer(*integer), 0, arrival);
  }
  if (string.size() <= kMaxEmbeddedTextBytes) {
    return AdoptStored(key, ValueToStore::Embedded(Representation::kText, string), 0, arrival);
  }
  AdoptBlob(key, Representation::kTextBlob, string, arrival);
}

void Keyspace::AdoptHashRun(const Hashed& key, Bytes run, const Arrival& arrival) {
  if (run.size() <= kMaxEmbeddedBytes) {
    return AdoptStored(key, ValueToStore::Embedded(Representation::kHashRun, run), 0, arrival);
  }
  AdoptBlob(key, Representation::kHashRunBlob, run, arrival);
}

void Keyspace::AdoptCollection(const Hashed& key, CollectionBody& body, ObjectType type,
                               const Arrival& arrival) {
  size_t owned_bytes = 0;
  const ValueToStore stored = Settle({}, body, type, &owned_bytes);
  AdoptStored(key, stored, owned_bytes, arrival);
  RecycleBody(body);
}

void Keyspace::Adopt(const Hashed& key, HashValue value, const Arrival& arrival) {
  THIMBLE_CHECK(!value.empty());
  AdoptCollection(key, value.body(), ObjectType::kHash, arrival);
}

void Keyspace::Adopt(const Hashed& key, SetValue value, const Arrival& arrival) {
  THIMBLE_CHECK(!value.empty());
  AdoptCollection(key, value.body(), ObjectType::kSet, arrival);
}

}  // namespace thimble
