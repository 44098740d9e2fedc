#include "storage/rdb/crc64.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

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

}  // namespace

uint64_t Crc64(uint64_t crc, Bytes bytes) {
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

}  // namespace thimble
