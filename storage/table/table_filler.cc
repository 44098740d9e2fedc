#include "storage/table/table_filler.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "storage/common/check.h"
#include "storage/common/prefetch.h"

namespace thimble {
namespace {

// What stands before the stored bytes of an entry that waits.
struct WaitingHead {
  uint64_t hash;  // By the process's key.
  uint8_t key_code;
  uint8_t value_code;
} __attribute__((packed));
// And then, where entries have clocks or deadlines.
struct WaitingTimes {
  uint64_t deadline_ms;
  uint16_t clock;
} __attribute__((packed));

// So many entries a part at least.
constexpr size_t kMinPartEntries = 1024;
// What a bucket takes for an entry beside its stored bytes: tag and codes.
constexpr size_t kBesideStored = 3;
// And of its bytes one in so many is head, or unused.
constexpr size_t kPartOfBucketUnused = 16;
// A part with fewer entries than one for so many of its pairs is entered one by one.
constexpr size_t kFewest = 8;
// In one step; a millisecond or two.
constexpr size_t kMostSplits = 2048;
// What is read of a part soon: in the order of memory, and by buckets.
constexpr size_t kBytesAhead = 512;
constexpr size_t kEntriesAhead = 8;

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

TableFiller::TableFiller(Table& table, size_t expected, FillBudget& budget, bool with_deadlines)
    : table_(table),
      budget_(budget),
      expected_(expected),
      has_times_(table.traits().clocks || with_deadlines),
      head_bytes_(sizeof(WaitingHead) + (has_times_ ? sizeof(WaitingTimes) : 0)),
      parts_(std::clamp(std::bit_floor(expected / kMinPartEntries), size_t{1}, kMostParts)),
      cursors_(parts_.size()) {}

TableFiller::~TableFiller() {
  for (size_t i = 0; i < parts_.size(); ++i) {
    Close(i);
    ForEachIn(parts_[i], [&](const char* entry, uint64_t) { Drop(SlotOf(entry)); });
    Free(parts_[i]);
  }
}

// --- Waiting -----------------------------------------------------------------------------------

char* TableFiller::Room(size_t part_number, size_t bytes) {
  Cursor& cursor = cursors_[part_number];
  if (static_cast<size_t>(cursor.end - cursor.at) < bytes) [[unlikely]]
    BeginChunk(part_number);
  char* const room = std::exchange(cursor.at, cursor.at + bytes);
  PrefetchBytes(cursor.at, bytes);  // Where this part's next entry will go.
  return room;
}

void TableFiller::BeginChunk(size_t part_number) {
  Close(part_number);
  Part& part = parts_[part_number];
  if (part.begun == part.chunks.size()) {
    for (size_t i = 0; i < kChunksAtOnce; ++i) {
      part.chunks.push_back(reinterpret_cast<Chunk*>(process_slabs.Allocate(sizeof(Chunk))));
    }
  }
  Chunk& chunk = *part.chunks[part.begun++];
  cursors_[part_number] = {chunk.bytes, chunk.bytes + sizeof chunk.bytes};
}

// Notes how much of the part's last chunk is in use.
void TableFiller::Close(size_t part_number) {
  Part& part = parts_[part_number];
  if (part.begun == 0) return;
  Chunk& chunk = *part.chunks[part.begun - 1];
  chunk.used = static_cast<uint32_t>(cursors_[part_number].at - chunk.bytes);
}

void TableFiller::Free(Part& part) {
  for (const Chunk* const chunk : std::span(part.chunks).first(part.begun)) {
    waiting_bytes_ -= chunk->used;
    budget_.waiting_bytes -= chunk->used;
  }
  for (Chunk* const chunk : part.chunks) {
    process_slabs.Free(reinterpret_cast<char*>(chunk), sizeof(Chunk));
  }
  part = {};
}

void TableFiller::Add(const Hashed& key, Bytes value, uint64_t deadline_ms, uint16_t clock) {
  THIMBLE_DCHECK(value.empty() || table_.traits().values);
  THIMBLE_DCHECK(has_times_ || (deadline_ms == 0 && clock == 0));
  const uint64_t hash = key.hash != Hashed::kUnknown ? key.hash : table_.hash_key().Hash(key.bytes);
  BlobAllocator& allocator = table_.editor_.allocator();
  CellMaker key_maker;
  CellMaker value_maker;
  const Cell key_cell = key_maker.Make(key.bytes, hash, allocator);
  const Cell value_cell = value_maker.Make(value, 0, allocator);
  const size_t stored = key_cell.size() + value_cell.size();
  char* out = Room(hash & (parts_.size() - 1), head_bytes_ + stored);
  const WaitingHead head{hash, key_cell.code, value_cell.code};
  std::memcpy(out, &head, sizeof head);
  out += sizeof head;
  if (has_times_) {
    const WaitingTimes times{deadline_ms, clock};
    std::memcpy(out, &times, sizeof times);
    out += sizeof times;
  }
  CopyBytes(out, key_cell.data, key_cell.size());
  CopyBytes(out + key_cell.size(), value_cell.data, value_cell.size());
  ++waiting_;
  waiting_bytes_ += head_bytes_ + stored;
  budget_.waiting_bytes += head_bytes_ + stored;
}

Slot TableFiller::SlotOf(const char* entry) const {
  const auto head = Load<WaitingHead>(entry);
  entry += sizeof head;
  Slot slot;
  slot.address = table_.current_.addressing.Address(head.hash);
  slot.tag = TagOf(slot.address);
  if (has_times_) {
    const auto times = Load<WaitingTimes>(entry);
    entry += sizeof times;
    slot.deadline_ms = times.deadline_ms;
    slot.clock = times.clock;
  }
  slot.key = {head.key_code, entry};
  slot.value = {head.value_code, entry + slot.key.size()};
  return slot;
}

template <class Visit>
void TableFiller::ForEachIn(const Part& part, Visit visit) const {
  for (const Chunk* const chunk : std::span(part.chunks).first(part.begun)) {
    const char* const end = chunk->bytes + chunk->used;
    for (const char* entry = chunk->bytes; entry != end;) {
      const auto head = Load<WaitingHead>(entry);
      Prefetch(entry + kBytesAhead);
      visit(entry, head.hash);
      entry += head_bytes_ + StoredSize(head.key_code) + StoredSize(head.value_code);
    }
  }
}

// --- Entering ----------------------------------------------------------------------------------

void TableFiller::EnterPart(Refused refused) {
  if (empty() || !MakeRoom()) return;
  while (parts_[next_part_].begun == 0) next_part_ = (next_part_ + 1) % parts_.size();
  Close(next_part_);
  Part& part = parts_[next_part_];
  entries_.clear();
  ForEachIn(part, [&](const char* entry, uint64_t hash) { entries_.push_back({entry, hash}); });
  if (CanEnterByPairs() && entries_.size() >= table_.current_.pairs() / parts_.size() / kFewest) {
    EnterByPairs(next_part_, refused);
  } else {
    for (const Entry& entry : entries_) late_.push_back(entry.at);
  }
  for (const char* const entry : late_) EnterOne(SlotOf(entry), refused);
  late_.clear();
  waiting_ -= entries_.size();
  Free(part);
  cursors_[next_part_] = {};
}

// Lets the directory grow before what crowds a few pairs is entered; in steps, if there is
// something in it. True when it is as large as it should be. In the beginning all that is to come
// is thought to be as long as what waits.
bool TableFiller::MakeRoom() {
  const size_t entries = has_begun_ ? waiting_ : std::max(expected_, waiting_);
  const size_t mean = waiting_bytes_ / waiting_ - head_bytes_ + kBesideStored;
  const size_t bytes = entries * (mean + mean / kPartOfBucketUnused);
  has_begun_ |= table_.GrowTowards(entries, std::min(bytes, budget_.source_bytes + waiting_bytes_),
                                   kMostSplits);
  return has_begun_;
}

// A part is then one pair in so many, and the addresses are the hashes.
bool TableFiller::CanEnterByPairs() const {
  return table_.PlainDirectory() != nullptr && !table_.current_.overfull &&
         table_.current_.pairs() >= parts_.size();
}

// By a counting sort.
void TableFiller::EnterByPairs(size_t first_pair, Refused refused) {
  const Directory& directory = table_.current_;
  const unsigned stride_bits = static_cast<unsigned>(std::countr_zero(parts_.size()));
  const auto place_of = [&](const Entry& entry) {
    return 2 * (directory.PairOf(entry.hash) >> stride_bits) + HalfOf(entry.hash);
  };
  ends_.assign(2 * ((directory.pairs() >> stride_bits) + 1), 0);
  for (const Entry& entry : entries_) ++ends_[place_of(entry)];
  uint32_t end = 0;
  for (uint32_t& count : ends_) count = std::exchange(end, end + count);  // Where each begins.
  sorted_.resize(entries_.size() + kEntriesAhead, nullptr);
  for (const Entry& entry : entries_) sorted_[ends_[place_of(entry)]++] = entry.at;

  size_t begin = 0;
  for (size_t place = 0; begin < entries_.size(); begin = ends_[place++]) {
    const auto entries = std::span<const char* const>(sorted_).subspan(begin, ends_[place] - begin);
    if (entries.empty()) continue;
    const size_t pair = (place / 2 << stride_bits) + first_pair;
    EnterBucket(2 * pair + place % 2, entries, refused);
  }
  table_.generation_ = Table::NextGeneration();
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
  for (const char* const& entry : entries) {
    Prefetch((&entry)[kEntriesAhead]);
    Slot& slot = slots_[count] = SlotOf(entry);
    const uint64_t bit = uint64_t{1} << slot.tag % 64;
    const auto is_same = [&](const Slot& other) {
      return other.address == slot.address && EqualCells(other.key, slot.key);
    };
    const bool is_repeated =
        (tags_seen & bit) != 0 && std::any_of(slots_.begin(), slots_.begin() + count, is_same);
    if (is_repeated || (has_old && table_.HasCell(slot.key, slot.address))) [[unlikely]] {
      Refuse(slot, refused);
      continue;
    }
    tags_seen |= bit;
    if (slot.deadline_ms != 0) table_.NoteDeadline(slot.deadline_ms);
    ++count;
  }
  table_.PlaceAll(bucket, std::span(slots_).first(count));
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
