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

// Calls found(view, slot, data) if the key is there, and returns its slot. The traits are a
// constant here, so that only what they ask for is left.
template <TableTraits kTraits, class Found>
THIMBLE_TARGET inline unsigned FindSlot(BucketRef ref, uint8_t tag, const KeyProbe& probe,
                                        uint64_t hash, Found found) {
  const unsigned count = ref.count();
  const char* const tags = ref.blob() + BucketView::HeaderSize(kTraits);
  for (unsigned first = 0; first < count; first += kTagStep) {
    uint32_t matches = MatchTags(tags + first, count - first, tag);
    for (; matches != 0; matches &= matches - 1) {
      const unsigned slot = first + static_cast<unsigned>(std::countr_zero(matches));
      const BucketView view(ref, kTraits);
      if (view.KeyCode(slot) != probe.code) continue;
      char* const data = DataOf(view, slot);
      if (!view.KeyEqualsAt(data, probe, hash)) continue;
      found(view, slot, data);
      return slot;
    }
  }
  return BucketView::kNotFound;
}

template <TableTraits kTraits>
THIMBLE_CALLED_TARGET unsigned FindAs(BucketRef ref, uint8_t tag, const KeyProbe& probe,
                                      uint64_t hash, TableEntry* entry) {
  return FindSlot<kTraits>(ref, tag, probe, hash,
                           [entry](const BucketView& view, unsigned slot, const char* data) {
                             if (entry != nullptr) view.ReadEntry(slot, data, *entry);
                           });
}

THIMBLE_TARGET inline unsigned Find(BucketRef ref, TableTraits traits, uint8_t tag,
                                    const KeyProbe& probe, uint64_t hash, TableEntry* entry) {
  if (traits.clocks) return FindAs<TableTraits{true, true}>(ref, tag, probe, hash, entry);
  if (traits.values) return FindAs<TableTraits{true, false}>(ref, tag, probe, hash, entry);
  return FindAs<TableTraits{false, false}>(ref, tag, probe, hash, entry);
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
