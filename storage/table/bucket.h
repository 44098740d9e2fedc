#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "storage/common/copy.h"
#include "storage/common/equal.h"
#include "storage/common/prefetch.h"
#include "storage/table/blob_allocator.h"
#include "storage/table/cell.h"
#include "storage/table/simd.h"
#include "storage/table/simd_steps.h"
#include "storage/table/table_entry.h"

namespace thimble {

// A bucket is one packed blob; everything that knows its format is in bucket.h and bucket.cc.
//
//   flags key_prefix value_prefix*        one byte each; the latter two are lengths
//   tags         n bytes                  top hash bits, searched 16 at a time
//   key codes    n bytes, or 1 if all are equal
//   value codes* n bytes, or 1 if all are equal
//   clocks*      n * 2 bytes
//   deadlines    n * 6 bytes              if kHasDeadlines; milliseconds, 0 = none; n * 8 bytes if
//                                         kWideDeadlines as well, for the year 10889 and later
//   prefixes     what all keys, and all values, of the bucket begin with
//   data         for each slot: the rest of its key, the rest of its value*
//                                         (* where the traits have them)
// Prefixes are taken only where every code is a plain length. The place of slot i's data is the
// sum of the codes before it.

// A directory word: the address, entry count and allocated size of a bucket, in eight bytes. Random
// sampling needs no more than the count; a prefetch no more than address and size.
class BucketRef {
 public:
  static constexpr unsigned kMaxCount = 255;
  static constexpr size_t kMaxBytes = size_t{4095} * BlobAllocator::kAlignment;

  BucketRef() = default;  // Empty: no blob.
  BucketRef(const char* blob, size_t count, size_t bytes)
      : bits_(reinterpret_cast<uintptr_t>(blob) << 16 | count << 12 | bytes >> 4) {}

  bool empty() const { return bits_ == 0; }
  char* blob() const { return reinterpret_cast<char*>((bits_ >> 20) << 4); }
  unsigned count() const { return bits_ >> 12 & 0xff; }
  size_t bytes() const { return (bits_ & 0xfff) << 4; }

 private:
  uint64_t bits_ = 0;
};
static_assert(sizeof(BucketRef) == 8 && std::endian::native == std::endian::little);

// One entry on its way into a bucket or between buckets. Borrows what its cells point to.
struct Slot {
  uint8_t tag = 0;
  uint16_t clock = 0;
  Cell key;
  Cell value;
  uint64_t deadline_ms = 0;
  uint64_t address = 0;  // Hash bits that place it; set by the table, not stored.
};

// Slots taken out of buckets, with room for the bytes of those whose prefix was shared. Reused from
// one operation to the next. Nothing it holds may be passed to an operation that uses it again.
class SlotList {
 public:
  std::vector<Slot>& slots() { return slots_; }
  void Clear() {
    slots_.clear();
    chunk_ = 0;
    used_ = 0;
  }
  // Room for `size` bytes that stays where it is until Clear().
  char* Room(size_t size);

 private:
  static constexpr size_t kChunkBytes = 16384;

  std::vector<Slot> slots_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t chunk_ = 0;  // The one being filled.
  size_t used_ = 0;
};

// Reads a bucket. Cheap to make: a few additions.
class BucketView {
 public:
  enum Flag : uint8_t {
    kUniformKeys = 1,
    kUniformValues = 2,
    kSpecialKeys = 4,    // Some key is not a plain string.
    kSpecialValues = 8,  // Some value is not.
    kHasDeadlines = 16,
    kWideDeadlines = 64,  // Only with kHasDeadlines.
    kSpilled = 32,        // Entries that prefer this bucket may sit in the other of its pair.
  };
  static constexpr unsigned kNotFound = ~0u;

  static constexpr size_t HeaderSize(TableTraits traits) { return traits.values ? 3 : 2; }

  // REQUIRES: !ref.empty().
  BucketView(BucketRef ref, TableTraits traits);

  // The slot of the key, or kNotFound. `hash` is what the table keeps with long strings. Writes
  // `value`, unless it is null, if the key is there.
  static unsigned Find(BucketRef ref, TableTraits traits, uint8_t tag, const KeyProbe& probe,
                       uint64_t hash, TableValue* value);

  // Reads what is stored under the key of a slot.
  static void ReadValueOf(BucketRef ref, TableTraits traits, unsigned slot, TableValue& value);

  // Asks for the memory of an entry of that tag; reads no more than the head of the bucket.
  static void PrefetchEntry(BucketRef ref, TableTraits traits, uint8_t tag);

  // REQUIRES: !ref.empty().
  static bool IsSpilled(BucketRef ref) { return (ref.blob()[0] & kSpilled) != 0; }

