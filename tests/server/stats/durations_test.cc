#include "server/stats/durations.h"

#include <gtest/gtest.h>

namespace thimble {
namespace {

using Points = std::vector<std::pair<int64_t, uint64_t>>;

TEST(DurationsTest, NoCallsHaveNoPercentile) {
  const CommandStatistics idle;
  EXPECT_EQ(PercentileUs(idle, 99), 0);
  EXPECT_TRUE(CumulativeHistogramUs(idle).empty());
}

TEST(DurationsTest, PercentilesStayWithinTheirBucket) {
  CommandStatistics command;
  for (int i = 0; i < 99; ++i) command.CountDuration(1500);
  command.CountDuration(5'000'000);
  EXPECT_GE(PercentileUs(command, 50), 1.024);
  EXPECT_LE(PercentileUs(command, 50), 2.048);
  EXPECT_GE(PercentileUs(command, 100), 4194.304);
  EXPECT_LE(PercentileUs(command, 100), 8388.608);
}

TEST(DurationsTest, HistogramsAreCumulativeWithRedisBoundaries) {
  CommandStatistics command;
  command.CountDuration(0);
  command.CountDuration(900);
  command.CountDuration(3000);
  command.CountDuration(20'000);
  command.CountDuration(600'000);
  EXPECT_EQ(CumulativeHistogramUs(command), (Points{{1, 2}, {4, 3}, {33, 4}, {1056, 5}}));
}

}  // namespace
}  // namespace thimble
