#include "storage/table/bucket.h"

#include <algorithm>
#include <memory>

#include "storage/common/check.h"

namespace thimble {
namespace {

constexpr size_t kNarrowDeadline = 6;
constexpr size_t kWideDeadline = 8;
constexpr size_t kClockBytes = 2;
// What the widest read of a bucket with few entries may touch: see simd_steps.h.
constexpr size_t kMinBlobBytes = 48;
// Prefixes and uniform codes are chosen anew while a bucket is this small.
constexpr unsigned kReencodeBelow = 3;

bool IsWide(uint64_t deadline_ms) {
  return deadline_ms >> 8 * kNarrowDeadline != 0;
}

char* Put(char* out, const char* bytes, size_t size) {
  CopyBytes(out, bytes, size);
  return out + size;
}

// How many of the first `size` bytes are the same.
inline size_t CommonPrefix(const char* a, const char* b, size_t size) {
  size_t at = 0;
  for (; at + sizeof(uint64_t) <= size; at += sizeof(uint64_t)) {
    uint64_t x;
    uint64_t y;
    std::memcpy(&x, a + at, sizeof x);
    std::memcpy(&y, b + at, sizeof y);
    if (x != y) return at + static_cast<size_t>(std::countr_zero(x ^ y)) / 8;
  }
  while (at < size && a[at] == b[at]) ++at;
  return at;
}

// What all of one column's cells have in common.
struct Column {
  bool uniform = true;
  bool special = false;
  uint8_t prefix = 0;
  size_t size = 0;  // Of all stored bytes, prefixes not yet taken off.
};

template <Cell Slot::*kCell>
[[gnu::always_inline]] inline Column Examine(std::span<const Slot> slots) {
  const Cell& first = slots[0].*kCell;
  Column column;
  size_t shortest = first.size();
  for (const Slot& slot : slots) {
    const Cell& cell = slot.*kCell;
    column.uniform &= cell.code == first.code;
    column.special |= IsSpecial(cell.code);
    column.size += cell.size();
    shortest = std::min(shortest, cell.size());
  }
  if (column.special || slots.size() < 2) return column;
  size_t prefix = shortest;
  for (const Slot& slot : slots.subspan(1)) {
    prefix = CommonPrefix(first.data, (slot.*kCell).data, prefix);
    if (prefix == 0) break;
  }
  column.prefix = static_cast<uint8_t>(prefix);
  return column;
}

// The slots of a bucket about to be encoded anew, in memory that the next call reuses.
SlotList& DecodeAll(const BucketView& view) {
  static thread_local SlotList list;
  list.Clear();
  view.Decode(list);
  return list;
}

}  // namespace

char* SlotList::Room(size_t size) {
  THIMBLE_DCHECK(size <= kChunkBytes);
  if (chunk_ < chunks_.size() && used_ + size > kChunkBytes) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) chunks_.emplace_back(new char[kChunkBytes]);
  char* const room = chunks_[chunk_].get() + used_;
  used_ += size;
  return room;
}

// --- Reading -----------------------------------------------------------------------------------

Slot BucketView::SlotAt(unsigned slot, const char* data, SlotList& list) const {
  const auto cell = [&list](uint8_t code, Bytes prefix, const char* rest) {
    if (prefix.empty()) return Cell{code, rest};
    char* const whole = list.Room(code);
    Put(Put(whole, prefix.data(), prefix.size()), rest, code - prefix.size());
    return Cell{code, whole};
  };
  Slot out;
  out.tag = tag(slot);
  out.clock = Clock(slot);
  out.deadline_ms = Deadline(slot);
  out.key = cell(KeyCode(slot), KeyPrefix(), data);
  if (has_values_) out.value = cell(ValueCode(slot), ValuePrefix(), data + KeyRest(slot));
  return out;
}

void BucketView::Decode(SlotList& out) const {
  const char* data = Data(0);
  for (unsigned slot = 0; slot < count_; data = DataAfter(slot, data), ++slot) {
    out.slots().push_back(SlotAt(slot, data, out));
  }
}