  unsigned count() const { return count_; }
  bool Has(Flag flag) const { return (flags_ & flag) != 0; }
  bool spilled() const { return Has(kSpilled); }
  uint8_t tag(unsigned slot) const { return static_cast<uint8_t>(tags()[slot]); }
  uint8_t KeyCode(unsigned slot) const { return Code(key_codes_, kUniformKeys, slot); }
  uint8_t ValueCode(unsigned slot) const {
    return has_values_ ? Code(value_codes_, kUniformValues, slot) : 0;
  }
  size_t KeyRest(unsigned slot) const { return StoredSize(KeyCode(slot)) - key_prefix_; }
  size_t ValueRest(unsigned slot) const { return StoredSize(ValueCode(slot)) - value_prefix_; }
  Bytes KeyPrefix() const { return {prefixes_, key_prefix_}; }
  Bytes ValuePrefix() const { return {prefixes_ + key_prefix_, value_prefix_}; }

  // Where the slot's data begins; slot == count() gives the end of the bucket.
  char* Data(unsigned slot) const;
  // Bytes really used, at most the allocated ones.
  size_t used() const { return static_cast<size_t>(Data(count_) - blob_); }

  [[gnu::always_inline]] TableEntry Entry(unsigned slot) const { return EntryAt(slot, Data(slot)); }
  // Where the data behind a slot's begins. REQUIRES: `data` is Data(slot).
  const char* DataAfter(unsigned slot, const char* data) const {
    return data + KeyRest(slot) + (has_values_ ? ValueRest(slot) : 0);
  }
  // Calls visit(entry) for every slot in order: cheaper than asking for each.
  template <class Visitor>
  void ForEach(Visitor visit) const;
  uint64_t Deadline(unsigned slot) const;
  uint16_t Clock(unsigned slot) const;
  // An address for the out-of-line string of the key or value: REQUIRES that it is one.
  Cell KeyCell(unsigned slot) const { return {KeyCode(slot), Data(slot)}; }
  Cell ValueCell(unsigned slot) const { return {ValueCode(slot), Data(slot) + KeyRest(slot)}; }

  // Writes a slot's new value over its old one if it takes the same place: equal codes, neither
  // long, the shared prefix kept. False, changing nothing, if it does not.
  static bool Overwrite(BucketRef ref, TableTraits traits, unsigned slot, const Cell& value);

  // Adds to the integer that the key's value is, if the sum takes the same place. Nothing, and
  // nothing changed, if it does not, or there is none. REQUIRES: values and no clocks.
  static std::optional<int64_t> AddInPlace(BucketRef ref, uint8_t tag, const KeyProbe& probe,
                                           uint64_t hash, int64_t increment);

  // --- What a search is made of, for bucket_search_body.h -------------------------------------
  const char* tags() const { return tags_; }
  const char* key_codes() const { return key_codes_; }
  const char* value_codes() const { return value_codes_; }
  bool has_values() const { return has_values_; }
  // Where the data of a slot begins, given what the codes of those before it add up to.
  char* DataBehind(unsigned slot, size_t stored) const {
    const size_t prefixes = size_t{key_prefix_} + value_prefix_;
    return prefixes_ + prefixes + stored - slot * prefixes;
  }
  // REQUIRES, of all: `data` is Data(slot). Of the last: the slot's key code is the probe's.
  [[gnu::always_inline]] TableEntry EntryAt(unsigned slot, const char* data) const {
    TableEntry entry;
    entry.key = TextOf(KeyCode(slot), KeyPrefix(), data);
    ReadValue(slot, data, entry);
    return entry;
  }
  void ReadValue(unsigned slot, const char* data, TableValue& value) const;
  bool KeyEqualsAt(const char* data, const KeyProbe& probe, uint64_t hash) const;

  // Adds all slots to `out`, in order.
  void Decode(SlotList& out) const;
  Slot DecodeSlot(unsigned slot, SlotList& room) const { return SlotAt(slot, Data(slot), room); }

 private:
  friend class BucketEditor;

  uint8_t Code(const char* codes, Flag uniform, unsigned slot) const {
    return static_cast<uint8_t>(codes[(flags_ & uniform) != 0 ? 0 : slot]);
  }
  size_t DeadlineBytes() const { return Has(kWideDeadlines) ? 8 : Has(kHasDeadlines) ? 6 : 0; }
  Slot SlotAt(unsigned slot, const char* data, SlotList& list) const;
  [[gnu::always_inline]] static Text TextOf(uint8_t code, Bytes prefix, const char* rest) {
    if (IsSpecial(code)) [[unlikely]]
      return Cell{code, rest}.ToText();
    return Text(prefix, Bytes(rest, code - prefix.size()));
  }

