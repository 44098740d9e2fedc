#include "storage/table/bucket.h"

// Entry points of the searches that are not the baseline's. Each is a function of its own, since
// code that asks for AVX2 cannot be inlined where nothing has asked the CPU.
namespace thimble {

#if defined(__SSE2__)
namespace {

[[gnu::target("avx2")]] unsigned FindWithAvx2(BucketRef ref, TableTraits traits, uint8_t tag,
                                              const KeyProbe& probe, uint64_t hash,
                                              TableValue* value) {
  return avx2::Find(ref, traits, tag, probe, hash, value);
}

[[gnu::target("avx2")]] void PrefetchWithAvx2(BucketRef ref, TableTraits traits, uint8_t tag) {
  avx2::PrefetchEntry(ref, traits, tag);
}

}  // namespace
#endif

unsigned FindWithChosenSimd(BucketRef ref, TableTraits traits, uint8_t tag, const KeyProbe& probe,
                            uint64_t hash, TableValue* value) {
#if defined(__SSE2__)
  if (ActiveSimd() == Simd::kAvx2) return FindWithAvx2(ref, traits, tag, probe, hash, value);
#endif
  return portable::Find(ref, traits, tag, probe, hash, value);
}

void PrefetchWithChosenSimd(BucketRef ref, TableTraits traits, uint8_t tag) {
#if defined(__SSE2__)
  if (ActiveSimd() == Simd::kAvx2) return PrefetchWithAvx2(ref, traits, tag);
#endif
  portable::PrefetchEntry(ref, traits, tag);
}

}  // namespace thimble
