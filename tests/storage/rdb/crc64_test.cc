#include "storage/rdb/crc64.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

TEST(Crc64Test, KnownValue) {
  EXPECT_EQ(Crc64(0, "123456789"), 0xe9c6d914c4b8d9caU);
  EXPECT_EQ(Crc64(0, ""), 0U);
}

// Bit by bit, as the definition has it.
uint64_t Reference(Bytes bytes) {
  uint64_t crc = 0;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0x95ac9329ac4bc9b5U : 0);
    }
  }
  return crc;
}

// Short and long ones are not reckoned in the same way.
TEST(Crc64Test, EveryLength) {
  std::mt19937 random(7);
  std::string bytes;
  for (int i = 0; i < 600; ++i) {
    EXPECT_EQ(Crc64(0, bytes), Reference(bytes)) << bytes.size();
    bytes += static_cast<char>(random());
  }
}

// However the bytes are cut, the checksum is that of the whole.
TEST(Crc64Test, Continues) {
  std::string bytes;
  for (int i = 0; i < 400; ++i) bytes += static_cast<char>(i * 37);
  const uint64_t whole = Crc64(0, bytes);
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    EXPECT_EQ(Crc64(Crc64(0, Bytes(bytes).substr(0, cut)), Bytes(bytes).substr(cut)), whole);
  }
}

}  // namespace
}  // namespace thimble
