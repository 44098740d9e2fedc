#include "storage/keyspace/keyspace.h"

#include <utility>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/common/prefetch.h"
#include "storage/keyspace/stored_view.h"

namespace thimble {
namespace {

constexpr TableTraits kKeyspaceTraits{.values = true, .clocks = true};

// What nearly every blob of a hash or set takes; its size would have to be read from it.
constexpr size_t kMostOfABlob = 256;

}  // namespace

Keyspace::Keyspace(StorageEnvironment& environment, int index)
    : environment_(environment),
      index_(index),
      table_(std::make_unique<Table>(environment.hash_key, kKeyspaceTraits)),
      field_deadlines_(environment.hash_key),
      graveyard_(environment) {}

Keyspace::~Keyspace() {
  FreeOwnedValues(*table_);
}

// --- Looking up -------------------------------------------------------------------------------

// What a batch located is decoded once, and so is the key of a run of commands.
[[gnu::always_inline]] inline void Keyspace::Find(const Hashed& key, Found& found) const {
  // It may have been located in another database.
  const bool may_know = key.located && memos_ != nullptr;
  const Memo* const memo = may_know ? &(*memos_)[key.memo] : nullptr;
  if (memo != nullptr && memo->version == table_->version() &&
      key.located == memo->found.position) {
    found = memo->found;
    found.entry.clock = table_->ClockOf(key.located);
  } else {
    found.position = table_->Find(key, found.entry);
  }
}

[[gnu::always_inline]] inline Keyspace::Found Keyspace::FindLive(const Hashed& key) {
  Found found;
  Find(key, found);
  if (found && found.entry.deadline_ms != 0 && IsExpired(found.entry, NowMs())) [[unlikely]] {
    if (!environment_.expiry_paused) Expire(key, found.position);
    found = {};
  }
  return found;
}

Keyspace::Found Keyspace::FindToRead(const Hashed& key) {
  return FindLive(key);
}

[[gnu::always_inline]] inline Keyspace::Found Keyspace::FindToRead(const Hashed& key,
                                                                   Access access) {
  Found found = FindLive(key);
  if (access >= Access::kTouch) {
    if (found && access == Access::kTouch) MarkWritten(found);
    return found;
  }
  if (found) {
    ++environment_.statistics.hits;
    if (access == Access::kUse) MarkUsed(found);
  } else {
    ++environment_.statistics.misses;
    if (environment_.tell_misses && access != Access::kCountSilently) [[unlikely]]
      Notify(key, Event::kKeyMiss, 0);
  }
  return found;
}

Keyspace::Found Keyspace::FindToWrite(const Hashed& key) {
  Found found;
  Find(key, found);
  if (found && found.entry.deadline_ms != 0 && IsExpired(found.entry, NowMs())) [[unlikely]] {
    Expire(key, found.position);
    found = {};
  }
  return found;
}

void Keyspace::MarkUsed(const Found& found) {
  const uint16_t clock = AccessClockNow().Used(found.entry.clock, environment_.random);
  if (clock != found.entry.clock) {
    table_->SetClock(found.position, clock);
  }
}

void Keyspace::MarkWritten(const Found& found) {
  if (!environment_.no_touch) MarkUsed(found);
}

template <>
HashView Keyspace::ViewOf<HashValue>(const StoredValue& stored) {
  CollectionRef ref = CollectionRefOf(stored, BlobOf(stored), environment_.hash_key, view_memory_);
  if (ref.MayHaveDeadlines()) [[unlikely]]
    ref.now_ms = NowMs();
  return HashView(ref);
}

template <>
SetView Keyspace::ViewOf<SetValue>(const StoredValue& stored) {
  return SetView(CollectionRefOf(stored, BlobOf(stored), environment_.hash_key, view_memory_));
}

template <>
StringView Keyspace::ViewOf<StringValue>(const StoredValue& stored) {
  return StringViewOf(stored, BlobOf(stored));
}

// --- Reading ----------------------------------------------------------------------------------

template <class V>
Result<typename V::View> Keyspace::Read(const Hashed& key, Access access) {
  const Found found = FindToRead(key, access);
  if (!found) return typename V::View();
  const StoredValue stored(found.entry.value);
  if (stored.type() != V::kType) return Errc::kWrongType;
  view_memory_.Reset();
  return ViewOf<V>(stored);
}

template <class V>
Result<std::vector<typename V::View>> Keyspace::ReadAll(std::span<const Hashed> keys) {
  // First all that may change the table, then the views.
  const Access access = environment_.no_touch ? Access::kCount : Access::kUse;
  for (const Hashed& key : keys) FindToRead(key, access);
  view_memory_.Reset();
  std::vector<typename V::View> views;
  views.reserve(keys.size());
  const uint64_t now_ms = NowMs();
  for (const Hashed& key : keys) {
    TableValue entry;
    if (!table_->Find(key, entry) || (environment_.expiry_paused && IsExpired(entry, now_ms))) {
      views.emplace_back();
      continue;
    }
    const StoredValue stored(entry.value);
    if (stored.type() != V::kType) return Errc::kWrongType;
    views.push_back(ViewOf<V>(stored));
  }
  return views;
}

template Result<StringView> Keyspace::Read<StringValue>(const Hashed&, Access);
template Result<HashView> Keyspace::Read<HashValue>(const Hashed&, Access);
template Result<SetView> Keyspace::Read<SetValue>(const Hashed&, Access);
template Result<std::vector<StringView>> Keyspace::ReadAll<StringValue>(std::span<const Hashed>);
template Result<std::vector<HashView>> Keyspace::ReadAll<HashValue>(std::span<const Hashed>);
template Result<std::vector<SetView>> Keyspace::ReadAll<SetValue>(std::span<const Hashed>);

std::optional<ObjectType> Keyspace::TypeOf(const Hashed& key, Access access) {
  const Found found = FindToRead(key, access);
  if (!found) return std::nullopt;
  return StoredValue(found.entry.value).type();
}

bool Keyspace::Holds(const Hashed& key) const {
  TableValue entry;
  return table_->Find(key, entry) && !IsExpired(entry, NowMs());
}

std::optional<Keyspace::Description> Keyspace::Describe(const Hashed& key, Access access) {
  const Found found = FindToRead(key, access);
  if (!found) return std::nullopt;
  const StoredValue stored(found.entry.value);
  view_memory_.Reset();
  const AccessClock clock = AccessClockNow();
  Description description{.type = stored.type(),
                          .encoding = Encoding::kRaw,
                          .elements = 0,
                          .memory_bytes = 0,
                          .idle_seconds = clock.IdleSeconds(found.entry.clock),
                          .frequency = clock.Frequency(found.entry.clock)};
  const auto describe = [&](const auto& view) {
    description.encoding = view.encoding();
    description.elements = view.size();
  };
  switch (stored.type()) {
    case ObjectType::kString:
      describe(ViewOf<StringValue>(stored));
      break;
    case ObjectType::kHash:
      describe(ViewOf<HashValue>(stored));
      break;
    case ObjectType::kSet:
      describe(ViewOf<SetValue>(stored));
      break;
  }
  const auto payload = static_cast<int64_t>(key.bytes.size() + stored.size());
  description.memory_bytes = stored.OwnedBytes() + static_cast<size_t>(std::max<int64_t>(
                                                       1, payload + EntryOverhead(key.hash)));
  return description;
}

// --- Changing entries -------------------------------------------------------------------------

void Keyspace::Notify(const Hashed& key, Event event, size_t changes) {
  if (environment_.observer != nullptr) {
    environment_.observer->OnChange(index_, key.bytes, event, changes);
  }
}

void Keyspace::Expire(const Hashed& key, TablePosition position) {
  Drop(position);
  ++environment_.statistics.expired_keys;
  Notify(key, Event::kExpired, 0);
}

void Keyspace::NotifyExpired(const Hashed& key, const std::vector<std::string>& fields) {
  if (fields.empty()) return;
  environment_.statistics.expired_fields += fields.size();
  if (environment_.observer != nullptr) {
    environment_.observer->OnFieldsExpired(index_, key.bytes, fields);
  }
  Notify(key, Event::kHExpired, 0);
}

uint64_t Keyspace::EarliestFieldDeadline(const StoredValue& stored) {
  if (!stored.MayHaveFieldDeadlines()) return 0;
  return HashView(CollectionRefOf(stored, BlobOf(stored), environment_.hash_key, view_memory_))
      .earliest_deadline();
}

void Keyspace::TrackFieldsOf(const Hashed& key, const ValueToStore& value) {
  const Text text(value.bytes());
  const uint64_t earliest_ms = EarliestFieldDeadline(StoredValue(text));
  if (earliest_ms != 0) field_deadlines_.Set(key, earliest_ms);
}

void Keyspace::TrackFieldsAnew(const Hashed& key) {
  TableValue entry;
  const bool found = static_cast<bool>(table_->Find(key, entry));
  field_deadlines_.Set(key, found ? EarliestFieldDeadline(StoredValue(entry.value)) : 0);
}

void Keyspace::Announce(TablePosition position, const StoredValue& stored) {
  if (environment_.snapshot == nullptr) [[likely]]
    return;
  table_->Announce(position);
  if (!stored.is_blob() || stored.is_text()) return;
  if (BlobWatcher* const watcher = WatcherOf(stored.pointer())) {
    watcher->BeforeOverwrite(0, SIZE_MAX);
  }
}

void Keyspace::Remove(TablePosition position, const TableEntry& entry, size_t owned_bytes) {
  payload_bytes_ -= entry.key.size() + entry.value.size();
  owned_bytes_ -= owned_bytes;
  if (!field_deadlines_.empty()) [[unlikely]] {
    const FlatText key(entry.key);
    UntrackFields(environment_.hash_key.Of(key.bytes()), StoredValue(entry.value));
  }
  table_->Erase(position);
}

// Takes the entry out of the table, but not what it owns out of the world.
Keyspace::Detached Keyspace::Detach(TablePosition position) {
  const TableEntry entry = table_->At(position);
  const StoredValue stored(entry.value);
  Detached detached{ValueToStore::Copy(entry.value), entry.deadline_ms, entry.clock,
                    stored.OwnedBytes()};
  Remove(position, entry, detached.owned_bytes);
  return detached;
}

// REQUIRES: the key is absent.
void Keyspace::Attach(const Hashed& key, const Detached& detached) {
  table_->Insert(key, detached.value.bytes(), detached.deadline_ms, detached.clock);
  payload_bytes_ += key.bytes.size() + detached.value.bytes().size();
  owned_bytes_ += detached.owned_bytes;
  TrackFields(key, detached.value);
  NotifyNew(key);
}

// Deletes the entry and what it owns.
void Keyspace::Drop(TablePosition position) {
  const TableEntry entry = table_->At(position);
  const StoredValue stored(entry.value);
  const size_t owned_bytes = stored.OwnedBytes();
  CollectionBody body = stored.TakeOwned();
  Remove(position, entry, owned_bytes);
  Discard(std::move(body));
}

// Gives `key` a value, whatever it held: deadline and clock stay, a new key has the clock of one.
// `found` is what FindToWrite said.
TablePosition Keyspace::Put(const Hashed& key, const Found& found, const ValueToStore& value,
                            size_t owned_bytes) {
  owned_bytes_ += owned_bytes;
  payload_bytes_ += value.bytes().size();
  if (found) UntrackFields(key, StoredValue(found.entry.value));
  TrackFields(key, value);
  if (!found) {
    payload_bytes_ += key.bytes.size();
    const TablePosition position = table_->Insert(key, value.bytes(), 0, AccessClockNow().Fresh());
    NotifyNew(key);
    return position;
  }
  MarkUsed(found);
  return Exchange(found, value);
}

// Gives a key that is there another value, and nothing else; the value's own bytes are in the
// accounts already.
TablePosition Keyspace::Exchange(const Found& found, const ValueToStore& value) {
  const StoredValue old(found.entry.value);
  payload_bytes_ -= old.size();
  owned_bytes_ -= old.OwnedBytes();
  CollectionBody body = old.TakeOwned();
  const TablePosition position = table_->Replace(found.position, value.bytes());
  Discard(std::move(body));
  return position;
}

void Keyspace::DiscardTable(std::unique_ptr<Table> table) {
  if (graveyard_.IsKept(table) || table->size() <= Graveyard::kFreedAtOnce) return;
  ++environment_.statistics.lazyfreed_objects;
  graveyard_.BuryValue(std::move(table));
}

void Keyspace::DiscardBlob(ByteBuffer blob) {
  if (graveyard_.IsKept(blob) || blob.capacity() <= Graveyard::kLongBytes) return;
  ++environment_.statistics.lazyfreed_objects;
  graveyard_.BuryString(std::move(blob));
}

// --- Whole keys -------------------------------------------------------------------------------

void Keyspace::SetString(const Hashed& key, Bytes value, Ttl ttl, uint64_t deadline_ms,
                         Event event) {
  const Found found = FindToWrite(key);
  const uint64_t old_deadline_ms = found ? found.entry.deadline_ms : 0;
  TablePosition position;
  if (const auto integer = ParseInt64(value)) {
    position = Put(key, found, ValueToStore::Integer(*integer), 0);
  } else if (value.size() <= kMaxEmbeddedTextBytes) {
    position = Put(key, found, ValueToStore::Embedded(Representation::kText, value), 0);
  } else {
    ByteBuffer blob = ByteBuffer::CopyOf(value);
    const size_t owned_bytes = blob.MemoryBytes();
    position = Put(key, found, ValueToStore::Pointer(Representation::kTextBlob, blob.Release()),
                   owned_bytes);
  }
  if (ttl == Ttl::kKeep) deadline_ms = old_deadline_ms;
  if (deadline_ms != old_deadline_ms) table_->SetDeadline(position, deadline_ms);
  Notify(key, event, 1);
  if (ttl == Ttl::kClear && deadline_ms != 0) Notify(key, Event::kExpire, 0);
}

void Keyspace::StoreSet(const Hashed& key, SetValue value, Event event) {
  if (value.empty()) {
    Delete(key);
    RecycleBody(value.body());
    return;
  }
  const Found found = FindToWrite(key);
  size_t owned_bytes = 0;
  const ValueToStore stored = Settle({}, value.body(), ObjectType::kSet, &owned_bytes);
  TablePosition position = Put(key, found, stored, owned_bytes);
  if (found && found.entry.deadline_ms != 0) table_->SetDeadline(position, 0);
  RecycleBody(value.body());
  Notify(key, event, 1);
}

bool Keyspace::Delete(const Hashed& key, Event event) {
  const Found found = FindToWrite(key);
  if (!found) return false;
  Drop(found.position);
  Notify(key, event, 1);
  return true;
}

bool Keyspace::Rename(const Hashed& from, const Hashed& to) {
  const Found source = FindToWrite(from);
  if (!source) return false;
  MarkWritten(source);
  if (from.bytes == to.bytes) return true;
  if (const Found target = FindToWrite(to)) Drop(target.position);
  const Detached detached = Detach(table_->Find(from));
  Attach(to, detached);
  Notify(from, Event::kRenameFrom, 0);
  Notify(to, Event::kRenameTo, 1);
  return true;
}

bool Keyspace::CopyTo(const Hashed& from, Keyspace& target, const Hashed& to) {
  const Found found = FindToWrite(from);
  if (!found) return false;
  const uint64_t deadline_ms = found.entry.deadline_ms;
  const StoredValue stored(found.entry.value);
  const size_t owned_before = stored.OwnedBytes();
  const ValueToStore value = stored.Duplicate(environment_.hash_key);
  const Text text(value.bytes());
  const size_t owned_bytes = owned_before == 0 ? 0 : StoredValue(text).OwnedBytes();
  if (const Found old = target.FindToWrite(to)) target.Drop(old.position);
  target.Attach(to, {value, deadline_ms, AccessClockNow().Fresh(), owned_bytes});
  target.Notify(to, Event::kCopyTo, 1);
  return true;
}

bool Keyspace::MoveTo(const Hashed& key, Keyspace& target) {
  THIMBLE_CHECK(this != &target);
  const Found found = FindToWrite(key);
  if (!found) return false;
  MarkWritten(found);
  if (const Found there = target.FindToWrite(key)) {
    target.MarkWritten(there);
    return false;
  }
  const Detached detached = Detach(found.position);
  target.Attach(key, detached);
  Notify(key, Event::kMoveFrom, 0);
  target.Notify(key, Event::kMoveTo, 1);
  return true;
}

size_t Keyspace::Clear() {
  const size_t keys = size();
  if (keys == 0) return 0;
  environment_.statistics.lazyfreed_objects += keys;
  std::unique_ptr<Table> old =
      std::exchange(table_, std::make_unique<Table>(environment_.hash_key, kKeyspaceTraits));
  const size_t owned_bytes = std::exchange(owned_bytes_, 0);
  if (old->watcher() != nullptr) {
    environment_.snapshot->KeepKeyspace(index_, std::move(old), owned_bytes);
  } else {
    graveyard_.BuryKeyspace(std::move(old), owned_bytes);
  }
  if (auto names = field_deadlines_.Clear(); names && names->size() > Graveyard::kFreedAtOnce) {
    graveyard_.BuryValue(std::move(names));
  }
  due_hashes_.clear();
  payload_bytes_ = 0;
  average_ttl_ms_ = 0;
  return keys;
}

void Keyspace::SwapWith(Keyspace& other) {
  std::swap(table_, other.table_);
  std::swap(owned_bytes_, other.owned_bytes_);
  std::swap(payload_bytes_, other.payload_bytes_);
  std::swap(expiry_cursor_, other.expiry_cursor_);
  std::swap(upkeep_cursor_, other.upkeep_cursor_);
  std::swap(eviction_cursor_, other.eviction_cursor_);
  std::swap(average_ttl_ms_, other.average_ttl_ms_);
  field_deadlines_.SwapWith(other.field_deadlines_);
  due_hashes_.clear();
  other.due_hashes_.clear();
}

// --- Deadlines --------------------------------------------------------------------------------

std::optional<uint64_t> Keyspace::DeadlineOf(const Hashed& key, Access access) {
  const Found found = FindToRead(key, access);
  if (!found) return std::nullopt;
  return found.entry.deadline_ms;
}

bool Keyspace::SetDeadline(const Hashed& key, uint64_t deadline_ms) {
  const Found found = FindToWrite(key);
  if (!found) return false;
  MarkWritten(found);
  if (deadline_ms == 0) {
    if (found.entry.deadline_ms == 0) return true;
    table_->SetDeadline(found.position, 0);
    Notify(key, Event::kPersist, 1);
  } else if (deadline_ms <= NowMs()) {
    Drop(found.position);
    Notify(key, Event::kDel, 1);
  } else {
    table_->SetDeadline(found.position, deadline_ms);
    Notify(key, Event::kExpire, 1);
  }
  return true;
}

// --- Ahead of a batch -------------------------------------------------------------------------

void Keyspace::PrefetchDirectory(uint64_t key_hash) const {
  table_->PrefetchDirectory(key_hash);
}

void Keyspace::PrefetchBucket(uint64_t key_hash) const {
  table_->PrefetchBucket(key_hash);
}

void Keyspace::PrefetchEntry(uint64_t key_hash) const {
  table_->PrefetchEntry(key_hash);
}

const Table* Keyspace::Locate(Hashed& key) {
  if (memos_ == nullptr) memos_ = std::make_unique<std::array<Memo, kMemos>>();
  key.memo = next_memo_++ % kMemos;
  Memo& memo = (*memos_)[key.memo];
  memo.version = table_->version();
  Found& found = memo.found;
  key.located = found.position = table_->Find(key, found.entry);
  if (!key.located) return nullptr;
  const StoredValue stored(found.entry.value);
  if (stored.is_table()) return stored.table();
  if (stored.is_blob()) PrefetchBytes(static_cast<const char*>(stored.pointer()), kMostOfABlob);
  return nullptr;
}

}  // namespace thimble
