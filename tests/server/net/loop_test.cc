#include "server/net/loop.h"

#include <chrono>
#include <csignal>
#include <ctime>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/net/timer.h"

namespace thimble {
namespace {

TEST(LoopTest, PostedTasksRunInOrder) {
  Loop loop;
  std::vector<int> ran;
  std::thread other([&] {
    for (int i = 0; i < 1000; ++i) loop.Post([&ran, i] { ran.push_back(i); });
    loop.Post([&] { loop.Stop(); });
  });
  loop.Run();
  other.join();
  ASSERT_EQ(ran.size(), 1000U);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(ran[static_cast<size_t>(i)], i);
}

TEST(LoopTest, ATaskMayPostAnother) {
  Loop loop;
  loop.Post([&] { loop.Post([&] { loop.Stop(); }); });
  loop.Run();
}

TEST(LoopTest, TheLongestTurnIsProcessorTime) {
  const auto spent_us = [] { return std::clock() * 1'000'000 / CLOCKS_PER_SEC; };
  Loop loop;
  loop.Post([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    loop.Post([&] { loop.Stop(); });
  });
  loop.Run();
  EXPECT_LT(loop.turn_totals().longest_us, 50'000U);
  EXPECT_GE(loop.turn_totals().busy_us, 50'000U);

  loop.ResetTotals();
  loop.Post([&] {
    const auto end_us = spent_us() + 60'000;
    while (spent_us() < end_us) {
    }
    loop.Post([&] { loop.Stop(); });
  });
  loop.Run();
  EXPECT_GE(loop.turn_totals().longest_us, 50'000U);
}

TEST(TimerTest, FiresOnceOrRepeatedly) {
  Loop loop;
  int once = 0;
  int repeated = 0;
  Timer single(loop, [&] { ++once; });
  Timer repeating(loop, [&] {
    if (++repeated == 5) loop.Stop();
  });
  single.Start(1);
  repeating.Start(2, 2);
  loop.Run();
  EXPECT_EQ(once, 1);
  EXPECT_EQ(repeated, 5);
}

TEST(TimerTest, StoppedTimerDoesNotFire) {
  Loop loop;
  bool fired = false;
  Timer stopped(loop, [&] { fired = true; });
  Timer end(loop, [&] { loop.Stop(); });
  stopped.Start(1);
  stopped.Stop();
  end.Start(10);
  loop.Run();
  EXPECT_FALSE(fired);
}

TEST(TimerTest, MayBeDestroyedByItsOwnCallback) {
  Loop loop;
  auto timer = std::unique_ptr<Timer>();
  timer = std::make_unique<Timer>(loop, [&] {
    timer.reset();
    loop.Stop();
  });
  timer->Start(1, 1);
  loop.Run();
  EXPECT_EQ(timer, nullptr);
}

TEST(SignalWatcherTest, CallsBackFromTheLoop) {
  Loop loop;
  int caught = 0;
  SignalWatcher watcher(loop, SIGUSR1, [&] {
    ++caught;
    loop.Stop();
  });
  Timer sender(loop, [] { std::raise(SIGUSR1); });
  sender.Start(1);
  loop.Run();
  EXPECT_EQ(caught, 1);
}

TEST(LoopTest, CountsTurnsAndTheLongest) {
  Loop loop;
  Timer slow(loop, [&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    loop.Stop();
  });
  slow.Start(30);
  loop.Run();
  // The work is counted, the wait for the timer is not.
  Timer end(loop, [&] { loop.Stop(); });
  end.Start(1);
  loop.Run();
  EXPECT_GE(loop.turn_totals().turns, 2U);
  EXPECT_GT(loop.turn_totals().longest_us, 0U);
  EXPECT_GE(loop.turn_totals().busy_us, 20'000U);
  EXPECT_LT(loop.turn_totals().busy_us, 50'000U);
  loop.ResetTotals();
  EXPECT_EQ(loop.turn_totals().longest_us, 0U);
}

}  // namespace
}  // namespace thimble
