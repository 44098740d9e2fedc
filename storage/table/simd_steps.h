#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

// The steps that a search of a bucket is made of, in a namespace for each instruction set:
//
//   MatchTags   Which of the first min(count, kTagStep) bytes equal `tag`: bit i for byte i.
//   SumBytes    The sum of the first `count` bytes.
//
// Both may read up to 15 bytes beyond `count`, never more, which every blob has: behind tags and
// codes come codes or data, of which each slot but one has at least a byte, and the smallest block
// is of kMinBlobBytes. Where AVX2 reads 32 bytes there are at least 17 of them.
namespace thimble {

namespace portable {

inline constexpr unsigned kTagStep = 16;

[[gnu::always_inline]] inline uint32_t MatchTags(const char* tags, unsigned count, uint8_t tag) {
  uint32_t matches = 0;
  for (unsigned i = 0; i < std::min(count, kTagStep); ++i) {
    matches |= static_cast<uint32_t>(static_cast<uint8_t>(tags[i]) == tag) << i;
  }
  return matches;
}

[[gnu::always_inline]] inline size_t SumBytes(const char* bytes, unsigned count) {
  size_t sum = 0;
  for (unsigned i = 0; i < count; ++i) sum += static_cast<uint8_t>(bytes[i]);
  return sum;
}

}  // namespace portable

#if defined(__SSE2__)

// 32 ones and 32 zeros: a window over them masks any number of leading bytes.
alignas(64) inline constexpr uint8_t kLeadingBytes[64] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

namespace sse2 {

inline constexpr unsigned kTagStep = 16;

[[gnu::always_inline]] inline uint32_t MatchTags(const char* tags, unsigned count, uint8_t tag) {
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(tags));
  const __m128i wanted = _mm_set1_epi8(static_cast<char>(tag));
  const uint32_t matches = static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, wanted)));
  return count < kTagStep ? matches & ((1u << count) - 1) : matches;
}

[[gnu::always_inline]] inline size_t SumBytes(const char* bytes, unsigned count) {
  __m128i sums = _mm_setzero_si128();
  for (unsigned done = 0; done < count; done += 16) {
    __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + done));
    if (count - done < 16) {
      const uint8_t* const window = kLeadingBytes + 32 - (count - done);
      block = _mm_and_si128(block, _mm_loadu_si128(reinterpret_cast<const __m128i*>(window)));
    }
    sums = _mm_add_epi64(sums, _mm_sad_epu8(block, _mm_setzero_si128()));
  }
  return static_cast<size_t>(_mm_cvtsi128_si64(sums)) +
         static_cast<size_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
}

}  // namespace sse2

namespace avx2 {

inline constexpr unsigned kTagStep = 32;

[[gnu::target("avx2"), gnu::always_inline]] inline uint32_t MatchTags(const char* tags,
                                                                      unsigned count, uint8_t tag) {
  if (count <= 16) return sse2::MatchTags(tags, count, tag);
  const __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(tags));
  const __m256i wanted = _mm256_set1_epi8(static_cast<char>(tag));
  const uint32_t matches =
      static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(block, wanted)));
  return count < kTagStep ? matches & ((1u << count) - 1) : matches;
}

[[gnu::target("avx2"), gnu::always_inline]] inline size_t SumBytes(const char* bytes,
                                                                   unsigned count) {
  if (count <= 16) return sse2::SumBytes(bytes, count);
  __m256i sums = _mm256_setzero_si256();
  unsigned done = 0;
  for (; count - done > 16; done += 32) {
    __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + done));
    if (count - done < 32) {
      const uint8_t* const window = kLeadingBytes + 32 - (count - done);
      block = _mm256_and_si256(block, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(window)));
    }
    sums = _mm256_add_epi64(sums, _mm256_sad_epu8(block, _mm256_setzero_si256()));
    if (count - done <= 32) {
      done = count;
      break;
    }
  }
  const __m128i halves =
      _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  return static_cast<size_t>(_mm_cvtsi128_si64(halves)) +
         static_cast<size_t>(_mm_extract_epi64(halves, 1)) +
         sse2::SumBytes(bytes + done, count - done);
}

}  // namespace avx2

namespace baseline = sse2;
#else
namespace baseline = portable;
#endif

}  // namespace thimble
