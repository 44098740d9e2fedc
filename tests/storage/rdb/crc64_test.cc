#include "storage/rdb/crc64.h"

#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

TEST(Crc64Test, KnownValue) {
  EXPECT_EQ(Crc64(0, "123456789"), 0xe9c6d914c4b8d9caU);
  EXPECT_EQ(Crc64(0, ""), 0U);
}

// However the bytes are cut, the checksum is that of the whole.
TEST(Crc64Test, Continues) {
  std::string bytes;
  for (int i = 0; i < 100; ++i) bytes += static_cast<char>(i * 37);
  const uint64_t whole = Crc64(0, bytes);
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    EXPECT_EQ(Crc64(Crc64(0, Bytes(bytes).substr(0, cut)), Bytes(bytes).substr(cut)), whole);
  }
}

}  // namespace
}  // namespace thimble
