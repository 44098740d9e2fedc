#include "storage/table/table.h"

#include <algorithm>
#include <utility>

#include "storage/common/check.h"
#include "storage/common/prefetch.h"

namespace thimble {

// The key of an entry that is about to move: enough to find it again, whatever happens to its
// bucket. Long strings stay where they are, until blocks are compacted; short ones are copied.
struct Table::StableKey {
  StableKey(const BucketView& view, unsigned slot, const Addressing& addressing)
      : is_long(view.KeyCode(slot) == kLongCode), from(addressing) {
    const Text text = view.Entry(slot).key;
    if (is_long) {
      base = LoadLong(view.KeyCell(slot).data)->hash;
      bytes = text.tail();
    } else {
      bytes = Bytes(copy, static_cast<size_t>(text.CopyTo(copy) - copy));
    }
  }

  bool is_long;
  Addressing from;
  uint64_t base = 0;  // Of a long string, under `from`.
  Bytes bytes;
  char copy[kMaxStoredBytes + 1];
};

Table::Table(const HashKey& key, TableTraits traits)
    : key_(&key), editor_(traits), current_(&editor_.allocator()) {
  THIMBLE_CHECK(traits.values || !traits.clocks);
}

Table::~Table() {
  if (watcher_ != nullptr) std::exchange(watcher_, nullptr)->BeforeEnd();
  for (Directory* directory : {old_.get(), &current_}) {
    if (directory == nullptr) continue;
    for (size_t i = 0; i < directory->buckets(); ++i) FreeBucket(*directory, i);
  }
}

size_t Table::MemoryBytes() const {
  return sizeof(Table) + editor_.allocator().bytes() + current_.ListBytes() +
         (old_ ? sizeof(Directory) + old_->ListBytes() : 0);
}

// --- Looking -----------------------------------------------------------------------------------

[[gnu::always_inline]] inline TablePosition Table::FindIn(const Directory& directory, uint64_t base,
                                                          const KeyProbe& probe,
                                                          TableValue* value) const {
  const uint64_t address = directory.addressing.Address(base);
  const TableTraits traits = editor_.traits();
  size_t bucket = directory.BucketOf(address);
  const BucketRef ref = directory.At(bucket);
  if (ref.empty()) return {};
  unsigned slot = BucketView::Find(ref, traits, TagOf(address), probe, base, value);
  if (slot == BucketView::kNotFound && BucketView::IsSpilled(ref)) [[unlikely]] {
    bucket ^= 1;
    const BucketRef other = directory.At(bucket);
    if (other.empty()) return {};
    slot = BucketView::Find(other, traits, TagOf(address), probe, base, value);
  }
  if (slot == BucketView::kNotFound) return {};
  const uint32_t mark = &directory == &current_ ? 0 : kOldBit;
  return TablePosition(static_cast<uint32_t>(bucket) | mark, slot, generation_);
}

inline void Table::CheckPosition(TablePosition position) const {
  THIMBLE_DCHECK(position && position.generation_ == generation_);
  THIMBLE_DCHECK(position.slot() < RefAt(position).count());
  (void)position;
}

TableEntry Table::At(TablePosition position) const {
  CheckPosition(position);
  return BucketView(RefAt(position), editor_.traits()).Entry(position.slot());
}

[[gnu::always_inline]] inline TablePosition Table::FindAnew(const Hashed& key,
                                                            TableValue* value) const {
  const KeyProbe probe(key.bytes);
  const TablePosition position =
      FindIn(current_, current_.addressing.Base(key, *key_), probe, value);
  if (position || !old_) [[likely]]
    return position;
  return FindIn(*old_, old_->addressing.Base(key, *key_), probe, value);
}

bool Table::HasCell(const Cell& key, uint64_t base) const {
  return static_cast<bool>(FindIn(current_, base, KeyProbe(key), nullptr));
}

TablePosition Table::Find(const Hashed& key) const {
  if (IsGood(key.located)) return key.located;
  return FindAnew(key, nullptr);
}

TablePosition Table::Find(const Hashed& key, TableValue& value) const {
  if (!IsGood(key.located)) return FindAnew(key, &value);
  BucketView::ReadValueOf(RefAt(key.located), editor_.traits(), key.located.slot(), value);
  return key.located;
}

std::optional<Text> Table::Get(const Hashed& key) const {
  TableValue value;
  if (!Find(key, value)) return std::nullopt;
  return value.value;
}

// The address of a stored key. Only short strings are hashed again.
uint64_t Table::AddressOf(const Directory& directory, const Cell& key) const {
  if (key.code == kLongCode) return directory.addressing.Address(LoadLong(key.data)->hash);
  char digits[Text::kMaxDigits];
  const Hashed unhashed{key.ToBytes(digits)};
  return directory.addressing.Address(directory.addressing.Base(unhashed, *key_));
}

// The address in the current directory of a key that was stored under another addressing. A long
// string's hash changes with it.
uint64_t Table::AdoptKey(const Cell& key, const Addressing& from) {
  if (key.code == kLongCode && !current_.addressing.SharesBaseWith(from)) {
    LongString* const string = LoadLong(key.data);
    string->hash = current_.addressing.Base(Hashed{string->bytes()}, *key_);
  }
  return AddressOf(current_, key);
}

// Where the entry of that key is by now.
TablePosition Table::Refind(const StableKey& key) const {
  const KeyProbe probe(key.bytes);
  const auto find = [&](const Directory& directory) {
    const bool known = key.is_long && directory.addressing.SharesBaseWith(key.from);
    const uint64_t base = known ? key.base : directory.addressing.Base(Hashed{key.bytes}, *key_);
    return FindIn(directory, base, probe, nullptr);
  };
  const TablePosition position = find(current_);
  return position || !old_ ? position : find(*old_);
}

// --- Changing ----------------------------------------------------------------------------------

void Table::NoteDeadline(uint64_t deadline_ms) {
  if (deadlines_++ == 0) earliest_deadline_ = deadline_ms;
  earliest_deadline_ = std::min(earliest_deadline_, deadline_ms);
  sweep_earliest_ = std::min(sweep_earliest_, deadline_ms);
}

TablePosition Table::Insert(const Hashed& key, Bytes value, uint64_t deadline_ms, uint16_t clock) {
  THIMBLE_DCHECK(!Find(key));
  THIMBLE_DCHECK(value.empty() || editor_.traits().values);
  BeforeInsert();
  CellMaker key_maker;
  CellMaker value_maker;
  const uint64_t base = current_.addressing.Base(key, *key_);
  Slot slot;
  slot.key = key_maker.Make(key.bytes, base, editor_.allocator());
  slot.value = value_maker.Make(value, 0, editor_.allocator());
  slot.address = current_.addressing.Address(base);
  slot.deadline_ms = deadline_ms;
  slot.clock = clock;
  if (deadline_ms != 0) NoteDeadline(deadline_ms);
  generation_ = NextGeneration();
  return Place(slot);
}

TablePosition Table::Replace(TablePosition position, Bytes value) {
  CellMaker maker;
  return ReplaceCell(position, maker.Make(value, 0, editor_.allocator()));
}

TablePosition Table::Replace(TablePosition position, int64_t value) {
  CellMaker maker;
  return ReplaceCell(position, maker.Make(value));
}

TablePosition Table::ReplaceCell(TablePosition position, const Cell& value) {
  CheckPosition(position);
  ++changes_;
  Directory& directory = DirectoryOf(position);
  const size_t bucket = position.bucket() & ~kOldBit;
  Announce(directory, bucket);
  BucketRef ref = directory.At(bucket);
  // Of the same stored size, the most frequent change: nothing else in the table moves.
  if (!old_ && BucketView::Overwrite(ref, editor_.traits(), position.slot(), value)) [[likely]]
    return position;
  const BucketView view(ref, editor_.traits());
  if (view.ValueCode(position.slot()) == kLongCode) {
    FreeCell(view.ValueCell(position.slot()), editor_.allocator());
  }

  const size_t max_bytes = std::max(kMaxBytes, ref.bytes());
  if (editor_.ReplaceValue(ref, position.slot(), value, max_bytes)) {
    SetBucket(directory, bucket, ref);
    if (!old_ && !NeedsSplit()) [[likely]]
      return position;
    const StableKey key(BucketView(ref, editor_.traits()), position.slot(), directory.addressing);
    MakeRoomForInsert();
    generation_ = NextGeneration();
    const TablePosition found = Refind(key);
    CompactAfterWrite();  // Positions stay good, a key's long string does not.
    return found;
  }

  // Too large for its bucket now: it has to be placed again, with a key that outlives the bucket.
  SlotList room;
  Slot slot = view.DecodeSlot(position.slot(), room);
  char stored[kMaxStoredBytes];
  std::memcpy(stored, slot.key.data, slot.key.size());
  slot.key.data = stored;
  slot.value = value;
  const Addressing from = directory.addressing;
  EraseSlot(position);
  BeforeInsert();
  slot.address = AdoptKey(slot.key, from);
  generation_ = NextGeneration();
  return Place(slot);
}

std::optional<int64_t> Table::AddInPlace(const Hashed& key, int64_t increment) {
  THIMBLE_DCHECK(editor_.traits().values && !editor_.traits().clocks);
  if (old_) [[unlikely]]
    return std::nullopt;
  const uint64_t base = current_.addressing.Base(key, *key_);
  const uint64_t address = current_.addressing.Address(base);
  const size_t bucket = current_.BucketOf(address);
  const BucketRef ref = current_.At(bucket);
  if (ref.empty()) return std::nullopt;
  Announce(current_, bucket);
  ++changes_;
  return BucketView::AddInPlace(ref, TagOf(address), KeyProbe(key.bytes), base, increment);
}

// Takes the entry out of its bucket; its long strings live on. REQUIRES: that was announced.
void Table::EraseSlot(TablePosition position) {
  Directory& directory = DirectoryOf(position);
  const size_t bucket = position.bucket() & ~kOldBit;
  BucketRef ref = directory.At(bucket);
  const bool spilled = BucketView::IsSpilled(ref);
  editor_.Erase(ref, position.slot());
  SetBucket(directory, bucket, ref);
  // Well before it is empty and its flag is lost.
  if (spilled && ref.count() <= kMaxTags * 3 / 4 && ref.bytes() <= kMaxBytes * 3 / 4) {
    BringHome(directory, bucket / 2);
  }
}

void Table::Erase(TablePosition position) {
  CheckPosition(position);
  Announce(position);
  const BucketView view(RefAt(position), editor_.traits());
  FreeLongStrings(view, position.slot());
  if (view.Deadline(position.slot()) != 0) --deadlines_;
  EraseSlot(position);
  generation_ = NextGeneration();
  AfterErase();
}

TablePosition Table::SetDeadline(TablePosition position, uint64_t deadline_ms) {
  CheckPosition(position);
  if (deadlines_ == 0 && deadline_ms == 0) return position;
  ++changes_;
  Directory& directory = DirectoryOf(position);
  const size_t bucket = position.bucket() & ~kOldBit;
  Announce(directory, bucket);
  BucketRef ref = directory.At(bucket);
  if (BucketView(ref, editor_.traits()).Deadline(position.slot()) != 0) --deadlines_;
  if (deadline_ms != 0) NoteDeadline(deadline_ms);
  editor_.SetDeadline(ref, position.slot(), deadline_ms);
  SetBucket(directory, bucket, ref);
  return position;
}

void Table::SetClock(TablePosition position, uint16_t clock) {
  CheckPosition(position);
  THIMBLE_DCHECK(editor_.traits().clocks);
  editor_.SetClock(RefAt(position), position.slot(), clock);
}

uint16_t Table::ClockOf(TablePosition position) const {
  CheckPosition(position);
  THIMBLE_DCHECK(editor_.traits().clocks);
  return BucketView(RefAt(position), {.values = true, .clocks = true}).Clock(position.slot());
}

bool Table::Set(const Hashed& key, Bytes value) {
  const TablePosition position = Find(key);
  if (!position) return Insert(key, value), true;
  SetDeadline(Replace(position, value), 0);
  return false;
}

bool Table::Remove(const Hashed& key) {
  const TablePosition position = Find(key);
  if (position) Erase(position);
  return static_cast<bool>(position);
}

// --- Ahead of a batch --------------------------------------------------------------------------

void Table::PrefetchDirectory(uint64_t hash) const {
  if (current_.addressing.mode == Addressing::Mode::kSip) return;
  Prefetch(&current_.At(current_.BucketOf(current_.addressing.Address(hash))));
}

void Table::PrefetchBucket(uint64_t hash) const {
  if (current_.addressing.mode == Addressing::Mode::kSip) return;
  const BucketRef ref = current_.At(current_.BucketOf(current_.addressing.Address(hash)));
  // Tags and codes; where the entry is, they tell.
  constexpr size_t kHeadBytes = 128;
  PrefetchBytes(ref.blob(), std::min(ref.bytes(), kHeadBytes));
}

void Table::PrefetchEntry(uint64_t hash) const {
  if (current_.addressing.mode == Addressing::Mode::kSip) return;
  const uint64_t address = current_.addressing.Address(hash);
  const BucketRef ref = current_.At(current_.BucketOf(address));
  if (ref.empty()) return;
  BucketView::PrefetchEntry(ref, editor_.traits(), TagOf(address));
}

}  // namespace thimble
