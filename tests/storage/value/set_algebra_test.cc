#include "storage/value/set_algebra.h"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "storage/value/member_batch.h"
#include "tests/storage/value/encodings.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

using MemberSet = std::set<std::string>;
using Algebra = void (*)(std::span<const SetView>, MemberVisitor);

const EncodingLimits kCompact = LimitsForCompact();
const EncodingLimits kTables = LimitsForTables();

// The members that `algebra` shows; fails if it shows one twice.
MemberSet MembersOf(Algebra algebra, const std::vector<SetView>& sets) {
  MemberSet shown;
  algebra(sets, [&](const Text& member) {
    EXPECT_TRUE(shown.insert(member.ToString()).second) << member.ToString() << " shown twice";
    return true;
  });
  return shown;
}

size_t CountUpTo(Algebra algebra, const std::vector<SetView>& sets, size_t limit) {
  size_t count = 0;
  algebra(sets, [&](const Text&) { return ++count < limit; });
  return count;
}

MemberSet Intersection(const std::vector<MemberSet>& sets) {
  MemberSet result;
  for (const std::string& member : sets[0]) {
    const auto has = [&](const MemberSet& set) { return set.contains(member); };
    if (std::all_of(sets.begin(), sets.end(), has)) result.insert(member);
  }
  return result;
}

MemberSet Union(const std::vector<MemberSet>& sets) {
  MemberSet result;
  for (const MemberSet& set : sets) result.insert(set.begin(), set.end());
  return result;
}

MemberSet Difference(const std::vector<MemberSet>& sets) {
  MemberSet result = sets[0];
  for (size_t i = 1; i < sets.size(); ++i) {
    for (const std::string& member : sets[i]) result.erase(member);
  }
  return result;
}

TEST(SetAlgebra, NoSetsAndMissingKeys) {
  SetValue one = NewSet(kCompact);
  one.Add(H("1"));
  const SetView missing;
  EXPECT_EQ(MembersOf(Intersect, {}), MemberSet());
  EXPECT_EQ(MembersOf(Unite, {}), MemberSet());
  EXPECT_EQ(MembersOf(Subtract, {}), MemberSet());
  EXPECT_EQ(MembersOf(Intersect, {one, missing}), MemberSet());
  EXPECT_EQ(CountIntersection({}, 0), 0U);
  EXPECT_EQ(MembersOf(Unite, {missing, one, missing}), MemberSet{"1"});
  EXPECT_EQ(MembersOf(Unite, {missing, missing, missing, missing, missing}), MemberSet());
  EXPECT_EQ(MembersOf(Subtract, {one, missing}), MemberSet{"1"});
  EXPECT_EQ(MembersOf(Subtract, {missing, one}), MemberSet());
}

TEST(SetAlgebra, ASetWithItself) {
  SetValue set = NewSet(kTables);
  for (int i = 0; i < 100; ++i) set.Add(H(std::to_string(i)));
  EXPECT_EQ(MembersOf(Intersect, {set, set, set}).size(), 100U);
  EXPECT_EQ(MembersOf(Unite, {set, set, set, set, set, set}).size(), 100U);
  EXPECT_EQ(MembersOf(Subtract, {set, set}), MemberSet());
}

TEST(SetAlgebra, StopsWhenToldTo) {
  std::vector<SetValue> sets;
  for (int i = 0; i < 5; ++i) {
    sets.push_back(NewSet(i % 2 == 0 ? kTables : kCompact));
    for (int member = 0; member < 200; ++member) sets.back().Add(H(std::to_string(member)));
  }
  const std::vector<SetView> views(sets.begin(), sets.end());
  EXPECT_EQ(CountUpTo(Intersect, views, 7), 7U);
  EXPECT_EQ(CountUpTo(Unite, views, 7), 7U);
  EXPECT_EQ(CountUpTo(Unite, {views[0], views[1]}, 7), 7U);
  EXPECT_EQ(CountUpTo(Subtract, {views[0]}, 7), 7U);
}

