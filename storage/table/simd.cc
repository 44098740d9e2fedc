#include "storage/table/simd.h"

#include <string>

namespace thimble {

const char* SimdName(Simd simd) {
  switch (simd) {
    case Simd::kAvx2:
      return "avx2";
    case Simd::kSse2:
      return "sse2";
    case Simd::kPortable:
      break;
  }
  return "portable";
}

bool SupportsSimd(Simd simd) {
#if defined(__SSE2__)
  return simd != Simd::kAvx2 || __builtin_cpu_supports("avx2") != 0;
#else
  return simd == Simd::kPortable;
#endif
}

Result<void> ChooseSimd(const char* forced) {
  const std::string wanted = forced == nullptr ? "" : forced;
  if (wanted.empty()) {
    simd_internal::active = kBaselineSimd;
    return Ok();
  }
  for (const Simd simd : {Simd::kPortable, Simd::kSse2, Simd::kAvx2}) {
    if (wanted != SimdName(simd)) continue;
    if (!SupportsSimd(simd)) {
      return Error::Message("THIMBLE_SIMD=" + wanted + ": this CPU does not have it");
    }
    simd_internal::active = simd;
    return Ok();
  }
  return Error::Message("THIMBLE_SIMD must be sse2, avx2 or portable, not '" + wanted + "'");
}

}  // namespace thimble
