#include "storage/compact/int_set.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

std::vector<int64_t> Members(const ByteBuffer& buffer) {
  const IntSetView set(buffer.bytes());
  std::vector<int64_t> members;
  for (size_t i = 0; i < set.count(); ++i) members.push_back(set.At(i));
  return members;
}

TEST(IntSet, KeepsAscendingOrderAndNoRepeats) {
  ByteBuffer buffer;
  IntSetEditor set(buffer);
  for (const int64_t value : {5, -3, 9, 0}) EXPECT_TRUE(set.Add(value));
  EXPECT_FALSE(set.Add(9));
  EXPECT_EQ(Members(buffer), (std::vector<int64_t>{-3, 0, 5, 9}));
}

TEST(IntSet, WidensAtEachLimit) {
  ByteBuffer buffer;
  IntSetEditor set(buffer);
  set.Add(INT16_MAX);
  set.Add(INT16_MIN);
  EXPECT_EQ(buffer.size(), 1U + 2 * 2);
  set.Add(int64_t{INT16_MAX} + 1);
  EXPECT_EQ(buffer.size(), 1U + 3 * 4);
  set.Add(INT32_MIN);
  EXPECT_EQ(buffer.size(), 1U + 4 * 4);
  set.Add(int64_t{INT32_MIN} - 1);
  EXPECT_EQ(buffer.size(), 1U + 5 * 8);
  set.Add(INT64_MAX);
  set.Add(INT64_MIN);
  EXPECT_EQ(Members(buffer),
            (std::vector<int64_t>{INT64_MIN, int64_t{INT32_MIN} - 1, INT32_MIN, INT16_MIN,
                                  INT16_MAX, int64_t{INT16_MAX} + 1, INT64_MAX}));
  EXPECT_EQ(IntSetView(buffer.bytes()).CheckInvariants(), std::nullopt);
}

TEST(IntSet, WiderThanAnyMemberIsNotThere) {
  ByteBuffer buffer;
  IntSetEditor(buffer).Add(1);
  EXPECT_FALSE(IntSetView(buffer.bytes()).Contains(int64_t{1} << 40U));
  EXPECT_FALSE(IntSetEditor(buffer).Remove(int64_t{1} << 40U));
}

TEST(IntSet, TheLastMemberTakesTheBytesWithIt) {
  ByteBuffer buffer;
  IntSetEditor(buffer).Add(1);
  EXPECT_TRUE(IntSetEditor(buffer).Remove(1));
  EXPECT_TRUE(buffer.empty());
}

TEST(IntSet, CheckInvariantsSeesDamage) {
  EXPECT_NE(IntSetView(Bytes("\x03"
                             "abc"))
                .CheckInvariants(),
            std::nullopt);
  EXPECT_NE(IntSetView(Bytes("\x02"
                             "b"))
                .CheckInvariants(),
            std::nullopt);
  EXPECT_NE(IntSetView(Bytes("\x02"
                             "ccbb"))
                .CheckInvariants(),
            std::nullopt);
}

TEST(IntSetModelTest, AgreesWithStdSet) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 30; ++round) {
    ByteBuffer buffer;
    std::set<int64_t> model;
    const unsigned bits = 4 + random() % 60;
    for (int step = 0; step < 500; ++step) {
      const auto value = static_cast<int64_t>(random()) >> (64 - (step < 250 ? 5 : bits));
      if (random() % 3 != 0) {
        ASSERT_EQ(IntSetEditor(buffer).Add(value), model.insert(value).second);
      } else {
        ASSERT_EQ(IntSetEditor(buffer).Remove(value), model.erase(value) == 1);
      }
      const IntSetView set(buffer.bytes());
      ASSERT_EQ(set.Contains(value), model.contains(value));
      ASSERT_EQ(set.CheckInvariants(), std::nullopt) << "step " << step;
    }
    ASSERT_EQ(Members(buffer), std::vector<int64_t>(model.begin(), model.end()));
  }
}

}  // namespace
}  // namespace thimble