// Searches with the baseline's instructions, as all edits do.
std::optional<int64_t> BucketView::AddInPlace(BucketRef ref, uint8_t tag, const KeyProbe& probe,
                                              uint64_t hash, int64_t increment) {
  std::optional<int64_t> result;
  const auto add = [&](const BucketView& view, unsigned slot, char* data) {
    const uint8_t code = view.ValueCode(slot);
    if (!IsSpecial(code) || code == kLongCode) return;
    char* const stored = data + view.KeyRest(slot);
    int64_t sum = 0;
    if (__builtin_add_overflow(LoadInteger(code, stored), increment, &sum)) return;
    if (IntegerCode(sum) != code) return;
    StoreInteger(code, stored, sum);
    result = sum;
  };
  baseline::FindSlot<TableTraits{.values = true, .clocks = false}>(ref, tag, probe, hash, add);
  return result;
}

// --- Making a bucket from slots ----------------------------------------------------------------

struct BucketEditor::Plan {
  uint8_t flags = 0;
  uint8_t key_prefix = 0;
  uint8_t value_prefix = 0;
  size_t deadline_bytes = 0;
  size_t used = 0;
};

size_t BucketEditor::AllocatedSize(size_t used) const {
  return BlobAllocator::RoundUp(std::max(used, kMinBlobBytes));
}

BucketEditor::Plan BucketEditor::MakePlan(std::span<const Slot> slots) const {
  const size_t n = slots.size();
  Plan plan;
  const auto add = [&plan, n](const Column& column, unsigned uniform, unsigned special) {
    plan.flags |=
        static_cast<uint8_t>((column.uniform ? uniform : 0) | (column.special ? special : 0));
    plan.used += (column.uniform ? 1 : n) + column.size - (n - 1) * column.prefix;
    return column.prefix;
  };
  plan.used = BucketView::HeaderSize(traits_) + n + (traits_.clocks ? kClockBytes * n : 0);
  plan.key_prefix =
      add(Examine<&Slot::key>(slots), BucketView::kUniformKeys, BucketView::kSpecialKeys);
  if (traits_.values) {
    plan.value_prefix =
        add(Examine<&Slot::value>(slots), BucketView::kUniformValues, BucketView::kSpecialValues);
  }
  uint64_t all_deadlines = 0;
  for (const Slot& slot : slots) all_deadlines |= slot.deadline_ms;
  if (all_deadlines != 0) {
    const bool wide = IsWide(all_deadlines);
    plan.flags |= BucketView::kHasDeadlines | (wide ? BucketView::kWideDeadlines : 0);
    plan.deadline_bytes = wide ? kWideDeadline : kNarrowDeadline;
    plan.used += plan.deadline_bytes * n;
  }
  return plan;
}

bool BucketEditor::Fits(std::span<const Slot> slots, size_t max_bytes) const {
  if (slots.empty()) return true;
  // Mostly it fits even with nothing shared, and a plan need not be made.
  constexpr size_t kBesideCells = 3 + kClockBytes + kWideDeadline;  // Tag, codes, clock, deadline.
  size_t most = BucketView::HeaderSize(traits_) + kBesideCells * slots.size();
  for (const Slot& slot : slots) most += slot.key.size() + slot.value.size();
  return AllocatedSize(most) <= max_bytes || AllocatedSize(MakePlan(slots).used) <= max_bytes;
}

