// Collections that grew into tables and shrank again: compact inside, tables to their users.

#include <string>

#include "tests/storage/keyspace/fixture.h"

namespace thimble {
namespace {

class KeyspaceShrinkTest : public KeyspaceTest {
 protected:
  static std::string Name(int i) { return "name:" + std::to_string(i); }

  // Grows a hash, or a set, to `most` elements and shrinks it to `left`.
  void GrowAndShrinkHash(Bytes key, int most, int left) {
    for (int i = 0; i < most; ++i) SetField(key, Name(i), std::to_string(i));
    auto edit = keys_.Edit<HashValue>(H(key));
    for (int i = left; i < most; ++i) (*edit)->Erase(H(Name(i)));
    edit->Commit(Event::kHDel, 1);
  }
  template <class NameOf>
  void GrowAndShrinkSet(Bytes key, int most, int left, NameOf name_of) {
    for (int i = 0; i < most; ++i) AddMember(key, name_of(i));
    auto edit = keys_.Edit<SetValue>(H(key));
    for (int i = left; i < most; ++i) (*edit)->Remove(H(name_of(i)));
    edit->Commit(Event::kSRem, 1);
  }
  // A table shows itself to a batch that looks ahead.
  bool IsTable(Bytes key) {
    Hashed hashed = H(key);
    return keys_.Locate(hashed) != nullptr;
  }
  Encoding EncodingOf(Bytes key) { return keys_.Describe(H(key))->encoding; }
};

TEST_F(KeyspaceShrinkTest, AHashWellBelowItsLimitIsCompactAgain) {
  GrowAndShrinkHash("h", 600, 20);
  ASSERT_TRUE(IsTable("h"));
  const size_t before = keys_.Describe(H("h"))->memory_bytes;
  MaintainAll(keys_);
  EXPECT_FALSE(IsTable("h"));
  EXPECT_LT(keys_.Describe(H("h"))->memory_bytes, before * 2 / 3);
  EXPECT_EQ(EncodingOf("h"), Encoding::kHashtable);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Field("h", Name(i)), std::to_string(i));
  EXPECT_EQ(Field("h", Name(20)), std::nullopt);
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
}

TEST_F(KeyspaceShrinkTest, NobodyIsToldAndNothingElseChanges) {
  GrowAndShrinkHash("h", 600, 20);
  keys_.SetDeadline(H("h"), NowMs() + 100'000);
  clock_.AdvanceMs(5000);
  observer_.Take();
  MaintainAll(keys_);
  ASSERT_FALSE(IsTable("h"));
  EXPECT_EQ(observer_.Take(), Events{});
  EXPECT_EQ(keys_.DeadlineOf(H("h")), NowMs() + 95'000);
  EXPECT_EQ(keys_.Describe(H("h"))->idle_seconds, 5U);
}

// It takes the whole limit to make it a table once more, so it does not swing.
TEST_F(KeyspaceShrinkTest, ItGrowsUpToTheLimitBeforeItIsATableAgain) {
  GrowAndShrinkHash("h", 600, 20);
  MaintainAll(keys_);
  for (int i = 0; i < 512; ++i) SetField("h", Name(i), "v");
  MaintainAll(keys_);
  EXPECT_FALSE(IsTable("h"));
  EXPECT_EQ(EncodingOf("h"), Encoding::kHashtable);
  SetField("h", "one more", "v");
  EXPECT_TRUE(IsTable("h"));
  MaintainAll(keys_);
  EXPECT_TRUE(IsTable("h"));
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
}

TEST_F(KeyspaceShrinkTest, SetsOfWordsAndOfIntegers) {
  GrowAndShrinkSet("words", 200, 10, Name);
  GrowAndShrinkSet("integers", 600, 10, [](int i) { return std::to_string(i * 1000); });
  ASSERT_TRUE(IsTable("words"));
  ASSERT_TRUE(IsTable("integers"));
  MaintainAll(keys_);
  for (const Bytes key : {"words", "integers"}) {
    EXPECT_FALSE(IsTable(key));
    EXPECT_EQ(EncodingOf(key), Encoding::kHashtable);
    EXPECT_EQ(Card(keys_, key), 10U);
  }
  AddMember("integers", "now a word");
  EXPECT_EQ(EncodingOf("integers"), Encoding::kHashtable);
  EXPECT_TRUE(keys_.Read<SetValue>(H("integers"))->Contains(H("9000")));
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
}

TEST_F(KeyspaceShrinkTest, CopiesAndNewNamesRememberIt) {
  GrowAndShrinkHash("h", 600, 20);
  MaintainAll(keys_);
  keys_.CopyTo(H("h"), other_, H("copy"));
  keys_.Rename(H("h"), H("renamed"));
  EXPECT_EQ(EncodingOf("renamed"), Encoding::kHashtable);
  EXPECT_EQ(other_.Describe(H("copy"))->encoding, Encoding::kHashtable);
  keys_.Delete(H("renamed"));
  SetField("renamed", "f", "v");
  EXPECT_EQ(EncodingOf("renamed"), Encoding::kListpack);
}

TEST_F(KeyspaceShrinkTest, WhatMayNotBeCompactStaysATable) {
  SetField("long value", "f", std::string(65, 'x'));
  AddMember("long member", std::string(65, 'x'));
  GrowAndShrinkHash("many left", 600, 40);
  int calls = 0;
  while (keys_.Maintain()) ASSERT_LT(++calls, 100);  // Nor does it try for ever.
  for (const Bytes key : {"long value", "long member", "many left"}) EXPECT_TRUE(IsTable(key));
  environment_.limits.hash_max_listpack_entries = 0;
  GrowAndShrinkHash("none may", 10, 1);
  MaintainAll(keys_);
  EXPECT_TRUE(IsTable("none may"));
}

}  // namespace
}  // namespace thimble
