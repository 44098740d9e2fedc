#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace thimble {

// Which of the 16 bytes at `tags` equal `tag`: bit i for byte i. All 16 must be readable. Both
// forms are always compiled, so that a test can hold one against the other.
inline uint32_t MatchTagsPortable(const char* tags, uint8_t tag) {
  uint32_t matches = 0;
  for (unsigned i = 0; i < 16; ++i) {
    matches |= static_cast<uint32_t>(static_cast<uint8_t>(tags[i]) == tag) << i;
  }
  return matches;
}

inline uint32_t MatchTags(const char* tags, uint8_t tag) {
#if defined(__SSE2__)
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(tags));
  const __m128i wanted = _mm_set1_epi8(static_cast<char>(tag));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, wanted)));
#else
  return MatchTagsPortable(tags, tag);
#endif
}

}  // namespace thimble
