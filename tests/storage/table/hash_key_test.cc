#include "storage/table/hash_key.h"

#include <string>

#include <gtest/gtest.h>

#include "storage/table/sip_hash.h"

namespace thimble {
namespace {

TEST(HashKeyTest, SameSeedSameHash) {
  EXPECT_EQ(HashKey::FromSeed(1).Hash("member"), HashKey::FromSeed(1).Hash("member"));
  EXPECT_NE(HashKey::FromSeed(1).Hash("member"), HashKey::FromSeed(2).Hash("member"));
  EXPECT_NE(HashKey::FromEntropy().Hash("member"), HashKey::FromEntropy().Hash("member"));
}

TEST(HashKeyTest, EveryLengthIsHashed) {
  const HashKey key = HashKey::FromSeed(3);
  const std::string text(1000, 'x');
  for (size_t size = 1; size < text.size(); ++size) {
    EXPECT_NE(key.Hash(Bytes(text).substr(0, size)), key.Hash(Bytes(text).substr(0, size - 1)));
  }
}

// What CPython 3.11, which hashes bytes with SipHash-1-3, answers under an all-zero key.
TEST(SipHashTest, AgreesWithAnotherImplementation) {
  std::string text;
  for (char c = 0; c < 64; ++c) text.push_back(c);
  EXPECT_EQ(SipHash13(0, 0, Bytes(text).substr(0, 1)), 0x68a914128e01e473u);
  EXPECT_EQ(SipHash13(0, 0, Bytes(text).substr(0, 2)), 0x010bac45c41e3669u);
  EXPECT_EQ(SipHash13(0, 0, Bytes(text).substr(0, 7)), 0x2f098ab0c751325au);
  EXPECT_EQ(SipHash13(0, 0, Bytes(text).substr(0, 8)), 0xead411e67ebe2eeau);
  EXPECT_EQ(SipHash13(0, 0, Bytes(text).substr(0, 9)), 0x75927f9d95124362u);
  EXPECT_EQ(SipHash13(0, 0, Bytes(text).substr(0, 15)), 0xf30eb725bb91c9eau);
  EXPECT_EQ(SipHash13(0, 0, Bytes(text).substr(0, 16)), 0x8972188433a5c5b7u);
  EXPECT_EQ(SipHash13(0, 0, Bytes(text).substr(0, 63)), 0x385d3e39e5f37359u);
}

}  // namespace
}  // namespace thimble