BucketRef BucketEditor::Write(std::span<const Slot> slots, const Plan& plan) {
  const size_t size = AllocatedSize(plan.used);
  THIMBLE_CHECK(size <= BucketRef::kMaxBytes && slots.size() <= BucketRef::kMaxCount);
  char* const blob = allocator_.Allocate(size);
  char* out = blob;
  *out++ = static_cast<char>(plan.flags);
  *out++ = static_cast<char>(plan.key_prefix);
  if (traits_.values) *out++ = static_cast<char>(plan.value_prefix);
  for (const Slot& slot : slots) *out++ = static_cast<char>(slot.tag);

  const size_t n = slots.size();
  const size_t key_codes = (plan.flags & BucketView::kUniformKeys) != 0 ? 1 : n;
  for (const Slot& slot : slots.first(key_codes)) *out++ = static_cast<char>(slot.key.code);
  if (traits_.values) {
    const size_t value_codes = (plan.flags & BucketView::kUniformValues) != 0 ? 1 : n;
    for (const Slot& slot : slots.first(value_codes)) *out++ = static_cast<char>(slot.value.code);
  }
  if (traits_.clocks) {
    for (const Slot& slot : slots) {
      out = Put(out, reinterpret_cast<const char*>(&slot.clock), kClockBytes);
    }
  }
  for (const Slot& slot : slots) {
    out = Put(out, reinterpret_cast<const char*>(&slot.deadline_ms), plan.deadline_bytes);
  }
  out = Put(out, slots[0].key.data, plan.key_prefix);
  out = Put(out, slots[0].value.data, plan.value_prefix);
  for (const Slot& slot : slots) {
    out = Put(out, slot.key.data + plan.key_prefix, slot.key.size() - plan.key_prefix);
    if (!traits_.values) continue;
    out = Put(out, slot.value.data + plan.value_prefix, slot.value.size() - plan.value_prefix);
  }
  THIMBLE_DCHECK(out == blob + plan.used);
  return BucketRef(blob, n, size);
}

BucketRef BucketEditor::Encode(std::span<const Slot> slots, bool spilled) {
  if (slots.empty()) return BucketRef();
  Plan plan = MakePlan(slots);
  if (spilled) plan.flags |= BucketView::kSpilled;
  return Write(slots, plan);
}

void BucketEditor::Free(BucketRef& ref) {
  if (ref.empty()) return;
  allocator_.Free(ref.blob(), ref.bytes());
  ref = BucketRef();
}

bool BucketEditor::Reencode(BucketRef& ref, std::span<const Slot> slots, bool spilled,
                            size_t max_bytes) {
  Plan plan = MakePlan(slots);
  if (AllocatedSize(plan.used) > max_bytes) return false;
  if (spilled) plan.flags |= BucketView::kSpilled;
  const BucketRef fresh = Write(slots, plan);  // The slots may point into the old blob.
  Free(ref);
  ref = fresh;
  return true;
}

// --- Changing a bucket where it is -------------------------------------------------------------

// Bytes [offset, offset + removed) of the old blob give way to `added` bytes, not yet written.
struct BucketEditor::Edit {
  size_t offset;
  size_t removed;
  size_t added;
};

// Applies edits, in ascending order and all growing or all shrinking, to a blob of which `used`
// bytes count, in place if its allocated size stays. The caller fills in what was added.
void BucketEditor::Splice(BucketRef& ref, size_t used, std::span<const Edit> edits, size_t count) {
  size_t added = 0;
  size_t removed = 0;
  for (const Edit& edit : edits) {
    added += edit.added;
    removed += edit.removed;
  }
  const size_t size = AllocatedSize(used + added - removed);
  char* const from = ref.blob();
  char* const to = size == ref.bytes() ? from : allocator_.Allocate(size);
  const BucketRef result(to, count, size);

  // Moves the run that follows edit i, up to the next edit.
  const auto move = [&](size_t i, size_t shift_added, size_t shift_removed) {
    const size_t begin = edits[i].offset + edits[i].removed;
    const size_t end = i + 1 < edits.size() ? edits[i + 1].offset : used;
    std::memmove(to + begin + shift_added - shift_removed, from + begin, end - begin);
  };
  if (to != from) std::memcpy(to, from, edits[0].offset);
  if (added > removed) {
    for (size_t i = edits.size(); i-- > 0;) {  // Upwards: the last run first.
      move(i, added, removed);
      added -= edits[i].added;
      removed -= edits[i].removed;
    }
  } else {
    size_t shift_added = 0;
    size_t shift_removed = 0;
    for (size_t i = 0; i < edits.size(); ++i) {
      shift_added += edits[i].added;
      shift_removed += edits[i].removed;
      move(i, shift_added, shift_removed);
    }
  }
  if (to != from) allocator_.Free(from, ref.bytes());
  ref = result;
}

