#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "storage/table/cell.h"

// The steps that a search of a bucket is made of, in a namespace for each instruction set:
//
//   MatchTags      Which of the first min(count, kTagStep) bytes equal `tag`: bit i for byte i.
//   SumSizes       The sum of the stored sizes of the first `count` codes.
//   SumBothSizes   The same of two arrays together.
//   RunningSizes   For each of the first `count` codes the sum before it. `sums` has room for 15
//                  more, whose content is then undefined.
//
// All may read up to 15 bytes beyond `count`, never more, which every blob has: behind tags and
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

[[gnu::always_inline]] inline size_t SumSizes(const char* codes, unsigned count) {
  size_t sum = 0;
  for (unsigned i = 0; i < count; ++i) sum += StoredSize(static_cast<uint8_t>(codes[i]));
  return sum;
}

[[gnu::always_inline]] inline size_t SumBothSizes(const char* some, const char* others,
                                                  unsigned count) {
  return SumSizes(some, count) + SumSizes(others, count);
}

[[gnu::always_inline]] inline void RunningSizes(const char* codes, unsigned count, uint16_t* sums) {
  size_t sum = 0;
  for (unsigned i = 0; i < count; ++i) {
    sums[i] = static_cast<uint16_t>(sum);
    sum += StoredSize(static_cast<uint8_t>(codes[i]));
  }
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

// StoredSize() of each: an integer's code less 247, and one more where the width leaps from six
// bytes to eight.
[[gnu::always_inline]] inline __m128i StoredSizes(__m128i codes) {
  const __m128i first = _mm_set1_epi8(static_cast<char>(kFirstIntegerCode));
  const __m128i special = _mm_cmpeq_epi8(_mm_max_epu8(codes, first), codes);
  const __m128i beneath = _mm_set1_epi8(static_cast<char>(kFirstIntegerCode - 1));
  const __m128i wide = _mm_cmpeq_epi8(codes, _mm_set1_epi8(static_cast<char>(kWidestCode)));
  return _mm_sub_epi8(_mm_sub_epi8(codes, _mm_and_si128(special, beneath)), wide);
}

[[gnu::always_inline]] inline size_t SumSizes(const char* codes, unsigned count) {
  __m128i sums = _mm_setzero_si128();
  for (unsigned done = 0; done < count; done += 16) {
    __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes + done));
    if (count - done < 16) {
      const uint8_t* const window = kLeadingBytes + 32 - (count - done);
      block = _mm_and_si128(block, _mm_loadu_si128(reinterpret_cast<const __m128i*>(window)));
    }
    sums = _mm_add_epi64(sums, _mm_sad_epu8(StoredSizes(block), _mm_setzero_si128()));
  }
  return static_cast<size_t>(_mm_cvtsi128_si64(sums)) +
         static_cast<size_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
}

// Few codes come before most entries: eight of each array share a register then.
[[gnu::always_inline]] inline size_t SumBothSizes(const char* some, const char* others,
                                                  unsigned count) {
  constexpr unsigned kHalf = 8;
  if (count > kHalf) return SumSizes(some, count) + SumSizes(others, count);
  const __m128i low = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(some));
  const __m128i high = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(others));
  // What does not count is shifted out.
  const __m128i unused = _mm_cvtsi32_si128(static_cast<int>(8 * (kHalf - count)));
  const __m128i codes = _mm_sll_epi64(_mm_unpacklo_epi64(low, high), unused);
  const __m128i sums = _mm_sad_epu8(StoredSizes(codes), _mm_setzero_si128());
  return static_cast<size_t>(_mm_cvtsi128_si64(sums)) +
         static_cast<size_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
}

// Adds to each lane all lanes before it, in as many steps as its number has bits.
[[gnu::always_inline]] inline __m128i RunningSums(__m128i lanes) {
  lanes = _mm_add_epi16(lanes, _mm_slli_si128(lanes, 2));
  lanes = _mm_add_epi16(lanes, _mm_slli_si128(lanes, 4));
  return _mm_add_epi16(lanes, _mm_slli_si128(lanes, 8));
}

[[gnu::always_inline]] inline void RunningSizes(const char* codes, unsigned count, uint16_t* sums) {
  __m128i before = _mm_setzero_si128();  // In each lane the sum of all blocks so far.
  for (unsigned done = 0; done < count; done += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes + done));
    const __m128i sizes = StoredSizes(block);
    const __m128i halves[] = {_mm_unpacklo_epi8(sizes, _mm_setzero_si128()),
                              _mm_unpackhi_epi8(sizes, _mm_setzero_si128())};
    for (unsigned half = 0; half < 2; ++half) {
      const __m128i running = _mm_add_epi16(before, RunningSums(halves[half]));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(sums + done + half * 8),
                       _mm_sub_epi16(running, halves[half]));
      const __m128i last = _mm_shufflehi_epi16(running, _MM_SHUFFLE(3, 3, 3, 3));
      before = _mm_unpackhi_epi64(last, last);
    }
  }
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

[[gnu::target("avx2"), gnu::always_inline]] inline __m256i StoredSizes(__m256i codes) {
  const __m256i first = _mm256_set1_epi8(static_cast<char>(kFirstIntegerCode));
  const __m256i special = _mm256_cmpeq_epi8(_mm256_max_epu8(codes, first), codes);
  const __m256i beneath = _mm256_set1_epi8(static_cast<char>(kFirstIntegerCode - 1));
  const __m256i wide = _mm256_cmpeq_epi8(codes, _mm256_set1_epi8(static_cast<char>(kWidestCode)));
  return _mm256_sub_epi8(_mm256_sub_epi8(codes, _mm256_and_si256(special, beneath)), wide);
}

[[gnu::target("avx2"), gnu::always_inline]] inline size_t SumSizes(const char* codes,
                                                                   unsigned count) {
  if (count <= 16) return sse2::SumSizes(codes, count);
  __m256i sums = _mm256_setzero_si256();
  unsigned done = 0;
  for (; count - done > 16; done += 32) {
    __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes + done));
    if (count - done < 32) {
      const uint8_t* const window = kLeadingBytes + 32 - (count - done);
      block = _mm256_and_si256(block, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(window)));
    }
    sums = _mm256_add_epi64(sums, _mm256_sad_epu8(StoredSizes(block), _mm256_setzero_si256()));
    if (count - done <= 32) {
      done = count;
      break;
    }
  }
  const __m128i halves =
      _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  return static_cast<size_t>(_mm_cvtsi128_si64(halves)) +
         static_cast<size_t>(_mm_extract_epi64(halves, 1)) +
         sse2::SumSizes(codes + done, count - done);
}

[[gnu::target("avx2"), gnu::always_inline]] inline size_t SumBothSizes(const char* some,
                                                                       const char* others,
                                                                       unsigned count) {
  if (count <= 16) return sse2::SumBothSizes(some, others, count);
  return SumSizes(some, count) + SumSizes(others, count);
}

}  // namespace avx2

namespace baseline = sse2;
#else
namespace baseline = portable;
#endif

}  // namespace thimble
