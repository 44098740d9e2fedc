#include "storage/keyspace/access_clock.h"

#include <gtest/gtest.h>

namespace thimble {
namespace {

constexpr uint64_t kStartMs = 1'700'000'000'000;
constexpr uint64_t kHourS = 3600;

AccessClock LruAt(uint64_t seconds) {
  return {kStartMs + seconds * 1000, false};
}
AccessClock LfuAt(uint64_t seconds) {
  return {kStartMs + seconds * 1000, true};
}

TEST(AccessClock, RecentAgesAreRightToTheSecond) {
  const uint16_t clock = LruAt(0).Fresh();
  for (const uint64_t age : {uint64_t{0}, uint64_t{1}, uint64_t{59}, kHourS, 9 * kHourS}) {
    EXPECT_EQ(LruAt(age).IdleSeconds(clock), age);
  }
}

// The upkeep walk comes by every hour; a key that nobody uses must grow older for half a year.
TEST(AccessClock, OldAgesAreRightToNineMinutes) {
  uint16_t clock = LruAt(0).Fresh();
  for (uint64_t age = 0; age < 180 * 24 * kHourS; age += kHourS) {
    clock = LruAt(age).Aged(clock);
    const uint64_t idle = LruAt(age).IdleSeconds(clock);
    ASSERT_LE(age > idle ? age - idle : idle - age, 512U) << "after " << age << " s";
  }
}

TEST(AccessClock, AgesStopBeforeTheyGoRound) {
  uint16_t clock = LruAt(0).Fresh();
  for (uint64_t age = 0; age < 800 * 24 * kHourS; age += 4 * kHourS) clock = LruAt(age).Aged(clock);
  EXPECT_GT(LruAt(800 * 24 * kHourS).IdleSeconds(clock), 180 * 24 * kHourS);
}

TEST(AccessClock, UseMakesAnOldKeyYoung) {
  Random random(1);
  const uint16_t old = LruAt(100 * kHourS).Aged(LruAt(95 * kHourS).Fresh());
  const AccessClock now = LruAt(101 * kHourS);
  EXPECT_EQ(now.IdleSeconds(now.Used(old, random)), 0U);
}

TEST(AccessClock, FrequencyGrowsLogarithmically) {
  Random random(1);
  uint16_t clock = LfuAt(0).Fresh();
  EXPECT_EQ(LfuAt(0).Frequency(clock), 5);
  for (int use = 0; use < 1000; ++use) clock = LfuAt(0).Used(clock, random);
  const int after_thousand = LfuAt(0).Frequency(clock);
  EXPECT_GT(after_thousand, 10);
  EXPECT_LT(after_thousand, 30);
  for (int use = 0; use < 1'000'000; ++use) clock = LfuAt(0).Used(clock, random);
  EXPECT_GT(LfuAt(0).Frequency(clock), 200);
}

TEST(AccessClock, FrequencyDecaysByTheMinute) {
  const uint16_t clock = LfuAt(0).Fresh();
  EXPECT_EQ(LfuAt(120).Frequency(clock), 3);
  EXPECT_EQ(LfuAt(kHourS).Frequency(clock), 0);
}

TEST(AccessClock, FrequencySurvivesTheMinutesGoingRound) {
  uint16_t clock = LfuAt(0).Fresh();
  for (uint64_t age = 0; age < 24 * kHourS; age += kHourS) clock = LfuAt(age).Aged(clock);
  EXPECT_EQ(LfuAt(24 * kHourS).Frequency(clock), 0);
}

}  // namespace
}  // namespace thimble
