#include <algorithm>
#include <string>
#include <utility>

#include "storage/common/check.h"
#include "storage/keyspace/keyspace.h"

namespace thimble {
namespace {

// How much one call of Maintain does: entries freed, pairs of buckets looked through.
constexpr size_t kDigEntries = 64;
constexpr size_t kDigEntriesForRoom = 128;
constexpr size_t kWalkPairs = 16;
constexpr size_t kWalkPairsWhileDigging = 1;
constexpr size_t kLooksPerMove = 32;
// How often RandomKey draws before it looks through the keys instead.
constexpr int kMaxDraws = 100;

}  // namespace

// --- Many keys --------------------------------------------------------------------------------

uint64_t Keyspace::Scan(uint64_t cursor, FunctionRef<void(const KeyInfo&)> visit) const {
  const uint64_t now_ms = NowMs();
  return table_->Scan(cursor, [&](const TableEntry& entry) {
    if (IsExpired(entry, now_ms)) return;
    visit({entry.key, StoredValue(entry.value).type(), entry.deadline_ms});
  });
}

void Keyspace::ForEach(FunctionRef<void(const KeyInfo&)> visit) const {
  const uint64_t now_ms = NowMs();
  table_->ForEach([&](const TableEntry& entry) {
    if (IsExpired(entry, now_ms)) return;
    visit({entry.key, StoredValue(entry.value).type(), entry.deadline_ms});
  });
}

std::optional<std::string> Keyspace::RandomKey() {
  const uint64_t now_ms = NowMs();
  for (int draw = 0; draw < kMaxDraws && size() > 0; ++draw) {
    const TablePosition position = table_->Random(environment_.random);
    const TableEntry entry = table_->At(position);
    std::string key = entry.key.ToString();
    if (!IsExpired(entry, now_ms)) return key;
    if (!environment_.expiry_paused) Expire(environment_.hash_key.Of(key), position);
  }
  // Nearly all have expired. Any key that has not will do.
  std::optional<std::string> found;
  uint64_t cursor = 0;
  do {
    cursor = Scan(cursor, [&](const KeyInfo& info) { found = info.key.ToString(); });
  } while (!found && cursor != 0);
  return found;
}

// --- Eviction ---------------------------------------------------------------------------------

void Keyspace::VisitNext(bool with_deadline_only, FunctionRef<void(const Candidate&)> visit) {
  const auto visit_entry = [&](const TableEntry& entry) {
    visit({entry.key, entry.deadline_ms, entry.clock});
  };
  eviction_cursor_ = with_deadline_only ? table_->ScanDeadlines(eviction_cursor_, visit_entry)
                                        : table_->Scan(eviction_cursor_, visit_entry);
}

bool Keyspace::Evict(const Hashed& key, uint64_t deadline_ms, uint16_t clock) {
  TableValue entry;
  const TablePosition position = table_->Find(key, entry);
  if (!position || entry.deadline_ms != deadline_ms || entry.clock != clock) return false;
  if (IsExpired(entry, NowMs())) {
    Expire(key, position);
    return true;
  }
  Drop(position);
  ++environment_.statistics.evicted_keys;
  Notify(key, Event::kEvicted, 0);
  return true;
}

bool Keyspace::FreeSome() {
  return graveyard_.Dig(kDigEntriesForRoom);
}

// --- Timers -----------------------------------------------------------------------------------

Keyspace::ExpiryStep Keyspace::ExpireSome(size_t buckets) {
  if (environment_.expiry_paused || deadlines() == 0) return {};
  const uint64_t now_ms = NowMs();
  if (table_->earliest_deadline() >= now_ms) return {};
  std::vector<std::string> expired;
  ExpiryStep step;
  step.looked_at = table_->VisitExpired(
      now_ms - 1, buckets, &expiry_cursor_,
      [&](const TableEntry& entry) { expired.push_back(entry.key.ToString()); });
  for (const std::string& key : expired) {
    const Hashed hashed = environment_.hash_key.Of(key);
    if (const TablePosition position = table_->Find(hashed)) {
      Expire(hashed, position);
      ++step.expired;
    }
  }
  return step;
}

Keyspace::ExpiryStep Keyspace::ExpireSomeFields(size_t buckets) {
  if (due_hashes_.empty()) {
    field_deadlines_.CollectDue(NowMs(), buckets, due_hashes_);
    due_cursor_ = 0;
    return {};
  }
  ExpiryStep step;
  const uint64_t expired_before = environment_.statistics.expired_fields;
  const Hashed key = environment_.hash_key.Of(due_hashes_.back());
  bool done = true;
  // It may be gone by now, or another value.
  if (const Found found = FindToWrite(key);
      found && StoredValue(found.entry.value).MayHaveFieldDeadlines()) {
    auto edit = EditUnused(key, found);
    done = (*edit)->EraseExpired(buckets, &due_cursor_, &step.looked_at);
    // What is known of when the next one is due may be known better now.
    if (done) field_deadlines_.Set(key, (*edit)->earliest_deadline());
  }
  step.expired = environment_.statistics.expired_fields - expired_before;
  step.looked_at = std::max(step.looked_at, step.expired);
  if (!done) return step;
  due_hashes_.pop_back();
  due_cursor_ = 0;
  return step;
}

bool Keyspace::Maintain() {
  const bool digging = graveyard_.Dig(kDigEntries);
  bool merging = table_->Maintain();
  merging |= field_deadlines_.Maintain();
  const bool walking = size() > 0 && WalkSome(digging ? kWalkPairsWhileDigging : kWalkPairs);
  return digging || merging || walking;
}

// What one call of WalkSome may still do: a move costs about a microsecond, a look at a bucket or a
// table a few nanoseconds.
struct Keyspace::WalkBudget {
  size_t merges = 4;    // Tables that get a step of their maintenance.
  size_t shrinks = 64;  // Tables that are looked through for what may be compact again.
  size_t buckets = 256;
  bool spent() const { return shrinks == 0 || buckets == 0; }
  // Whoever lies in a pair behind a large table has a few looks even so.
  static constexpr size_t kLeastBuckets = 16;
};

// Goes round the keys: rewrites access clocks before they go round themselves, lets tables among
// the values merge what deletes left or makes them compact again, moves blocks out of slabs that
// could be empty, and samples the deadlines. True if there is more to merge or to move.
bool Keyspace::WalkSome(size_t pairs) {
  const uint64_t now_ms = NowMs();
  const AccessClock clock = AccessClockNow();
  const bool compacting = ShouldCompact();
  WalkBudget budget;
  std::vector<std::pair<std::string, uint16_t>> aged;
  std::vector<std::string> misplaced;
  std::vector<std::string> small;
  uint64_t ttl_sum_ms = 0;
  uint64_t ttls = 0;
  bool more = false;
  const auto look_at = [&](const TableEntry& entry) {
    if (const uint16_t now = clock.Aged(entry.clock); now != entry.clock) {
      aged.emplace_back(entry.key.ToString(), now);
    }
    if (entry.deadline_ms > now_ms) {
      ttl_sum_ms += entry.deadline_ms - now_ms;
      ++ttls;
    }
    const StoredValue stored(entry.value);
    if (stored.is_table() && MayShrink(stored)) {
      small.push_back(entry.key.ToString());
      budget.shrinks -= std::min<size_t>(budget.shrinks, 1);
    } else if (stored.is_table()) {
      more |= MaintainValue(*stored.table(), compacting, budget);
    } else if (compacting && stored.is_blob() && ByteBuffer::ShouldMove(stored.pointer())) {
      misplaced.push_back(entry.key.ToString());
    }
  };
  size_t walked = 0;
  do {
    upkeep_cursor_ = table_->Scan(upkeep_cursor_, look_at);
    ++walked;
  } while (upkeep_cursor_ != 0 && walked < pairs && !budget.spent());
  for (const auto& [key, now] : aged) {
    const TablePosition position = table_->Find(environment_.hash_key.Of(key));
    if (position) table_->SetClock(position, now);
  }
  for (const std::string& key : misplaced) MoveBlob(environment_.hash_key.Of(key));
  for (const std::string& key : small) more |= Shrink(environment_.hash_key.Of(key));
  if (compacting) {
    NoteCompaction(misplaced.size() + table_->Compact(2 * walked), 2 * walked);
  }
  if (ttls != 0) {
    const uint64_t sample_ms = ttl_sum_ms / ttls;
    average_ttl_ms_ = average_ttl_ms_ == 0 ? sample_ms : average_ttl_ms_ / 50 * 49 + sample_ms / 50;
  }
  return more || ShouldCompact();
}

// One table among the values. True if a step was done, so that another may be worth it: of this
// table or of others that the budget no longer reached.
bool Keyspace::MaintainValue(Table& table, bool compacting, WalkBudget& budget) {
  bool more = false;
  if (budget.merges > 0 && table.NeedsMaintenance()) {
    const size_t before = table.MemoryBytes();
    more = table.Maintain() || table.MemoryBytes() != before;
    owned_bytes_ += table.MemoryBytes() - before;
    if (more) {
      --budget.merges;
      fruitless_looks_ = 0;  // Merging opens gaps of its own.
    }
  }
  if (compacting) {
    const size_t most = std::max(budget.buckets, WalkBudget::kLeastBuckets);
    const size_t looks = std::min(most, table.buckets());
    budget.buckets -= std::min(budget.buckets, looks);
    NoteCompaction(table.Compact(looks), looks);
  }
  return more;
}

// Gives a key's blob another place; the entry stays as large as it is.
void Keyspace::MoveBlob(const Hashed& key) {
  TableValue entry;
  const TablePosition position = table_->Find(key, entry);
  if (!position) return;
  Announce(position);
  const StoredValue stored(entry.value);
  const ValueToStore moved =
      ValueToStore::Pointer(stored.representation(), ByteBuffer::Move(stored.pointer()));
  table_->Replace(position, moved.bytes());
}

// Whether there are gaps in the slabs that are not known to be there for good.
bool Keyspace::ShouldCompact() {
  const size_t free_bytes = process_slabs.free_bytes();
  if (free_bytes > gap_bytes_ + gap_bytes_ / 8) {  // New ones came up.
    fruitless_looks_ = 0;
    gap_bytes_ = free_bytes;
  }
  gap_bytes_ = std::min(gap_bytes_, free_bytes);
  return process_slabs.WantsCompaction() && fruitless_looks_ < FutileLooks();
}

// A move makes up for some looks, not for all: where writes open a gap here and there, going round
// for it all day would cost more than the gap.
void Keyspace::NoteCompaction(size_t moves, size_t looks) {
  fruitless_looks_ += looks;
  fruitless_looks_ -= std::min(fruitless_looks_, moves * kLooksPerMove);
}

// After so many looks with next to no moves all blocks have been seen: what is free cannot be
// gathered.
size_t Keyspace::FutileLooks() const {
  return process_slabs.live_blocks() + 2 * table_->buckets();
}

// --- Accounting -------------------------------------------------------------------------------

size_t Keyspace::MemoryBytes() const {
  return table_->MemoryBytes() + owned_bytes_ + field_deadlines_.MemoryBytes() +
         graveyard_.MemoryBytes();
}

size_t Keyspace::OverheadBytes() const {
  return table_->DirectoryBytes() + field_deadlines_.MemoryBytes();
}

// What an entry costs in its bucket beyond its key and value; below zero where the table packs
// well. The remainder of the division falls to as many keys, by their hash, so that the sum over
// all keys comes out right.
int64_t Keyspace::EntryOverhead(uint64_t key_hash) const {
  const auto entries = static_cast<int64_t>(std::max<size_t>(1, size()));
  const auto bytes = static_cast<int64_t>(table_->MemoryBytes() - table_->DirectoryBytes());
  const int64_t beyond = bytes - static_cast<int64_t>(payload_bytes_);
  const int64_t each = beyond / entries - (beyond % entries < 0 ? 1 : 0);
  const int64_t remainder = beyond - each * entries;
  return each + (static_cast<int64_t>(key_hash % static_cast<uint64_t>(entries)) < remainder);
}

uint64_t Keyspace::AverageTtlMs() const {
  return deadlines() == 0 ? 0 : average_ttl_ms_;
}

std::optional<std::string> Keyspace::CheckInvariants() const {
  if (auto wrong = table_->CheckInvariants()) return wrong;
  std::optional<std::string> wrong;
  size_t owned_bytes = 0;
  size_t payload_bytes = 0;
  size_t hashes_with_deadlines = 0;
  ViewMemory memory;
  table_->ForEach([&](const TableEntry& entry) {
    const StoredValue stored(entry.value);
    owned_bytes += stored.OwnedBytes();
    payload_bytes += entry.key.size() + stored.size();
    if (stored.type() == ObjectType::kString) return;
    CollectionRef ref{stored.form(), {}, nullptr, &environment_.hash_key};
    if (stored.is_table()) {
      ref.table = stored.table();
    } else {
      ref.compact = stored.is_blob() ? ByteBuffer::BytesOf(stored.pointer())
                                     : memory.Contiguous(stored.payload());
    }
    const bool is_hash = stored.type() == ObjectType::kHash;
    auto in_value = is_hash ? HashView(ref).CheckInvariants() : SetView(ref).CheckInvariants();
    const bool empty = is_hash ? HashView(ref).empty() : SetView(ref).empty();
    if (empty) in_value = "an empty collection was left behind";
    if (const uint64_t earliest_ms = is_hash ? HashView(ref).earliest_deadline() : 0) {
      ++hashes_with_deadlines;
      const FlatText key(entry.key);
      const auto known_ms = field_deadlines_.Of(environment_.hash_key.Of(key.bytes()));
      if (!known_ms || *known_ms > earliest_ms) in_value = "a field's deadline is not known of";
    }
    if (in_value && !wrong) wrong = "key " + entry.key.ToString() + ": " + *in_value;
    memory.Reset();
  });
  if (wrong) return wrong;
  if (owned_bytes != owned_bytes_) return "owned bytes do not add up";
  if (payload_bytes != payload_bytes_) return "payload bytes do not add up";
  if (hashes_with_deadlines != field_deadlines_.size()) return "hashes without deadlines are known";
  return std::nullopt;
}

}  // namespace thimble
