// No header of its own: bucket.h includes it once for each instruction set, in the namespace with
// the steps of simd_steps.h to use, with THIMBLE_TARGET as the attribute of all functions, and
// THIMBLE_CALLED_TARGET as that of those that are large and called for each of the traits: inlined
// together they would crowd each other out of the registers.

// The stored size of the first `count` keys, or values, together.
THIMBLE_TARGET inline size_t SizeOfFirst(unsigned count, const char* codes, bool uniform) {
  return uniform ? count * StoredSize(static_cast<uint8_t>(codes[0])) : SumSizes(codes, count);
}

// What BucketView::Data(slot) returns.
THIMBLE_TARGET inline char* DataOf(const BucketView& view, unsigned slot) {
  const bool uniform_keys = view.Has(BucketView::kUniformKeys);
  const bool uniform_values = view.Has(BucketView::kUniformValues);
  size_t stored = 0;
  if (!view.has_values()) {
    stored = SizeOfFirst(slot, view.key_codes(), uniform_keys);
  } else if (!uniform_keys && !uniform_values) {
    stored = SumBothSizes(view.key_codes(), view.value_codes(), slot);
  } else {
    stored = SizeOfFirst(slot, view.key_codes(), uniform_keys) +
             SizeOfFirst(slot, view.value_codes(), uniform_values);
  }
  return view.DataBehind(slot, stored);
}

// Calls found(view, slot, data) if the slot holds the key.
template <TableTraits kTraits, class Found>
THIMBLE_TARGET inline bool TrySlot(BucketRef ref, unsigned slot, const KeyProbe& probe,
                                   uint64_t hash, Found found) {
  const BucketView view(ref, kTraits);
  if (view.KeyCode(slot) != probe.code) return false;
  char* const data = DataOf(view, slot);
  if (!view.KeyEqualsAt(data, probe, hash)) return false;
  found(view, slot, data);
  return true;
}

// The search from slot `first` on; of the first step there, `matches` are to be tried.
template <TableTraits kTraits, class Found>
THIMBLE_CALLED_TARGET unsigned FindFurther(BucketRef ref, uint8_t tag, const KeyProbe& probe,
                                           uint64_t hash, unsigned first, uint32_t matches,
                                           Found found) {
  const char* const tags = ref.blob() + BucketView::HeaderSize(kTraits);
  while (true) {
    for (; matches != 0; matches &= matches - 1) {
      const unsigned slot = first + static_cast<unsigned>(std::countr_zero(matches));
      if (TrySlot<kTraits>(ref, slot, probe, hash, found)) return slot;
    }
    first += kTagStep;
    if (first >= ref.count()) return BucketView::kNotFound;
    matches = MatchTags(tags + first, ref.count() - first, tag);
  }
}

// Calls found(view, slot, data) if the key is there, and returns its slot. The traits are a
// constant here, so that only what they ask for is left. The first slot of that tag in the first
// two steps is nearly always the one: without a loop around it, what is known of the bucket stays
// in registers.
template <TableTraits kTraits, class Found>
THIMBLE_TARGET inline unsigned FindSlot(BucketRef ref, uint8_t tag, const KeyProbe& probe,
                                        uint64_t hash, Found found) {
  const unsigned count = ref.count();
  const char* const tags = ref.blob() + BucketView::HeaderSize(kTraits);
  unsigned first = 0;
  uint32_t matches = MatchTags(tags, count, tag);
  if (matches == 0) {
    if (count <= kTagStep) return BucketView::kNotFound;
    first = kTagStep;
    matches = MatchTags(tags + first, count - first, tag);
  }
  if (matches != 0) [[likely]] {
    const unsigned slot = first + static_cast<unsigned>(std::countr_zero(matches));
    if (TrySlot<kTraits>(ref, slot, probe, hash, found)) [[likely]]
      return slot;
    matches &= matches - 1;
  }
  return FindFurther<kTraits>(ref, tag, probe, hash, first, matches, found);
}

template <TableTraits kTraits>
THIMBLE_CALLED_TARGET unsigned FindAs(BucketRef ref, uint8_t tag, const KeyProbe& probe,
                                      uint64_t hash, TableValue* value) {
  return FindSlot<kTraits>(
      ref, tag, probe, hash,
      [value](const BucketView& view, unsigned slot, const char* data)
          __attribute__((always_inline)) {
            if (value != nullptr) view.ReadValue(slot, data, *value);
          });
}

THIMBLE_TARGET inline unsigned Find(BucketRef ref, TableTraits traits, uint8_t tag,
                                    const KeyProbe& probe, uint64_t hash, TableValue* value) {
  if (traits.clocks) return FindAs<TableTraits{true, true}>(ref, tag, probe, hash, value);
  if (traits.values) return FindAs<TableTraits{true, false}>(ref, tag, probe, hash, value);
  return FindAs<TableTraits{false, false}>(ref, tag, probe, hash, value);
}

// The first of that tag, which nearly always is the one; and of it what most entries take.
template <TableTraits kTraits>
THIMBLE_CALLED_TARGET void PrefetchEntryAs(BucketRef ref, uint8_t tag) {
  constexpr size_t kMostOfAnEntry = 63;
  const unsigned count = ref.count();
  const char* const tags = ref.blob() + BucketView::HeaderSize(kTraits);
  for (unsigned first = 0; first < count; first += kTagStep) {
    const uint32_t matches = MatchTags(tags + first, count - first, tag);
    if (matches == 0) continue;
    const unsigned slot = first + static_cast<unsigned>(std::countr_zero(matches));
    const char* const data = DataOf(BucketView(ref, kTraits), slot);
    Prefetch(data);
    Prefetch(data + kMostOfAnEntry);
    return;
  }
}

THIMBLE_TARGET inline void PrefetchEntry(BucketRef ref, TableTraits traits, uint8_t tag) {
  if (traits.clocks) return PrefetchEntryAs<TableTraits{true, true}>(ref, tag);
  if (traits.values) return PrefetchEntryAs<TableTraits{true, false}>(ref, tag);
  PrefetchEntryAs<TableTraits{false, false}>(ref, tag);
}