// Can the slot join without a change to what the bucket declares?
bool BucketEditor::Conforms(const BucketView& view, const Slot& slot) const {
  const auto fits = [&view](const Cell& cell, uint8_t first_code, BucketView::Flag uniform,
                            BucketView::Flag special, Bytes prefix) {
    if (view.Has(uniform) && cell.code != first_code) return false;
    if (IsSpecial(cell.code)) return view.Has(special);
    return prefix.empty() || Bytes(cell.data, cell.size()).starts_with(prefix);
  };
  const size_t deadline_bytes = view.DeadlineBytes();
  const bool deadline_fits = IsWide(slot.deadline_ms)
                                 ? deadline_bytes == kWideDeadline
                                 : slot.deadline_ms == 0 || deadline_bytes != 0;
  return deadline_fits &&
         fits(slot.key, view.KeyCode(0), BucketView::kUniformKeys, BucketView::kSpecialKeys,
              view.KeyPrefix()) &&
         (!traits_.values || fits(slot.value, view.ValueCode(0), BucketView::kUniformValues,
                                  BucketView::kSpecialValues, view.ValuePrefix()));
}

bool BucketEditor::Append(BucketRef& ref, const BucketView& view, std::span<const Slot> slots,
                          size_t max_bytes) {
  const size_t n = slots.size();
  const size_t used = view.used();
  size_t data_bytes = 0;
  for (const Slot& slot : slots) {
    data_bytes += slot.key.size() - view.key_prefix_;
    if (traits_.values) data_bytes += slot.value.size() - view.value_prefix_;
  }

  // One gap at the end of each array; empty ones are left out.
  Edit edits[6];
  size_t edit_count = 0;
  size_t added = 0;
  const auto gap = [&](const char* at, size_t size) {
    const size_t offset = static_cast<size_t>(at - view.blob_);
    const size_t place = offset + added;
    if (size != 0) edits[edit_count++] = {offset, 0, size};
    added += size;
    return place;
  };
  const bool key_code = !view.Has(BucketView::kUniformKeys);
  const bool value_code = traits_.values && !view.Has(BucketView::kUniformValues);
  const size_t deadline_bytes = view.DeadlineBytes();
  const size_t tag_place = gap(view.key_codes_, n);
  const size_t key_code_place = gap(view.value_codes_, key_code ? n : 0);
  const size_t value_code_place = gap(view.clocks_, value_code ? n : 0);
  const size_t clock_place = gap(view.deadlines_, traits_.clocks ? kClockBytes * n : 0);
  const size_t deadline_place = gap(view.prefixes_, deadline_bytes * n);
  const size_t data_place = gap(view.blob_ + used, data_bytes);

  if (AllocatedSize(used + added) > max_bytes) return false;
  const size_t key_prefix = view.key_prefix_;
  const size_t value_prefix = view.value_prefix_;
  Splice(ref, used, {edits, edit_count}, ref.count() + n);
  char* const blob = ref.blob();
  char* data = blob + data_place;
  for (size_t i = 0; i < n; ++i) {
    const Slot& slot = slots[i];
    blob[tag_place + i] = static_cast<char>(slot.tag);
    if (key_code) blob[key_code_place + i] = static_cast<char>(slot.key.code);
    if (value_code) blob[value_code_place + i] = static_cast<char>(slot.value.code);
    if (traits_.clocks) {
      std::memcpy(blob + clock_place + i * kClockBytes, &slot.clock, kClockBytes);
    }
    Put(blob + deadline_place + i * deadline_bytes,
        reinterpret_cast<const char*>(&slot.deadline_ms), deadline_bytes);
    data = Put(data, slot.key.data + key_prefix, slot.key.size() - key_prefix);
    if (!traits_.values) continue;
    data = Put(data, slot.value.data + value_prefix, slot.value.size() - value_prefix);
  }
  return true;
}

