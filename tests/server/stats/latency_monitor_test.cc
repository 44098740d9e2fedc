#include "server/stats/latency_monitor.h"

#include <gtest/gtest.h>

namespace thimble {
namespace {

TEST(LatencyMonitorTest, KeepsTheWorstOfEachSecond) {
  LatencyMonitor monitor;
  monitor.Record("command", 100, 5);
  monitor.Record("command", 100, 9);
  monitor.Record("command", 100, 7);
  monitor.Record("command", 101, 3);
  const LatencyMonitor::Event* event = monitor.Find("command");
  ASSERT_NE(event, nullptr);
  ASSERT_EQ(event->samples.size(), 2U);
  EXPECT_EQ(event->samples[0].latency_ms, 9);
  EXPECT_EQ(event->samples[1].latency_ms, 3);
  EXPECT_EQ(event->worst_ms, 9);
}

TEST(LatencyMonitorTest, ForgetsTheOldestSamples) {
  LatencyMonitor monitor;
  const auto most = static_cast<int64_t>(LatencyMonitor::kMaxSamples);
  for (int64_t second = 0; second <= most; ++second) monitor.Record("command", second, 1);
  EXPECT_EQ(monitor.Find("command")->samples.size(), LatencyMonitor::kMaxSamples);
  EXPECT_EQ(monitor.Find("command")->samples.front().time_s, 1);
}

TEST(LatencyMonitorTest, ResetCountsWhatThereWas) {
  LatencyMonitor monitor;
  monitor.Record("a", 1, 1);
  monitor.Record("b", 1, 1);
  EXPECT_EQ(monitor.Reset("nosuch"), 0U);
  EXPECT_EQ(monitor.Reset("a"), 1U);
  EXPECT_EQ(monitor.ResetAll(), 1U);
  EXPECT_EQ(monitor.Find("b"), nullptr);
}

TEST(LatencyGraphTest, OneSampleIsDrawnAsRedisDrawsIt) {
  LatencyMonitor monitor;
  monitor.Record("command", 100, 10);
  EXPECT_EQ(LatencyGraph("command", *monitor.Find("command"), 100),
            "command - high 10 ms, low 10 ms (all time high 10 ms)\n" + std::string(80, '-') +
                "\n \n \n \n_\n \n0\ns\n");
}

TEST(LatencyGraphTest, TheTallestColumnFillsAllRows) {
  LatencyMonitor monitor;
  monitor.Record("e", 1, 1);
  monitor.Record("e", 2, 100);
  const std::string graph = LatencyGraph("e", *monitor.Find("e"), 62);
  EXPECT_NE(graph.find(" #\n |\n |\n_|\n"), std::string::npos) << graph;
  EXPECT_NE(graph.find("\n11\nmm\n"), std::string::npos) << graph;
}

}  // namespace
}  // namespace thimble
