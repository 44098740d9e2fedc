#pragma once

#include <cstdint>

#include "storage/common/result.h"

namespace thimble {

// The instruction sets for which the search of buckets is compiled. Each has a namespace of that
// name with the same functions; only those of avx2 carry the target attribute, so that no other
// code, inlined or merged by the linker, asks for more than every CPU of the architecture has.
enum class Simd : uint8_t { kPortable, kSse2, kAvx2 };

#if defined(__SSE2__)
inline constexpr Simd kBaselineSimd = Simd::kSse2;
#else
inline constexpr Simd kBaselineSimd = Simd::kPortable;
#endif

namespace simd_internal {
inline Simd active = kBaselineSimd;
}

// What searches use: the baseline until ChooseSimd() says otherwise.
inline Simd ActiveSimd() {
  return simd_internal::active;
}

const char* SimdName(Simd simd);
// Whether this program and this CPU have it.
bool SupportsSimd(Simd simd);

// Makes the choice, once, at the start. `forced` is the value of THIMBLE_SIMD: "sse2", "avx2" or
// "portable"; null or empty means the baseline. An error, changing nothing, if it is unknown or the
// CPU lacks it.
Result<void> ChooseSimd(const char* forced);

}  // namespace thimble