  char* blob_;
  unsigned count_;
  uint8_t flags_;
  uint8_t key_prefix_;
  uint8_t value_prefix_;
  bool has_values_;
  char* tags_;
  char* key_codes_;
  char* value_codes_;
  char* clocks_;
  char* deadlines_;
  char* prefixes_;
};

// Changes buckets. Each operation takes a bucket and returns what its directory word must become;
// the old one is then void. Owns the memory of all buckets and long strings of a table.
class BucketEditor {
 public:
  explicit BucketEditor(TableTraits traits) : traits_(traits) {}

  TableTraits traits() const { return traits_; }
  BlobAllocator& allocator() { return allocator_; }
  const BlobAllocator& allocator() const { return allocator_; }

  // Adds the slot as the last. False, and nothing changed, if the bucket would then be larger than
  // `max_bytes`. The slot's long strings become the bucket's.
  bool Insert(BucketRef& ref, const Slot& slot, size_t max_bytes) {
    return Insert(ref, {&slot, 1}, max_bytes);
  }
  // The same for several, in order.
  bool Insert(BucketRef& ref, std::span<const Slot> slots, size_t max_bytes);
  // Takes a slot out; the last one takes the blob with it. Long strings are the caller's business.
  void Erase(BucketRef& ref, unsigned slot);
  // Gives the slot another value, likewise. The old long string is the caller's business.
  bool ReplaceValue(BucketRef& ref, unsigned slot, const Cell& value, size_t max_bytes);
  // False if the bucket would be too large.
  bool SetDeadline(BucketRef& ref, unsigned slot, uint64_t deadline_ms);
  void SetClock(BucketRef ref, unsigned slot, uint16_t clock);
  void MarkSpilled(BucketRef ref) { ref.blob()[0] |= BucketView::kSpilled; }

  // A new bucket of these slots, in order. Picks prefixes and uniform codes anew.
  // REQUIRES: Fits(slots, BucketRef::kMaxBytes).
  BucketRef Encode(std::span<const Slot> slots, bool spilled);
  // Whether such a bucket would be of at most `max_bytes`.
  bool Fits(std::span<const Slot> slots, size_t max_bytes) const;
  // Frees the blob, not the long strings.
  void Free(BucketRef& ref);

 private:
  struct Plan;
  struct Edit;

  Plan MakePlan(std::span<const Slot> slots) const;
  BucketRef Write(std::span<const Slot> slots, const Plan& plan);
  bool Reencode(BucketRef& ref, std::span<const Slot> slots, bool spilled, size_t max_bytes);
  bool Conforms(const BucketView& view, const Slot& slot) const;
  bool Append(BucketRef& ref, const BucketView& view, std::span<const Slot> slots,
              size_t max_bytes);
  void Splice(BucketRef& ref, size_t used, std::span<const Edit> edits, size_t count);
  size_t AllocatedSize(size_t used) const;

