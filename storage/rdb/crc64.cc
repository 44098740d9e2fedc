#include "storage/rdb/crc64.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace thimble {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr uint64_t kReflectedPolynomial = 0x95ac9329ac4bc9b5;
constexpr size_t kStride = 8;
using Tables = std::array<std::array<uint64_t, 256>, kStride>;

// tables[n][b] is what byte b contributes when n further bytes of the same word follow it.
constexpr Tables MakeTables() {
  Tables tables{};
  for (uint64_t byte = 0; byte < 256; ++byte) {
    uint64_t crc = byte;
    for (int bit = 0; bit < 8; ++bit)
      crc = crc >> 1U ^ ((crc & 1U) != 0 ? kReflectedPolynomial : 0);
    tables[0][byte] = crc;
  }
  for (size_t n = 1; n < kStride; ++n) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint64_t before = tables[n - 1][byte];
      tables[n][byte] = tables[0][before & 0xFFU] ^ before >> 8U;
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

uint64_t Crc64ByTables(uint64_t crc, Bytes bytes) {
  const char* at = bytes.data();
  size_t left = bytes.size();
  for (; left >= kStride; at += kStride, left -= kStride) {
    uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    word ^= crc;
    crc = 0;
    for (size_t i = 0; i < kStride; ++i) crc ^= kTables[kStride - 1 - i][word >> 8 * i & 0xFFU];
  }
  for (; left > 0; ++at, --left) {
    crc = kTables[0][(crc ^ static_cast<unsigned char>(*at)) & 0xFFU] ^ crc >> 8U;
  }
  return crc;
}

#if defined(__x86_64__)

// Folding by carry-less multiplication: V. Gopal et al., "Fast CRC Computation for Generic
// Polynomials Using PCLMULQDQ Instruction", Intel 2009. A block of 128 bits that stands n bits
// ahead of another may be replaced by its product with x^n modulo the polynomial, added to that.
// All is reflected: the lowest bit is the highest power.

constexpr size_t kBlock = 16;
constexpr size_t kLanes = 4;  // Blocks folded side by side, to keep the multiplier busy.

// x^power modulo the polynomial.
constexpr uint64_t PowerOfX(unsigned power) {
  uint64_t remainder = uint64_t{1} << 63U;
  for (; power > 0; --power) {
    remainder = remainder >> 1U ^ ((remainder & 1U) != 0 ? kReflectedPolynomial : 0);
  }
  return remainder;
}

// What the two halves of a block are multiplied with to move it on by so many bits; one power less
// than that, since a product of reflected numbers comes out shifted by one bit.
struct Factors {
  explicit constexpr Factors(unsigned bits) : low(PowerOfX(bits + 63)), high(PowerOfX(bits - 1)) {}
  uint64_t low;
  uint64_t high;
};
constexpr Factors kOneBlock(8 * kBlock);
constexpr Factors kAllLanes(8 * kBlock * kLanes);

[[gnu::target("pclmul"), gnu::always_inline]] inline __m128i Fold(__m128i block, __m128i factors,
                                                                  __m128i next) {
  const __m128i low = _mm_clmulepi64_si128(block, factors, 0x00);
  const __m128i high = _mm_clmulepi64_si128(block, factors, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

[[gnu::target("pclmul")]] uint64_t Crc64ByFolding(uint64_t crc, Bytes bytes) {
  const auto load = [&bytes](size_t block) __attribute__((always_inline)) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data()) + block);
  };
  const auto factors = [](const Factors& of) __attribute__((always_inline)) {
    return _mm_set_epi64x(static_cast<int64_t>(of.high), static_cast<int64_t>(of.low));
  };
  __m128i lanes[kLanes];
  for (size_t i = 0; i < kLanes; ++i) lanes[i] = load(i);
  lanes[0] = _mm_xor_si128(lanes[0], _mm_cvtsi64_si128(static_cast<int64_t>(crc)));
  bytes.remove_prefix(kLanes * kBlock);
  for (; bytes.size() >= kLanes * kBlock; bytes.remove_prefix(kLanes * kBlock)) {
    for (size_t i = 0; i < kLanes; ++i) lanes[i] = Fold(lanes[i], factors(kAllLanes), load(i));
  }
  __m128i folded = lanes[0];
  for (size_t i = 1; i < kLanes; ++i) folded = Fold(folded, factors(kOneBlock), lanes[i]);
  char block[kBlock];
  _mm_storeu_si128(reinterpret_cast<__m128i*>(block), folded);
  return Crc64ByTables(Crc64ByTables(0, Bytes(block, kBlock)), bytes);
}

const bool kCanFold = __builtin_cpu_supports("pclmul") != 0;

#endif

}  // namespace

uint64_t Crc64(uint64_t crc, Bytes bytes) {
#if defined(__x86_64__)
  if (kCanFold && bytes.size() >= 2 * kLanes * kBlock) return Crc64ByFolding(crc, bytes);
#endif
  return Crc64ByTables(crc, bytes);
}

}  // namespace thimble
