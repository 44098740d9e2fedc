#include "server/script/fiber.h"

#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

struct Walk {
  Fiber fiber{size_t{1} << 20U};
  std::vector<int> steps;
  int suspensions = 0;
};

void TakeSteps(void* argument) {
  auto& walk = *static_cast<Walk*>(argument);
  for (int i = 0; i <= walk.suspensions; ++i) {
    walk.steps.push_back(i);
    EXPECT_TRUE(walk.fiber.active());
    if (i < walk.suspensions) walk.fiber.Suspend();
  }
}

TEST(FiberTest, RunsToTheEndWithoutSuspending) {
  Walk walk;
  EXPECT_TRUE(walk.fiber.Start(TakeSteps, &walk));
  EXPECT_EQ(walk.steps, std::vector<int>{0});
  EXPECT_FALSE(walk.fiber.active());
}

TEST(FiberTest, GoesOnWhereItWasLeft) {
  Walk walk;
  walk.suspensions = 2;
  EXPECT_FALSE(walk.fiber.Start(TakeSteps, &walk));
  EXPECT_TRUE(walk.fiber.suspended());
  EXPECT_FALSE(walk.fiber.active());
  EXPECT_FALSE(walk.fiber.Resume());
  EXPECT_TRUE(walk.fiber.Resume());
  EXPECT_EQ(walk.steps, (std::vector<int>{0, 1, 2}));
}

TEST(FiberTest, IsUsedAgainAndAgain) {
  Walk walk;
  for (int round = 0; round < 1000; ++round) {
    walk.suspensions = round % 3;
    bool done = walk.fiber.Start(TakeSteps, &walk);
    while (!done) done = walk.fiber.Resume();
  }
  EXPECT_EQ(walk.steps.size(), 334U + 2 * 333 + 3 * 333);
}

int Deepen(int depth) {
  volatile char frame[512];
  frame[0] = static_cast<char>(depth);
  return depth == 0 ? frame[0] : Deepen(depth - 1) + frame[0];
}

TEST(FiberTest, HasTheStackItWasPromised) {
  Fiber fiber(size_t{4} << 20U);
  EXPECT_TRUE(fiber.Start([](void*) { EXPECT_NE(Deepen(2000), 1); }, nullptr));
}

}  // namespace
}  // namespace thimble