// Each set draws its encoding, size and kind of members by lot, so that every mix occurs, and both
// ways of subtracting and of uniting.
TEST(SetAlgebraModelTest, AgreesWithStdSetOverAllMixesOfEncodings) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 400; ++round) {
    std::vector<SetValue> sets;
    std::vector<MemberSet> models;
    const size_t count = 1 + random() % 7;
    for (size_t i = 0; i < count; ++i) {
      sets.push_back(NewSet(random() % 2 == 0 ? kCompact : kTables));
      models.emplace_back();
      const bool integers = random() % 3 == 0;
      for (size_t left = random() % 4 == 0 ? 3 : random() % 120; left > 0; --left) {
        std::string member = std::to_string(random() % 60);
        if (!integers && random() % 2 == 0) member.insert(0, "m");
        sets.back().Add(H(member));
        models.back().insert(member);
      }
    }
    const std::vector<SetView> views(sets.begin(), sets.end());
    ASSERT_EQ(MembersOf(Intersect, views), Intersection(models)) << "round " << round;
    ASSERT_EQ(CountIntersection(views, 0), Intersection(models).size()) << "round " << round;
    ASSERT_EQ(CountIntersection(views, 3), std::min<size_t>(Intersection(models).size(), 3));
    ASSERT_EQ(MembersOf(Unite, views), Union(models)) << "round " << round;
    ASSERT_EQ(MembersOf(Subtract, views), Difference(models)) << "round " << round;
  }
}

// Sets large enough for every way to go about it: walks in step, batches, tables aside.
TEST(SetAlgebraModelTest, AgreesWithStdSetOverLargeSets) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < (kSanitized ? 10 : 40); ++round) {
    std::vector<SetValue> sets;
    std::vector<MemberSet> models;
    for (size_t left = 1 + random() % 9; left > 0; --left) {
      sets.push_back(NewSet(random() % 4 == 0 ? kCompact : kTables));
      models.emplace_back();
      const char* const prefix = random() % 3 == 0 ? "" : "member:";
      const unsigned size = random() % 3 == 0 ? 2000 : random() % 3 == 0 ? 700 : 40;
      for (unsigned i = 0; i < size; ++i) {
        const std::string member = prefix + std::to_string(random() % 3000);
        sets.back().Add(H(member));
        models.back().insert(member);
      }
    }
    const std::vector<SetView> views(sets.begin(), sets.end());
    ASSERT_EQ(MembersOf(Intersect, views), Intersection(models)) << "round " << round;
    ASSERT_EQ(CountIntersection(views, 0), Intersection(models).size()) << "round " << round;
    ASSERT_EQ(CountIntersection(views, 3), std::min<size_t>(Intersection(models).size(), 3));
    ASSERT_EQ(MembersOf(Unite, views), Union(models)) << "round " << round;
    ASSERT_EQ(MembersOf(Subtract, views), Difference(models)) << "round " << round;
  }
}

// What a batch puts into a set makes the same set as adding one by one.
TEST(SetAlgebra, ResultsAreStoredInTheirBestEncoding) {
  for (const bool integers : {true, false}) {
    for (const size_t size : {1u, 63u, 64u, 65u, 128u, 129u, 512u, 513u, 3000u}) {
      const EncodingLimits limits;
      SetValue source = NewSet(limits);
      for (size_t i = 0; i < size; ++i) source.Add(H((integers ? "" : "m") + std::to_string(i)));
      SetValue result = NewSet(limits);
      result.Reserve(size, 0);
      MemberBatch batch;
      source.ForEach([&](const Text& member) {
        batch.Add(member);
        if (!batch.full()) return;
        result.AddNew(batch);
        batch.Clear();
      });
      result.AddNew(batch);
      EXPECT_EQ(result.size(), size);
      EXPECT_EQ(result.encoding(), source.encoding()) << size;
      EXPECT_EQ(result.CheckInvariants(), std::nullopt);
      EXPECT_EQ(MembersOf(Subtract, {source, result}), MemberSet());
    }
  }
}

}  // namespace
}  // namespace thimble