bool BucketEditor::Insert(BucketRef& ref, std::span<const Slot> slots, size_t max_bytes) {
  if (ref.empty()) return Reencode(ref, slots, false, max_bytes);
  const BucketView view(ref, traits_);
  const auto conforms = [&](const Slot& slot) { return Conforms(view, slot); };
  if (view.count() >= kReencodeBelow && std::ranges::all_of(slots, conforms)) {
    return Append(ref, view, slots, max_bytes);
  }
  SlotList& list = DecodeAll(view);
  list.slots().insert(list.slots().end(), slots.begin(), slots.end());
  return Reencode(ref, list.slots(), view.spilled(), max_bytes);
}

void BucketEditor::Erase(BucketRef& ref, unsigned slot) {
  const BucketView view(ref, traits_);
  if (view.count() == 1) return Free(ref);
  Edit edits[6];
  size_t count = 0;
  const auto cut = [&](const char* at, size_t size) {
    if (size != 0) edits[count++] = {static_cast<size_t>(at - view.blob_), size, 0};
  };
  cut(view.tags_ + slot, 1);
  if (!view.Has(BucketView::kUniformKeys)) cut(view.key_codes_ + slot, 1);
  if (traits_.values && !view.Has(BucketView::kUniformValues)) cut(view.value_codes_ + slot, 1);
  if (traits_.clocks) cut(view.clocks_ + slot * kClockBytes, kClockBytes);
  const size_t deadline_bytes = view.DeadlineBytes();
  cut(view.deadlines_ + slot * deadline_bytes, deadline_bytes);
  const size_t value_rest = traits_.values ? view.ValueRest(slot) : 0;
  cut(view.Data(slot), view.KeyRest(slot) + value_rest);
  Splice(ref, view.used(), {edits, count}, view.count() - 1);
}

bool BucketEditor::ReplaceValue(BucketRef& ref, unsigned slot, const Cell& value,
                                size_t max_bytes) {
  const BucketView view(ref, traits_);
  const uint8_t old_code = view.ValueCode(slot);
  const Bytes prefix = view.ValuePrefix();
  char* const data = view.Data(slot) + view.KeyRest(slot);
  const bool keeps_prefix = prefix.empty() || (!IsSpecial(value.code) &&
                                               Bytes(value.data, value.size()).starts_with(prefix));
  if (old_code == value.code && keeps_prefix) {
    Put(data, value.data + prefix.size(), value.size() - prefix.size());
    return true;
  }
  const bool declared = !IsSpecial(value.code) || view.Has(BucketView::kSpecialValues);
  if (view.count() >= kReencodeBelow && !view.Has(BucketView::kUniformValues) && declared &&
      keeps_prefix) {
    const size_t used = view.used();
    const size_t old_rest = view.ValueRest(slot);
    const size_t rest = value.size() - prefix.size();
    if (AllocatedSize(used + rest - old_rest) > max_bytes) return false;
    view.value_codes_[slot] = static_cast<char>(value.code);
    const Edit edit{static_cast<size_t>(data - view.blob_), old_rest, rest};
    const size_t skip = prefix.size();
    Splice(ref, used, {&edit, 1}, view.count());
    Put(ref.blob() + edit.offset, value.data + skip, rest);
    return true;
  }
  SlotList& list = DecodeAll(view);
  list.slots()[slot].value = value;
  return Reencode(ref, list.slots(), view.spilled(), max_bytes);
}

bool BucketEditor::SetDeadline(BucketRef& ref, unsigned slot, uint64_t deadline_ms) {
  const BucketView view(ref, traits_);
  const size_t deadline_bytes = view.DeadlineBytes();
  if (deadline_bytes == kWideDeadline || (deadline_bytes != 0 && !IsWide(deadline_ms))) {
    std::memcpy(view.deadlines_ + slot * deadline_bytes, &deadline_ms, deadline_bytes);
    return true;
  }
  if (deadline_ms == 0) return true;
  SlotList& list = DecodeAll(view);
  list.slots()[slot].deadline_ms = deadline_ms;
  return Reencode(ref, list.slots(), view.spilled(), BucketRef::kMaxBytes);
}

void BucketEditor::SetClock(BucketRef ref, unsigned slot, uint16_t clock) {
  const BucketView view(ref, traits_);
  std::memcpy(view.clocks_ + slot * kClockBytes, &clock, sizeof clock);
}

}  // namespace thimble
