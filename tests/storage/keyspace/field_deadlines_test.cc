#include "storage/keyspace/field_deadlines.h"

#include "tests/storage/keyspace/fixture.h"

namespace thimble {
namespace {

class FieldDeadlinesTest : public KeyspaceTest {
 protected:
  void SetFieldDeadline(Bytes key, Bytes field, uint64_t deadline_ms) {
    auto edit = keys_.Edit<HashValue>(H(key));
    ASSERT_TRUE(edit.ok());
    (*edit)->SetDeadline(H(field), deadline_ms);
    edit->Commit(Event::kHExpire, 1);
  }
  // A hash with `fields` fields, all with that deadline but the first.
  void MakeHash(Bytes key, size_t fields, uint64_t deadline_ms) {
    auto edit = keys_.Edit<HashValue>(H(key));
    ASSERT_TRUE(edit.ok());
    for (size_t i = 0; i < fields; ++i) {
      const std::string field = "f" + std::to_string(i);
      (*edit)->Set(H(field), "value");
      if (i > 0) (*edit)->SetDeadline(H(field), deadline_ms);
    }
    edit->Commit(Event::kHSet, fields);
  }
  size_t Sweep() {
    size_t steps = 0;
    while (keys_.HasDueFields() && steps < 100'000) {
      keys_.ExpireSomeFields(16);
      ++steps;
    }
    return steps;
  }
  size_t Size(Bytes key) { return keys_.Read<HashValue>(H(key), Access::kPeek)->size(); }
};

TEST_F(FieldDeadlinesTest, AFieldIsGoneForReadersOnceItsTimeIsUp) {
  SetField("h", "f", "v");
  SetField("h", "g", "w");
  SetFieldDeadline("h", "f", NowMs() + 10);
  EXPECT_EQ(keys_.hashes_with_deadlines(), 1U);
  clock_.AdvanceMs(10);
  EXPECT_EQ(Field("h", "f"), "v");
  EXPECT_FALSE(keys_.HasDueFields());
  clock_.AdvanceMs(1);
  EXPECT_EQ(Field("h", "f"), std::nullopt);
  EXPECT_EQ(Size("h"), 1U);
  EXPECT_TRUE(keys_.HasDueFields());
}

TEST_F(FieldDeadlinesTest, AnEditTellsOfThemBeforeWhatItDid) {
  SetField("h", "f", "v");
  SetField("h", "g", "w");
  SetFieldDeadline("h", "f", NowMs() + 10);
  clock_.AdvanceMs(11);
  observer_.Take();
  SetField("h", "f", "new");
  EXPECT_EQ(observer_.Take(), (Events{"0 fields h f", "0 hexpired h 0", "0 hset h 1"}));
  EXPECT_EQ(Field("h", "f"), "new");
  EXPECT_EQ(keys_.hashes_with_deadlines(), 0U);
  EXPECT_EQ(environment_.statistics.expired_fields, 1U);
}

TEST_F(FieldDeadlinesTest, TheLastOneTakesTheKeyWithIt) {
  SetField("h", "f", "v");
  SetFieldDeadline("h", "f", NowMs() + 10);
  observer_.Take();
  clock_.AdvanceMs(11);
  Sweep();
  EXPECT_EQ(observer_.Take(), (Events{"0 fields h f", "0 hexpired h 0", "0 del h 0"}));
  EXPECT_FALSE(keys_.Exists(H("h")));
}

TEST_F(FieldDeadlinesTest, ASweepFindsThemInSmallAndLargeHashes) {
  for (int i = 0; i < 300; ++i) {
    MakeHash("small" + std::to_string(i), 5, NowMs() + 10 + static_cast<uint64_t>(i % 2) * 1000);
  }
  MakeHash("large", 20'000, NowMs() + 10);
  EXPECT_EQ(keys_.hashes_with_deadlines(), 301U);
  clock_.AdvanceMs(11);
  Sweep();
  EXPECT_EQ(keys_.hashes_with_deadlines(), 150U);
  EXPECT_EQ(environment_.statistics.expired_fields, 19'999U + 150U * 4);
  EXPECT_EQ(Size("large"), 1U);
  EXPECT_EQ(Size("small0"), 1U);
  EXPECT_EQ(Size("small1"), 5U);
  EXPECT_FALSE(keys_.HasDueFields());
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
}

TEST_F(FieldDeadlinesTest, ASweepIsNoUse) {
  MakeHash("h", 3, NowMs() + 100);
  const int64_t idle_at = 60'000;
  clock_.AdvanceMs(idle_at);
  Sweep();
  EXPECT_GE(keys_.Describe(H("h"))->idle_seconds, 59U);
}

TEST_F(FieldDeadlinesTest, TheyGoWhereTheKeyGoes) {
  MakeHash("h", 3, NowMs() + 100);
  MakeHash("table", 1000, NowMs() + 100);
  for (const char* key : {"h", "table"}) {
    EXPECT_TRUE(keys_.Rename(H(key), H("renamed")));
    EXPECT_TRUE(keys_.CopyTo(H("renamed"), keys_, H("copied")));
    EXPECT_TRUE(keys_.MoveTo(H("renamed"), other_));
    EXPECT_EQ(other_.Read<HashValue>(H("renamed"))->earliest_deadline(), NowMs() + 100);
    EXPECT_EQ(keys_.Read<HashValue>(H("copied"))->earliest_deadline(), NowMs() + 100);
    EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
    EXPECT_EQ(other_.CheckInvariants(), std::nullopt);
    EXPECT_EQ(other_.hashes_with_deadlines(), 1U);
    other_.Delete(H("renamed"));
    EXPECT_EQ(other_.hashes_with_deadlines(), 0U);
  }
  keys_.SwapWith(other_);
  EXPECT_EQ(other_.hashes_with_deadlines(), 1U);
  other_.Clear();
  EXPECT_EQ(other_.hashes_with_deadlines(), 0U);
}

TEST_F(FieldDeadlinesTest, AKeyOfAnotherKindTakesThePlaceOfOne) {
  MakeHash("h", 3, NowMs() + 100);
  SetString("h", "a string");
  EXPECT_EQ(keys_.hashes_with_deadlines(), 0U);
  MakeHash("big", 2000, NowMs() + 100);
  keys_.StoreSet(H("big"), SetValue::Aside(environment_), Event::kSInterStore);
  EXPECT_EQ(keys_.hashes_with_deadlines(), 0U);
}

TEST_F(FieldDeadlinesTest, CountersGoOnAfterTheirTime) {
  MakeHash("h", 1000, NowMs() + 100);
  auto count = [&](int64_t increment) {
    if (const auto sum = keys_.AddInPlace(H("h"), H("f7"), increment, Event::kHIncrBy)) return *sum;
    auto edit = keys_.Edit<HashValue>(H("h"));
    Result<int64_t> sum = (*edit)->Increment(H("f7"), increment);
    if (sum.ok()) edit->Commit(Event::kHIncrBy, 1);
    return sum.ok() ? *sum : -1;
  };
  EXPECT_EQ(count(1), -1);  // "value" is no integer,
  clock_.AdvanceMs(101);
  EXPECT_EQ(count(3), 3);  // but it is gone by now.
}

TEST_F(FieldDeadlinesTest, NothingExpiresWhileTimeIsNoMatter) {
  MakeHash("h", 3, NowMs() + 100);
  clock_.AdvanceMs(200);
  environment_.timeless = true;
  EXPECT_EQ(Size("h"), 3U);
  EXPECT_FALSE(keys_.HasDueFields());
  SetField("h", "other", "v");
  EXPECT_EQ(Size("h"), 4U);
  environment_.timeless = false;
  EXPECT_EQ(Size("h"), 2U);
}

}  // namespace
}  // namespace thimble
