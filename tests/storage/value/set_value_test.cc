#include "storage/value/set_value.h"

#include <map>
#include <random>
#include <set>
#include <vector>

#include "tests/storage/value/encodings.h"

namespace thimble {
namespace {

std::vector<std::string> MembersOf(const SetView& set) {
  std::vector<std::string> members;
  set.ForEach([&](const Text& member) { members.push_back(member.ToString()); });
  return members;
}

// An integer set holds nothing but integers, so every case uses them, and the others more.
class SetEncodingTest : public testing::TestWithParam<EncodingCase> {
 protected:
  SetEncodingTest() {
    if (GetParam().expected == Encoding::kListpack) set_.Add(H("not an integer"));
    base_ = set_.size();
  }
  SetValue set_ = NewSet(GetParam().limits);
  size_t base_ = 0;
};

INSTANTIATE_TEST_SUITE_P(
    Encodings, SetEncodingTest,
    testing::Values(EncodingCase{"Intset", LimitsForCompact(), Encoding::kIntset},
                    EncodingCase{"Listpack", LimitsForCompact(), Encoding::kListpack},
                    EncodingCase{"Table", LimitsForTables(), Encoding::kHashtable}),
    EncodingCaseName);

TEST_P(SetEncodingTest, AddAndRemoveSayWhetherTheyDidAnything) {
  EXPECT_FALSE(set_.Remove(H("1")));
  EXPECT_TRUE(set_.Add(H("1")));
  EXPECT_EQ(set_.encoding(), GetParam().expected);
  EXPECT_FALSE(set_.Add(H("1")));
  EXPECT_TRUE(set_.Contains(H("1")));
  EXPECT_FALSE(set_.Contains(H("01")));
  EXPECT_FALSE(set_.Contains(H("x")));
  EXPECT_TRUE(set_.Remove(H("1")));
  EXPECT_EQ(set_.size(), base_);
}

TEST_P(SetEncodingTest, ForEachWhileStops) {
  for (int i = 0; i < 50; ++i) set_.Add(H(std::to_string(i)));
  int seen = 0;
  EXPECT_FALSE(set_.ForEachWhile([&](const Text&) { return ++seen < 7; }));
  EXPECT_EQ(seen, 7);
  EXPECT_TRUE(set_.ForEachWhile([](const Text&) { return true; }));
}

TEST_P(SetEncodingTest, ScanShowsEveryMember) {
  for (int i = 0; i < 500; ++i) set_.Add(H(std::to_string(i * 1000)));
  std::set<std::string> seen;
  uint64_t cursor = 0;
  do {
    cursor = set_.Scan(cursor, [&](const Text& member) { seen.insert(member.ToString()); });
  } while (cursor != 0);
  const auto members = MembersOf(set_);
  EXPECT_EQ(seen, std::set<std::string>(members.begin(), members.end()));
  EXPECT_EQ(seen.size(), 500 + base_);
}

TEST_P(SetEncodingTest, RandomMemberIsUniform) {
  for (int i = 0; set_.size() < 20; ++i) set_.Add(H(std::to_string(i)));
  Random random(11);
  std::map<std::string, int> counts;
  for (int draw = 0; draw < 20'000; ++draw) ++counts[set_.RandomMember(random).ToString()];
  ASSERT_EQ(counts.size(), 20U);
  double chi_square = 0;
  for (const auto& [member, count] : counts) {
    chi_square += (count - 1000.0) * (count - 1000.0) / 1e3;
  }
  EXPECT_LT(chi_square, 43.8);  // 19 degrees of freedom, once in a thousand; the seed is fixed.
}

TEST_P(SetEncodingTest, PopTakesEachMemberOnce) {
  std::set<std::string> expected;
  for (int i = 0; i < 300; ++i) set_.Add(H(std::to_string(i)));
  for (const std::string& member : MembersOf(set_)) expected.insert(member);
  Random random(3);
  std::set<std::string> popped;
  while (!set_.empty()) {
    EXPECT_TRUE(popped.insert(set_.Pop(random)).second);
    ASSERT_EQ(set_.CheckInvariants(), std::nullopt);
  }
  EXPECT_EQ(popped, expected);
}

TEST_P(SetEncodingTest, ClearLeavesNothing) {
  for (int i = 0; i < 100; ++i) set_.Add(H(std::to_string(i)));
  set_.Clear();
  EXPECT_TRUE(set_.empty());
  EXPECT_FALSE(set_.Contains(H("1")));
  EXPECT_TRUE(set_.Add(H("1")));
  EXPECT_EQ(MembersOf(set_), std::vector<std::string>{"1"});
}

TEST_P(SetEncodingTest, ModelTest) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::set<std::string> model;
  for (const std::string& member : MembersOf(set_)) model.insert(member);
  for (int step = 0; step < 4'000; ++step) {
    std::string member = std::to_string(random() % 100);
    if (random() % 4 == 0) member = std::to_string(static_cast<int64_t>(random()) >> random() % 64);
    if (GetParam().expected != Encoding::kIntset && random() % 2 == 0) member = "m" + member;
    if (random() % 5 < 2) {
      ASSERT_EQ(set_.Remove(H(member)), model.erase(member) == 1) << "step " << step;
    } else {
      ASSERT_EQ(set_.Add(H(member)), model.insert(member).second) << "step " << step;
    }
    ASSERT_EQ(set_.size(), model.size());
    ASSERT_EQ(set_.Contains(H(member)), model.contains(member));
    if (step % 20 == 0 && !model.empty()) {
      ASSERT_EQ(set_.encoding(), GetParam().expected);
      ASSERT_EQ(set_.CheckInvariants(), std::nullopt) << "step " << step;
      const auto members = MembersOf(set_);
      ASSERT_EQ(std::set<std::string>(members.begin(), members.end()), model);
    }
  }
}

// --- The thresholds users know ------------------------------------------------------------------

class SetThresholds : public testing::Test {
 protected:
  void AddInts(int count) {
    for (int i = 0; i < count; ++i) set_.Add(H(std::to_string(i)));
  }
  void AddStrings(int count) {
    for (int i = 0; i < count; ++i) set_.Add(H("m" + std::to_string(i)));
  }
  EncodingLimits limits_;
  SetValue set_ = NewSet(limits_);
};

TEST_F(SetThresholds, IntegersInOrder) {
  for (const char* member : {"7", "-7", "300", "5"}) set_.Add(H(member));
  EXPECT_EQ(MembersOf(set_), (std::vector<std::string>{"-7", "5", "7", "300"}));
}

TEST_F(SetThresholds, TheIntegerAfterTheLastOneMakesATable) {
  AddInts(512);
  EXPECT_EQ(set_.encoding(), Encoding::kIntset);
  set_.Add(H("512"));
  EXPECT_EQ(set_.encoding(), Encoding::kHashtable);
  EXPECT_EQ(set_.size(), 513U);
  EXPECT_EQ(set_.CheckInvariants(), std::nullopt);
}

TEST_F(SetThresholds, TheStringAfterTheLastOneMakesATable) {
  AddStrings(128);
  EXPECT_EQ(set_.encoding(), Encoding::kListpack);
  EXPECT_FALSE(set_.Add(H("m0")));
  EXPECT_EQ(set_.encoding(), Encoding::kListpack);
  set_.Add(H("one more"));
  EXPECT_EQ(set_.encoding(), Encoding::kHashtable);
}

TEST_F(SetThresholds, AHundredIntegersAndAStringStayCompact) {
  AddInts(100);
  set_.Add(H("s"));
  EXPECT_EQ(set_.encoding(), Encoding::kListpack);
  std::vector<std::string> expected;
  for (int i = 0; i < 100; ++i) expected.push_back(std::to_string(i));
  expected.emplace_back("s");
  EXPECT_EQ(MembersOf(set_), expected);
}

TEST_F(SetThresholds, TwoHundredIntegersAndAStringMakeATable) {
  AddInts(200);
  set_.Add(H("s"));
  EXPECT_EQ(set_.encoding(), Encoding::kHashtable);
  EXPECT_EQ(set_.size(), 201U);
}

TEST_F(SetThresholds, LongMembersMakeATable) {
  set_.Add(H(std::string(64, 'x')));
  EXPECT_EQ(set_.encoding(), Encoding::kListpack);
  set_.Add(H(std::string(65, 'x')));
  EXPECT_EQ(set_.encoding(), Encoding::kHashtable);
}

TEST_F(SetThresholds, AnIntegerAddedToAFullListpackMakesATable) {
  AddStrings(128);
  set_.Add(H("1"));
  EXPECT_EQ(set_.encoding(), Encoding::kHashtable);
}

TEST_F(SetThresholds, ATableStaysOne) {
  AddStrings(200);
  for (int i = 0; i < 199; ++i) set_.Remove(H("m" + std::to_string(i)));
  EXPECT_EQ(set_.encoding(), Encoding::kHashtable);
}

TEST_F(SetThresholds, AnnouncedMembersDecideAhead) {
  set_.Reserve(129, 10);
  set_.Add(H("m"));
  EXPECT_EQ(set_.encoding(), Encoding::kHashtable);
}

TEST_F(SetThresholds, AnnouncedIntegersMayStayIntegers) {
  set_.Reserve(512, 10);
  set_.Add(H("1"));
  EXPECT_EQ(set_.encoding(), Encoding::kIntset);
  set_.Add(H("s"));
  EXPECT_EQ(set_.encoding(), Encoding::kListpack);
  set_.Reserve(129, 10);
  EXPECT_EQ(set_.encoding(), Encoding::kHashtable);
}

TEST_F(SetThresholds, AnnouncedAndNeverAddedIsStillEmpty) {
  set_.Reserve(100'000, 10);
  EXPECT_TRUE(set_.empty());
}

}  // namespace
}  // namespace thimble
