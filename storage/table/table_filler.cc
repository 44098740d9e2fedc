#include "storage/table/table_filler.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "storage/common/check.h"

namespace thimble {
namespace {

// What stands before the stored bytes of an entry that waits.
struct WaitingHead {
  uint64_t hash;  // By the process's key.
  uint8_t key_code;
  uint8_t value_code;
} __attribute__((packed));
// And then, where the table has clocks.
struct WaitingClocks {
  uint64_t deadline_ms;
  uint16_t clock;
} __attribute__((packed));

// So many entries a part at least.
constexpr size_t kMinPartEntries = 1024;
// What a bucket takes for an entry beside its stored bytes: tag and codes.
constexpr size_t kBesideStored = 3;
// And of its bytes one in so many is head, or unused.
constexpr size_t kPartOfBucketUnused = 16;

bool EqualCells(const Cell& a, const Cell& b) {
  if (a.code != b.code) return false;
  if (a.code == kLongCode) return LoadLong(a.data)->bytes() == LoadLong(b.data)->bytes();
  return EqualBytes(a.data, b.data, a.size());
}

template <class T>
T Load(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

}  // namespace

TableFiller::TableFiller(Table& table, size_t expected)
    : table_(table),
      expected_(expected),
      has_clocks_(table.traits().clocks),
      head_bytes_(sizeof(WaitingHead) + (has_clocks_ ? sizeof(WaitingClocks) : 0)),
      parts_(std::clamp(std::bit_floor(expected / kMinPartEntries), size_t{1}, kMostParts)) {}

TableFiller::~TableFiller() {
  for (Part& part : parts_) {
    ForEachIn(part, [&](const char*, const Slot& slot) { Drop(slot); });
    Free(part);
  }
}

// --- Waiting
// --------------------------------------------------------------------------------------

char* TableFiller::Room(Part& part, size_t bytes) {
  const auto is_full = [bytes](const Chunk& chunk) {
    return sizeof chunk.bytes - chunk.used < bytes;
  };
  if (part.begun == 0 || is_full(*part.chunks[part.begun - 1])) [[unlikely]] {
    if (part.begun == part.chunks.size()) {
      for (size_t i = 0; i < kChunksAtOnce; ++i) {
        part.chunks.push_back(reinterpret_cast<Chunk*>(process_slabs.Allocate(sizeof(Chunk))));
      }
    }
    part.chunks[part.begun++]->used = 0;
  }
  Chunk& chunk = *part.chunks[part.begun - 1];
  char* const room = chunk.bytes + chunk.used;
  chunk.used += static_cast<uint32_t>(bytes);
  return room;
}

void TableFiller::Free(Part& part) {
  for (Chunk* const chunk : part.chunks) {
    process_slabs.Free(reinterpret_cast<char*>(chunk), sizeof(Chunk));
  }
  part = {};
}

void TableFiller::Add(const Hashed& key, Bytes value, uint64_t deadline_ms, uint16_t clock) {
  THIMBLE_DCHECK(value.empty() || table_.traits().values);
  const uint64_t hash = key.hash != Hashed::kUnknown ? key.hash : table_.hash_key().Hash(key.bytes);
  BlobAllocator& allocator = table_.editor_.allocator();
  CellMaker key_maker;
  CellMaker value_maker;
  const Cell key_cell = key_maker.Make(key.bytes, hash, allocator);
  const Cell value_cell = value_maker.Make(value, 0, allocator);
  Part& part = parts_[table_.current_.addressing.Address(hash) % parts_.size()];
  const size_t stored = key_cell.size() + value_cell.size();
  char* out = Room(part, head_bytes_ + stored);
  const WaitingHead head{hash, key_cell.code, value_cell.code};
  std::memcpy(out, &head, sizeof head);
  out += sizeof head;
  if (has_clocks_) {
    const WaitingClocks clocks{deadline_ms, clock};
    std::memcpy(out, &clocks, sizeof clocks);
    out += sizeof clocks;
  }
  CopyBytes(out, key_cell.data, key_cell.size());
  CopyBytes(out + key_cell.size(), value_cell.data, value_cell.size());
  ++part.entries;
  ++waiting_;
  waiting_bytes_ += head_bytes_ + stored;
}

Slot TableFiller::SlotOf(const char* entry) const {
  const auto head = Load<WaitingHead>(entry);
  entry += sizeof head;
  Slot slot;
  slot.address = table_.current_.addressing.Address(head.hash);
  slot.tag = TagOf(slot.address);
  if (has_clocks_) {
    const auto clocks = Load<WaitingClocks>(entry);
    entry += sizeof clocks;
    slot.deadline_ms = clocks.deadline_ms;
    slot.clock = clocks.clock;
  }
  slot.key = {head.key_code, entry};
  slot.value = {head.value_code, entry + slot.key.size()};
  return slot;
}

// Calls visit(entry, slot).
template <class Visit>
void TableFiller::ForEachIn(const Part& part, Visit visit) const {
  for (const Chunk* const chunk : std::span(part.chunks).first(part.begun)) {
    const char* const end = chunk->bytes + chunk->used;
    for (const char* entry = chunk->bytes; entry != end;) {
      const Slot slot = SlotOf(entry);
      visit(entry, slot);
      entry = slot.value.data + slot.value.size();
    }
  }
}

// --- Entering
// -------------------------------------------------------------------------------------

void TableFiller::EnterPart(Refused refused) {
  if (table_.empty()) MakeReady();
  const size_t number = std::exchange(next_part_, (next_part_ + 1) % parts_.size());
  Part& part = parts_[number];
  if (CanEnterByPairs()) {
    EnterByPairs(part, number, refused);
  } else {
    ForEachIn(part, [&](const char*, const Slot& slot) { EnterOne(slot, refused); });
  }
  waiting_ -= part.entries;
  for (const Chunk* const chunk : std::span(part.chunks).first(part.begun)) {
    waiting_bytes_ -= chunk->used;
  }
  Free(part);
}

// What is still to come will be as long as what waits.
void TableFiller::MakeReady() {
  if (waiting_ == 0) return;
  const size_t entries = std::max(expected_, waiting_);
  const size_t bytes = waiting_bytes_ / waiting_ - head_bytes_ + kBesideStored;
  table_.Reserve(entries, entries * (bytes + bytes / kPartOfBucketUnused));
}

// A part is then one pair in so many, and the addresses are the hashes.
bool TableFiller::CanEnterByPairs() const {
  return table_.PlainDirectory() != nullptr && !table_.current_.overfull &&
         table_.current_.pairs() >= parts_.size();
}

void TableFiller::EnterByPairs(const Part& part, size_t first_pair, Refused refused) {
  const Directory& directory = table_.current_;
  const size_t stride = parts_.size();
  const auto place_of = [&](const Slot& slot) {
    return 2 * (directory.PairOf(slot.address) / stride) + HalfOf(slot.address);
  };
  ends_.assign(2 * (directory.pairs() / stride + 1), 0);
  ForEachIn(part, [&](const char*, const Slot& slot) { ++ends_[place_of(slot)]; });
  uint32_t end = 0;
  for (uint32_t& count : ends_) count = std::exchange(end, end + count);  // Where each begins.
  sorted_.resize(part.entries);
  ForEachIn(part,
            [&](const char* entry, const Slot& slot) { sorted_[ends_[place_of(slot)]++] = entry; });

  size_t begin = 0;
  for (size_t place = 0; begin < sorted_.size(); begin = ends_[place++]) {
    const auto entries = std::span<const char* const>(sorted_).subspan(begin, ends_[place] - begin);
    if (entries.empty()) continue;
    EnterBucket(2 * (place / 2 * stride + first_pair) + place % 2, entries, refused);
  }
  table_.generation_ = Table::NextGeneration();
  for (size_t i = 0; i < 2 * sorted_.size() && table_.NeedsSplit(); ++i) table_.SplitPair();
  for (const char* const entry : late_) EnterOne(SlotOf(entry), refused);
  late_.clear();
}

// Enters entries that prefer this bucket. Those of a crowded one come later: by then the directory
// may change.
void TableFiller::EnterBucket(size_t bucket, std::span<const char* const> entries,
                              Refused refused) {
  if (entries.size() > slots_.size() || table_.current_.overfull) [[unlikely]] {
    late_.insert(late_.end(), entries.begin(), entries.end());
    return;
  }
  const bool has_old = !table_.current_.At(bucket).empty();
  uint64_t tags_seen = 0;  // A bit for the low bits of each.
  size_t count = 0;
  for (const char* const entry : entries) {
    Slot& slot = slots_[count] = SlotOf(entry);
    const uint64_t bit = uint64_t{1} << slot.tag % 64;
    const auto is_same = [&](const Slot& other) {
      return other.address == slot.address && EqualCells(other.key, slot.key);
    };
    const bool is_repeated =
        (tags_seen & bit) != 0 && std::any_of(slots_.begin(), slots_.begin() + count, is_same);
    if (is_repeated || (has_old && !IsNew(slot))) [[unlikely]] {
      Refuse(slot, refused);
      continue;
    }
    tags_seen |= bit;
    if (slot.deadline_ms != 0) table_.NoteDeadline(slot.deadline_ms);
    ++count;
  }
  table_.PlaceAll(bucket, std::span(slots_).first(count));
}

bool TableFiller::IsNew(const Slot& slot) const {
  return !table_.FindIn(table_.current_, slot.address, KeyProbe(slot.key), nullptr);
}

// By the usual way: for a table that is small, or salted.
void TableFiller::EnterOne(const Slot& slot, Refused refused) {
  char key_digits[Text::kMaxDigits];
  char value_digits[Text::kMaxDigits];
  const Hashed key{slot.key.ToBytes(key_digits)};
  if (table_.Contains(key)) return Refuse(slot, refused);
  table_.Insert(key, slot.value.ToBytes(value_digits), slot.deadline_ms, slot.clock);
  Drop(slot);
}

void TableFiller::Refuse(const Slot& slot, Refused refused) {
  TableEntry entry;
  entry.key = slot.key.ToText();
  entry.value = slot.value.ToText();
  entry.deadline_ms = slot.deadline_ms;
  entry.clock = slot.clock;
  refused(entry);
  Drop(slot);
}

void TableFiller::Drop(const Slot& slot) {
  FreeCell(slot.key, table_.editor_.allocator());
  FreeCell(slot.value, table_.editor_.allocator());
}

}  // namespace thimble
