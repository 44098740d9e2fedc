#include <algorithm>
#include <utility>

#include "storage/common/check.h"
#include "storage/keyspace/keyspace.h"

namespace thimble {
namespace {

// Scratch memory beyond this goes back to the allocator rather than to the next edit.
constexpr size_t kMaxScratchBytes = size_t{64} << 10U;
// Nobody has more edits open at a time.
constexpr size_t kMaxScratchBuffers = 4;
// A text built in scratch memory that is at most this long is copied into a blob of its exact size;
// a longer one keeps the memory it was built in.
constexpr size_t kMaxCopiedTextBytes = 4096;

}  // namespace

// --- Beginning --------------------------------------------------------------------------------

template <class V>
Result<KeyEdit<V>> Keyspace::Edit(const Hashed& key) {
  const Found found = FindToWrite(key);
  if (found) MarkWritten(found);
  return EditFound<V>(key, found);
}

template <class V>
[[gnu::always_inline]] inline Result<KeyEdit<V>> Keyspace::EditFound(const Hashed& key,
                                                                     const Found& found) {
  StoredValue stored;
  if (found) {
    stored = StoredValue(found.entry.value);
    if (stored.type() != V::kType) return Errc::kWrongType;
    Announce(found.position, stored);
  }
  return Result<KeyEdit<V>>(std::in_place, *this, key, found.position, stored);
}

template <class V>
KeyEdit<V>::KeyEdit(Keyspace& keyspace, const Hashed& key, TablePosition position,
                    const StoredValue& stored)
    : state_(keyspace.BeginEdit(key, position, stored)), value_(keyspace.Open<V>(state_, stored)) {}

Result<KeyEdit<HashValue>> Keyspace::EditUnused(const Hashed& key, const Found& found) {
  return EditFound<HashValue>(key, found);
}

EditState Keyspace::BeginEdit(const Hashed& key, TablePosition position,
                              const StoredValue& stored) {
  EditState state{.keyspace = this, .key = key, .position = position};
  if (!position) return state;
  state.generation = table_->generation();
  state.existed = true;
  state.representation = stored.representation();
  state.value_bytes = stored.size();
  state.had_field_deadlines = stored.form() == Form::kTimedRun;
  if (stored.is_table()) {
    const Table* const table = stored.table();
    state.pointer = stored.pointer();
    state.owned_bytes = table->MemoryBytes();
    state.elements = table->size();
    state.had_field_deadlines = table->deadlines() != 0;
  } else if (stored.is_blob()) {
    state.pointer = stored.pointer();
    state.owned_bytes = ByteBuffer::MemoryBytesOf(state.pointer);
  }
  return state;
}

// Tables and blobs are taken over for the time of the edit; the rest is copied.
CollectionBody Keyspace::OpenCollection(const EditState& state, const StoredValue& stored) {
  CollectionBody body;
  if (!state.existed) {
    body.compact = TakeScratch();
    return body;
  }
  body.form = stored.form();
  body.shrunk = stored.shrunk();
  if (body.form == Form::kTable) {
    body.table.reset(static_cast<Table*>(state.pointer));
  } else if (state.pointer != nullptr) {
    body.compact = ByteBuffer::Adopt(state.pointer);
  } else {
    const Text payload = stored.payload();
    body.compact = TakeScratch();
    body.compact.Append(payload.head());
    body.compact.Append(payload.tail());
  }
  return body;
}

template <>
[[gnu::always_inline]] inline HashValue Keyspace::Open<HashValue>(const EditState& state,
                                                                  const StoredValue& stored) {
  const uint64_t now_ms = state.had_field_deadlines ? NowMs() : 0;
  return {OpenCollection(state, stored), environment_.hash_key, environment_.limits, now_ms};
}

template <>
SetValue Keyspace::Open<SetValue>(const EditState& state, const StoredValue& stored) {
  return {OpenCollection(state, stored), environment_.hash_key, environment_.limits};
}

template <>
StringValue Keyspace::Open<StringValue>(const EditState& state, const StoredValue& stored) {
  if (!state.existed) return StringValue(TakeScratch());
  if (state.representation == Representation::kInteger) return StringValue(stored.integer());
  if (state.pointer != nullptr) {
    return {ByteBuffer::Adopt(state.pointer), false, WatcherOf(state.pointer)};
  }
  ByteBuffer bytes = TakeScratch();
  bytes.Append(stored.payload().head());
  bytes.Append(stored.payload().tail());
  return {std::move(bytes), state.representation == Representation::kEditedText};
}

std::optional<int64_t> Keyspace::AddInPlace(const Hashed& key, const Hashed& field,
                                            int64_t increment, Event event) {
  const Found found = FindToWrite(key);
  if (!found) return std::nullopt;
  const StoredValue stored(found.entry.value);
  if (stored.representation() != Representation::kHashTable) return std::nullopt;
  if (stored.table()->deadlines() != 0) return std::nullopt;
  Announce(found.position);
  const std::optional<int64_t> sum = stored.table()->AddInPlace(field, increment);
  if (!sum) return std::nullopt;
  MarkUsed(found);
  Notify(key, event, 1);
  return sum;
}

// --- Ending -----------------------------------------------------------------------------------

template <class V>
void KeyEdit<V>::Commit(Event event, size_t changes, std::optional<Event> then) {
  THIMBLE_CHECK(!state_.closed);
  Keyspace& keyspace = *state_.keyspace;
  Close();
  keyspace.Notify(state_.key, event, changes);
  if (then) keyspace.Notify(state_.key, *then, 0);
  if (state_.emptied) keyspace.Notify(state_.key, Event::kDel, 0);
}

template <class V>
KeyEdit<V>::~KeyEdit() {
  Keyspace& keyspace = *state_.keyspace;
  if (!state_.closed) {
    Close();
    if (state_.emptied) keyspace.Notify(state_.key, Event::kDel, 0);
  }
  THIMBLE_CHECK(!value_.changed());  // A change after Commit would be lost, or worse.
  keyspace.Recycle(value_);
}

template <class V>
[[gnu::always_inline]] inline void KeyEdit<V>::Close() {
  state_.keyspace->Close(state_, value_);
  if constexpr (V::kType == ObjectType::kHash) {
    if (state_.had_field_deadlines) [[unlikely]]
      state_.keyspace->FinishExpired(state_, value_);
  }
}

template Result<KeyEdit<StringValue>> Keyspace::Edit<StringValue>(const Hashed&);
template Result<KeyEdit<HashValue>> Keyspace::Edit<HashValue>(const Hashed&);
template Result<KeyEdit<SetValue>> Keyspace::Edit<SetValue>(const Hashed&);
template class KeyEdit<StringValue>;
template class KeyEdit<HashValue>;
template class KeyEdit<SetValue>;

// A hash whose fields have all expired is gone, as it would be if the timer had come by before:
// what the edit made of it is a new one, without the deadline of the key.
void Keyspace::FinishExpired(EditState& state, HashValue& value) {
  const bool is_new = value.HasExpired() && !state.emptied;
  NotifyExpired(state.key, value.TakeExpired());
  if (!is_new) return;
  if (const TablePosition position = table_->Find(state.key)) table_->SetDeadline(position, 0);
  Notify(state.key, Event::kDel, 0);
}

// Close puts the outcome into the table, once. What the entry owns afterwards is released from the
// value, whose view of it stays good; what the value still owns is garbage, for Recycle.

void Keyspace::Close(EditState& state, HashValue& value) {
  if (value.changed()) {
    const uint64_t earliest_ms = value.earliest_deadline();
    CloseCollection(state, value.body(), ObjectType::kHash, value.stored_size());
    if (earliest_ms != 0 || state.had_field_deadlines) [[unlikely]]
      field_deadlines_.Set(state.key, earliest_ms);
  } else if (state.pointer != nullptr) {
    static_cast<void>(value.body().table.release());
    value.body().compact.Release();
  }
  value.MarkStored();
  state.closed = true;
}

void Keyspace::Close(EditState& state, SetValue& value) {
  if (value.changed()) {
    CloseCollection(state, value.body(), ObjectType::kSet, value.size());
  } else if (state.pointer != nullptr) {
    static_cast<void>(value.body().table.release());
    value.body().compact.Release();
  }
  value.MarkStored();
  state.closed = true;
}

void Keyspace::Close(EditState& state, StringValue& value) {
  state.closed = true;
  if (!value.changed()) {
    if (state.pointer != nullptr) value.bytes().Release();
    return;
  }
  size_t owned_bytes = 0;
  const ValueToStore stored = SettleText(state, value, &owned_bytes);
  Store(state, stored, owned_bytes);
  if (value.watcher() != nullptr) value.watcher()->OnMove(stored.pointer());
  value.MarkStored();
}

void Keyspace::CloseCollection(EditState& state, CollectionBody& body, ObjectType type,
                               size_t elements) {
  // A table that was one before (only tables count their elements): a new one may well have been
  // given the address of the blob it replaces.
  const bool same_table = state.elements > 0 && body.table.get() == state.pointer;
  if (same_table && elements >= state.elements) [[likely]] {
    // It stays where it is: the entry says so already.
    owned_bytes_ += body.table->MemoryBytes() - state.owned_bytes;
    (void)body.table.release();
    return;
  }
  if (elements > 0) {
    size_t owned_bytes = 0;
    const ValueToStore stored = Settle(state, body, type, &owned_bytes);
    Store(state, stored, owned_bytes);
    return;
  }
  if (!state.existed) return;
  // The value owns what the entry pointed to, and maybe no longer there: only the entry goes.
  const TablePosition position = table_->Find(state.key);
  THIMBLE_CHECK(position);
  payload_bytes_ -= state.key.bytes.size() + state.value_bytes;
  owned_bytes_ -= state.owned_bytes;
  table_->Erase(position);
  state.emptied = true;
}

// Decides where a collection that has elements is kept, and releases it there.
ValueToStore Keyspace::Settle(const EditState& state, CollectionBody& body, ObjectType type,
                              size_t* owned_bytes) {
  if (body.form == Form::kTable) {
    if (body.table->size() < state.elements) body.table->Maintain();
    *owned_bytes = body.table->MemoryBytes();
    return ValueToStore::Pointer(RepresentationOf(type, body, false), body.table.release());
  }
  const bool was_blob = state.pointer != nullptr && state.elements == 0;
  const size_t limit = was_blob ? kMaxEmbeddedBytes / 2 : kMaxEmbeddedBytes;
  if (body.compact.size() <= limit) {
    return ValueToStore::Embedded(RepresentationOf(type, body, false), body.compact.bytes());
  }
  const bool fits_well = body.compact.capacity() <= 2 * body.compact.size();
  ByteBuffer blob =
      was_blob && fits_well ? std::move(body.compact) : ByteBuffer::CopyOf(body.compact.bytes());
  *owned_bytes = blob.MemoryBytes();
  return ValueToStore::Pointer(RepresentationOf(type, body, true), blob.Release());
}

ValueToStore Keyspace::SettleText(const EditState& state, StringValue& value, size_t* owned_bytes) {
  if (value.text().is_integer()) return ValueToStore::Integer(value.text().integer());
  ByteBuffer& bytes = value.bytes();
  // A blob whose string was edited stays one: the entry's byte need not say so, its length does.
  const bool stays_blob = state.pointer != nullptr && value.edited();
  if (bytes.size() <= kMaxEmbeddedTextBytes && !stays_blob) {
    const auto representation =
        value.edited() ? Representation::kEditedText : Representation::kText;
    return ValueToStore::Embedded(representation, bytes.bytes());
  }
  const bool keep_memory = state.pointer != nullptr || bytes.size() > kMaxCopiedTextBytes;
  ByteBuffer blob = keep_memory ? std::move(bytes) : ByteBuffer::CopyOf(bytes.bytes());
  *owned_bytes = blob.MemoryBytes();
  return ValueToStore::Pointer(Representation::kTextBlob, blob.Release());
}

// Writes the entry unless it says the same already.
void Keyspace::Store(const EditState& state, const ValueToStore& value, size_t owned_bytes) {
  const Bytes bytes = value.bytes();
  owned_bytes_ += owned_bytes - state.owned_bytes;
  if (!state.existed) {
    payload_bytes_ += state.key.bytes.size() + bytes.size();
    table_->Insert(state.key, bytes, 0, AccessClockNow().Fresh());
    NotifyNew(state.key);
    return;
  }
  if (state.pointer != nullptr &&
      bytes == ValueToStore::Pointer(state.representation, state.pointer).bytes()) {
    return;
  }
  payload_bytes_ += bytes.size() - state.value_bytes;
  const bool fresh = state.generation == table_->generation();
  const TablePosition position = fresh ? state.position : table_->Find(state.key);
  THIMBLE_CHECK(position);
  table_->Replace(position, bytes);
}

// --- Scratch memory ---------------------------------------------------------------------------

void Keyspace::RecycleBody(CollectionBody& body) {
  if (body.compact.block() != nullptr) ReturnScratch(std::move(body.compact));
  Discard(std::move(body));
}

ByteBuffer Keyspace::TakeScratch() {
  if (scratch_.empty()) return {};
  ByteBuffer buffer = std::move(scratch_.back());
  scratch_.pop_back();
  return buffer;
}

void Keyspace::ReturnScratch(ByteBuffer buffer) {
  if (buffer.block() == nullptr || buffer.capacity() > kMaxScratchBytes) return;
  if (scratch_.size() == kMaxScratchBuffers) return;
  buffer.Clear();
  scratch_.push_back(std::move(buffer));
}

}  // namespace thimble