  TableTraits traits_;
  BlobAllocator allocator_;
};

// --- Hot and small -----------------------------------------------------------------------------

[[gnu::always_inline]] inline BucketView::BucketView(BucketRef ref, TableTraits traits)
    : blob_(ref.blob()),
      count_(ref.count()),
      flags_(static_cast<uint8_t>(blob_[0])),
      key_prefix_(static_cast<uint8_t>(blob_[1])),
      value_prefix_(traits.values ? static_cast<uint8_t>(blob_[2]) : 0),
      has_values_(traits.values) {
  tags_ = blob_ + HeaderSize(traits);
  key_codes_ = tags_ + count_;
  value_codes_ = key_codes_ + (Has(kUniformKeys) ? 1 : count_);
  clocks_ = value_codes_ + (!has_values_ ? 0 : Has(kUniformValues) ? 1 : count_);
  deadlines_ = clocks_ + (traits.clocks ? 2 * count_ : 0);
  prefixes_ = deadlines_ + DeadlineBytes() * count_;
}

#define THIMBLE_TARGET [[gnu::always_inline]]
#define THIMBLE_CALLED_TARGET [[gnu::noinline]]
namespace portable {
#include "storage/table/bucket_search_body.h"
}  // namespace portable
#if defined(__SSE2__)
namespace sse2 {
#include "storage/table/bucket_search_body.h"
}  // namespace sse2
#undef THIMBLE_TARGET
#undef THIMBLE_CALLED_TARGET
#define THIMBLE_TARGET [[gnu::target("avx2"), gnu::always_inline]]
#define THIMBLE_CALLED_TARGET [[gnu::target("avx2"), gnu::noinline]]
namespace avx2 {
#include "storage/table/bucket_search_body.h"
}  // namespace avx2
#endif
#undef THIMBLE_TARGET
#undef THIMBLE_CALLED_TARGET

[[gnu::always_inline]] inline char* BucketView::Data(unsigned slot) const {
  return baseline::DataOf(*this, slot);
}

template <class Visitor>
void BucketView::ForEach(Visitor visit) const {
  const char* data = Data(0);
  for (unsigned slot = 0; slot < count_; data = DataAfter(slot, data), ++slot) {
    visit(EntryAt(slot, data));
  }
}

// REQUIRES: the code of the key at `data` is the probe's.
[[gnu::always_inline]] inline bool BucketView::KeyEqualsAt(const char* data, const KeyProbe& probe,
                                                           uint64_t hash) const {
  if (probe.code == kLongCode) {
    const LongString* const string = LoadLong(data);
    return string->hash == hash && string->bytes() == probe.text;
  }
  // A prefix implies that no code is special: the probe is then a string of at least that length.
  return EqualBytes(probe.data + key_prefix_, data, StoredSize(probe.code) - key_prefix_) &&
         EqualBytes(probe.data, prefixes_, key_prefix_);
}

[[gnu::always_inline]] inline uint64_t BucketView::Deadline(unsigned slot) const {
  const size_t size = DeadlineBytes();
  if (size == 0) [[likely]]
    return 0;
  const char* const stored = deadlines_ + slot * size;
  if (size == sizeof(uint64_t)) {
    uint64_t deadline_ms;
    std::memcpy(&deadline_ms, stored, sizeof deadline_ms);
    return deadline_ms;
  }
  uint32_t low;
  uint16_t high;
  std::memcpy(&low, stored, sizeof low);
  std::memcpy(&high, stored + sizeof low, sizeof high);
  return uint64_t{high} << 32 | low;
}

[[gnu::always_inline]] inline uint16_t BucketView::Clock(unsigned slot) const {
  if (clocks_ == deadlines_) return 0;
  uint16_t clock;
  std::memcpy(&clock, clocks_ + slot * sizeof clock, sizeof clock);
  return clock;
}

[[gnu::always_inline]] inline void BucketView::ReadValue(unsigned slot, const char* data,
                                                         TableValue& value) const {
  value.value = has_values_ ? TextOf(ValueCode(slot), ValuePrefix(), data + KeyRest(slot)) : Text();
  value.deadline_ms = Deadline(slot);
  value.clock = Clock(slot);
}

// As in a search, the traits are constants where the work is done.
inline void BucketView::ReadValueOf(BucketRef ref, TableTraits traits, unsigned slot,
                                    TableValue& value) {
  const auto read = [&](const BucketView& view) __attribute__((always_inline)) {
    view.ReadValue(slot, view.Data(slot), value);
  };
  if (traits.clocks) return read(BucketView(ref, {true, true}));
  if (traits.values) return read(BucketView(ref, {true, false}));
  read(BucketView(ref, {false, false}));
}

inline bool BucketView::Overwrite(BucketRef ref, TableTraits traits, unsigned slot,
                                  const Cell& value) {
  const auto overwrite = [&](const BucketView& view) __attribute__((always_inline)) {
    if (view.ValueCode(slot) != value.code || value.code == kLongCode) return false;
    const Bytes prefix = view.ValuePrefix();
    if (!EqualBytes(value.data, prefix.data(), prefix.size())) return false;
    CopyBytes(view.Data(slot) + view.KeyRest(slot), value.data + prefix.size(),
              value.size() - prefix.size());
    return true;
  };
  if (!traits.values) return true;  // Empty over empty.
  if (traits.clocks) return overwrite(BucketView(ref, {true, true}));
  return overwrite(BucketView(ref, {true, false}));
}

// --- The search, for each instruction set ------------------------------------------------------

// Those that ActiveSimd() asks for if it is not the baseline.
unsigned FindWithChosenSimd(BucketRef ref, TableTraits traits, uint8_t tag, const KeyProbe& probe,
                            uint64_t hash, TableValue* value);
void PrefetchWithChosenSimd(BucketRef ref, TableTraits traits, uint8_t tag);

[[gnu::always_inline]] inline unsigned BucketView::Find(BucketRef ref, TableTraits traits,
                                                        uint8_t tag, const KeyProbe& probe,
                                                        uint64_t hash, TableValue* value) {
  if (ActiveSimd() != kBaselineSimd) [[unlikely]]
    return FindWithChosenSimd(ref, traits, tag, probe, hash, value);
  return baseline::Find(ref, traits, tag, probe, hash, value);
}

inline void BucketView::PrefetchEntry(BucketRef ref, TableTraits traits, uint8_t tag) {
  if (ActiveSimd() != kBaselineSimd) [[unlikely]]
    return PrefetchWithChosenSimd(ref, traits, tag);
  baseline::PrefetchEntry(ref, traits, tag);
}

}  // namespace thimble
