#include "storage/keyspace/key_edit.h"

#include "tests/storage/keyspace/fixture.h"

namespace thimble {
namespace {

class KeyEditTest : public KeyspaceTest {};

TEST_F(KeyEditTest, AMissingKeyComesToBeOnlyIfNotEmpty) {
  {
    auto edit = keys_.Edit<HashValue>(H("k"));
    ASSERT_TRUE(edit.ok());
    EXPECT_FALSE(edit->existed());
    (*edit)->Set(H("f"), "v");
    (*edit)->Erase(H("f"));
  }
  EXPECT_EQ(keys_.size(), 0U);
  EXPECT_EQ(observer_.Take(), Events());
  SetField("k", "f", "v");
  EXPECT_EQ(keys_.size(), 1U);
  EXPECT_EQ(observer_.Take(), Events{"0 hset k 1"});
  EXPECT_TRUE(keys_.Edit<HashValue>(H("k"))->existed());
}

TEST_F(KeyEditTest, TheOutcomeIsInTheKeyspaceWhenTheObserverHears) {
  class Reader final : public KeyspaceObserver {
   public:
    explicit Reader(Keyspace& keys) : keys_(keys) {}
    void OnChange(int, Bytes, Event, size_t) override { size = keys_.size(); }
    void OnFieldsExpired(int, Bytes, std::span<const std::string>) override {}
    void OnFlush(int, size_t) override {}
    void OnSwap(int, int) override {}
    size_t size = 99;

   private:
    Keyspace& keys_;
  } reader(keys_);
  environment_.observer = &reader;
  auto edit = keys_.Edit<SetValue>(H("k"));
  (*edit)->Add(H("m"));
  edit->Commit(Event::kSAdd, 1);
  EXPECT_EQ(reader.size, 1U);
  environment_.observer = nullptr;
}

TEST_F(KeyEditTest, AnEmptiedCollectionIsDeletedAfterItsEvent) {
  AddMember("k", "m");
  observer_.Take();
  auto edit = keys_.Edit<SetValue>(H("k"));
  (*edit)->Remove(H("m"));
  edit->Commit(Event::kSRem, 1);
  EXPECT_EQ(observer_.Take(), (Events{"0 srem k 1", "0 del k 0"}));
  EXPECT_TRUE((*edit)->empty());
  EXPECT_EQ(keys_.size(), 0U);
}

TEST_F(KeyEditTest, ASecondEventStandsBetweenTheFirstAndTheDeletion) {
  SetField("k", "f", "v");
  observer_.Take();
  auto edit = keys_.Edit<HashValue>(H("k"));
  (*edit)->Erase(H("f"));
  edit->Commit(Event::kHSet, 1, Event::kHDel);
  EXPECT_EQ(observer_.Take(), (Events{"0 hset k 1", "0 hdel k 0", "0 del k 0"}));
}

TEST_F(KeyEditTest, EventsComeInTheOrderOfTheCommits) {
  AddMember("from", "m");
  observer_.Take();
  {
    auto from = keys_.Edit<SetValue>(H("from"));
    auto to = keys_.Edit<SetValue>(H("to"));
    (*from)->Remove(H("m"));
    (*to)->Add(H("m"));
    from->Commit(Event::kSRem, 1);
    to->Commit(Event::kSAdd, 1);
  }
  EXPECT_EQ(observer_.Take(), (Events{"0 srem from 1", "0 del from 0", "0 sadd to 1"}));
}

TEST_F(KeyEditTest, ValuesMayBeReadAfterCommit) {
  for (const int count : {3, 100, 1000}) {
    const std::string key = "k" + std::to_string(count);
    auto edit = keys_.Edit<HashValue>(H(key));
    for (int i = 0; i < count; ++i) (*edit)->Set(H("field " + std::to_string(i)), "value");
    edit->Commit(Event::kHSet, 1);
    EXPECT_EQ((*edit)->size(), static_cast<size_t>(count));
    EXPECT_EQ((*edit)->Get(H("field 1"))->ToString(), "value");
  }
}

TEST_F(KeyEditTest, ADeadlineSurvivesAnEdit) {
  AddMember("k", "m");
  keys_.SetDeadline(H("k"), NowMs() + 1000);
  AddMember("k", "n");
  EXPECT_EQ(keys_.DeadlineOf(H("k")), NowMs() + 1000);
}

// Another key's insert moves what is embedded; the open edit must find its place again.
TEST_F(KeyEditTest, OtherKeysMayBeWrittenWhileAnEditIsOpen) {
  for (int i = 0; i < 200; ++i) SetField("h" + std::to_string(i), "f", "v");
  for (int i = 0; i < 200; ++i) {
    const std::string key = "h" + std::to_string(i);
    auto edit = keys_.Edit<HashValue>(H(key));
    (*edit)->Set(H("g"), "w");
    for (int j = 0; j < 20; ++j) {
      SetString("s" + std::to_string(i) + ":" + std::to_string(j), std::string(30, 'x'));
    }
    (*edit)->Set(H("h"), "x");
    edit->Commit(Event::kHSet, 2);
  }
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(Field("h" + std::to_string(i), "f"), "v");
    EXPECT_EQ(Field("h" + std::to_string(i), "g"), "w");
    EXPECT_EQ(Field("h" + std::to_string(i), "h"), "x");
  }
}

// Grows one hash through every place it can be kept in, and shrinks it again.
TEST_F(KeyEditTest, AHashGrowsOutOfItsBucketAndComesBack) {
  for (int i = 0; i < 400; ++i) {
    SetField("k", "field " + std::to_string(i), "value " + std::to_string(i));
    ASSERT_EQ(keys_.CheckInvariants(), std::nullopt) << i;
  }
  EXPECT_EQ(keys_.Describe(H("k"))->encoding, Encoding::kListpack);
  for (int i = 0; i < 399; ++i) {
    auto edit = keys_.Edit<HashValue>(H("k"));
    ASSERT_TRUE((*edit)->Erase(H("field " + std::to_string(i))));
    edit->Commit(Event::kHDel, 1);
    ASSERT_EQ(keys_.CheckInvariants(), std::nullopt) << i;
  }
  EXPECT_EQ(Field("k", "field 399"), "value 399");
  EXPECT_LT(keys_.Describe(H("k"))->memory_bytes, 1024U);
}

TEST_F(KeyEditTest, AddingInPlaceIsAllThatAnEditWouldBe) {
  for (int i = 0; i < 600; ++i) SetField("k", "f" + std::to_string(i), "7");
  SetField("small", "f", "7");
  AddMember("set", "m");
  keys_.SetDeadline(H("k"), NowMs() + 1000);
  observer_.Take();
  EXPECT_EQ(keys_.AddInPlace(H("missing"), H("f"), 1, Event::kHIncrBy), std::nullopt);
  EXPECT_EQ(keys_.AddInPlace(H("small"), H("f"), 1, Event::kHIncrBy), std::nullopt);
  EXPECT_EQ(keys_.AddInPlace(H("set"), H("m"), 1, Event::kHIncrBy), std::nullopt);
  EXPECT_EQ(keys_.AddInPlace(H("k"), H("none"), 1, Event::kHIncrBy), std::nullopt);
  EXPECT_EQ(keys_.AddInPlace(H("k"), H("f1"), 1000, Event::kHIncrBy), std::nullopt);
  EXPECT_EQ(observer_.Take(), Events());
  EXPECT_EQ(keys_.AddInPlace(H("k"), H("f1"), 4, Event::kHIncrBy), 11);
  EXPECT_EQ(observer_.Take(), Events{"0 hincrby k 1"});
  EXPECT_EQ(Field("k", "f1"), "11");
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
  clock_.AdvanceMs(2000);
  EXPECT_EQ(keys_.AddInPlace(H("k"), H("f1"), 4, Event::kHIncrBy), std::nullopt);
  EXPECT_EQ(observer_.Take(), Events{"0 expired k 0"});
}

TEST_F(KeyEditTest, ATableStaysATable) {
  for (int i = 0; i < 600; ++i) AddMember("k", "m" + std::to_string(i));
  for (int i = 0; i < 599; ++i) {
    auto edit = keys_.Edit<SetValue>(H("k"));
    (*edit)->Remove(H("m" + std::to_string(i)));
    edit->Commit(Event::kSRem, 1);
  }
  EXPECT_EQ(keys_.Describe(H("k"))->encoding, Encoding::kHashtable);
  EXPECT_EQ(Card(keys_, "k"), 1U);
}

TEST_F(KeyEditTest, ClearingABigSetLeavesItToMaintain) {
  auto edit = keys_.Edit<SetValue>(H("k"));
  for (int i = 0; i < 5000; ++i) (*edit)->Add(H("m" + std::to_string(i)));
  edit->Commit(Event::kSAdd, 5000);
  {
    auto pop = keys_.Edit<SetValue>(H("k"));
    (*pop)->Clear();
    pop->Commit(Event::kSPop, 5000);
  }
  EXPECT_EQ(keys_.size(), 0U);
  EXPECT_EQ(environment_.statistics.lazyfreed_objects, 1U);
  MaintainAll(keys_);
}

TEST_F(KeyEditTest, ClearedAndFilledAgainIsCompact) {
  for (int i = 0; i < 200; ++i) AddMember("k", "m" + std::to_string(i));
  {
    auto edit = keys_.Edit<SetValue>(H("k"));
    (*edit)->Clear();
    (*edit)->Add(H("1"));
    edit->Commit(Event::kSAdd, 1);
  }
  EXPECT_EQ(keys_.Describe(H("k"))->encoding, Encoding::kIntset);
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
}

// --- Strings ------------------------------------------------------------------------------------

TEST_F(KeyEditTest, AnEmptyStringIsAValue) {
  {
    auto edit = keys_.Edit<StringValue>(H("k"));
    (*edit)->Append("");
    edit->Commit(Event::kAppend, 1);
  }
  EXPECT_EQ(Text("k"), "");
}

TEST_F(KeyEditTest, OpeningAStringWritesNothing) {
  { auto edit = keys_.Edit<StringValue>(H("k")); }
  EXPECT_EQ(keys_.size(), 0U);
  EXPECT_EQ(observer_.Take(), Events());
}

TEST_F(KeyEditTest, AppendedStringsAreRawWhereverTheyAreKept) {
  SetString("k", "1");
  std::string expected = "1";
  for (int i = 0; i < 300; ++i) {
    auto edit = keys_.Edit<StringValue>(H("k"));
    (*edit)->Append("23");
    edit->Commit(Event::kAppend, 1);
    expected += "23";
    ASSERT_EQ(Text("k"), expected);
    ASSERT_EQ(keys_.Describe(H("k"))->encoding, Encoding::kRaw);
    ASSERT_EQ(keys_.CheckInvariants(), std::nullopt);
  }
  {
    auto edit = keys_.Edit<StringValue>(H("k"));
    (*edit)->Set("7");
    edit->Commit(Event::kIncrBy, 1);
  }
  EXPECT_EQ(keys_.Describe(H("k"))->encoding, Encoding::kInt);
}

TEST_F(KeyEditTest, ShortTextInPlaceOfABigOneIsEmbedded) {
  SetString("k", std::string(5000, 'x'));
  {
    auto edit = keys_.Edit<StringValue>(H("k"));
    (*edit)->SetText("1.5");
    edit->Commit(Event::kIncrByFloat, 1);
  }
  EXPECT_EQ(Text("k"), "1.5");
  EXPECT_EQ(keys_.Describe(H("k"))->encoding, Encoding::kEmbstr);
  EXPECT_LT(keys_.MemoryBytes(), 5000U);
}

TEST_F(KeyEditTest, FarOffsetsFillWithZeros) {
  {
    auto edit = keys_.Edit<StringValue>(H("k"));
    (*edit)->Overwrite(100'000, "x");
    edit->Commit(Event::kSetRange, 1);
  }
  EXPECT_EQ(Text("k"), std::string(100'000, '\0') + "x");
}

}  // namespace
}  // namespace thimble
