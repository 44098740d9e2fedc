#include "storage/keyspace/keyspace_filler.h"

namespace thimble {

KeyspaceFiller::KeyspaceFiller(Keyspace& keyspace, size_t expected, FillBudget& budget)
    : keyspace_(keyspace),
      clock_(keyspace.AccessClockNow()),
      filler_(*keyspace.table_, expected, budget) {}

KeyspaceFiller::~KeyspaceFiller() {
  while (!empty()) EnterPart([](const Text&) {});
}

void KeyspaceFiller::Add(const Hashed& key, const Keyspace::Incoming& incoming,
                         const Keyspace::Arrival& arrival) {
  const Bytes value = incoming.value.bytes();
  filler_.Add(key, value, arrival.deadline_ms, Keyspace::ClockOf(arrival, clock_, clock_.Fresh()));
  keyspace_.owned_bytes_ += incoming.owned_bytes;
  keyspace_.payload_bytes_ += key.bytes.size() + value.size();
  keyspace_.TrackFields(key, incoming.value);
}

void KeyspaceFiller::EnterPart(FunctionRef<void(const Text& key)> refused) {
  clock_ = keyspace_.AccessClockNow();
  std::vector<std::string> tracked;  // For a value that does not come.
  filler_.EnterPart([&](const TableEntry& entry) {
    refused(entry.key);
    const StoredValue stored(entry.value);
    if (stored.MayHaveFieldDeadlines()) tracked.push_back(entry.key.ToString());
    keyspace_.owned_bytes_ -= stored.OwnedBytes();
    keyspace_.payload_bytes_ -= entry.key.size() + stored.size();
    keyspace_.Discard(stored.TakeOwned());
  });
  for (const std::string& key : tracked) {
    keyspace_.TrackFieldsAnew(keyspace_.environment_.hash_key.Of(key));
  }
}

}  // namespace thimble
