#include "storage/keyspace/eviction.h"

#include <algorithm>

#include "tests/storage/keyspace/fixture.h"

namespace thimble {
namespace {

using Order = EvictionRule::Order;
using Outcome = Evictor::Outcome;

class EvictionTest : public KeyspaceTest {
 protected:
  static std::string Name(int i) { return "key:" + std::to_string(i); }

  void Fill(int keys) {
    for (int i = 0; i < keys; ++i) SetString(Name(i), "value");
    observer_.Take();
  }
  // Evicts so many; searching takes as many calls as it takes.
  void EvictKeys(const EvictionRule& rule, int count) {
    for (int evicted = 0, calls = 0; evicted < count; ++calls) {
      ASSERT_LT(calls, 100'000);
      const Outcome outcome = evictor_.EvictOne(rule);
      ASSERT_NE(outcome, Outcome::kNone);
      evicted += outcome == Outcome::kEvicted ? 1 : 0;
    }
  }
  int Survivors(int from, int to) {
    int found = 0;
    for (int i = from; i < to; ++i) found += keys_.Exists(H(Name(i)), Access::kPeek) ? 1 : 0;
    return found;
  }

  Evictor evictor_{environment_, databases_};
};

TEST_F(EvictionTest, NothingToEvict) {
  EXPECT_EQ(evictor_.EvictOne({}), Outcome::kNone);
  SetString("k", "v");
  EXPECT_EQ(evictor_.EvictOne({.with_deadline_only = true}), Outcome::kNone);
  EXPECT_EQ(evictor_.EvictOne({}), Outcome::kEvicted);
  EXPECT_EQ(evictor_.EvictOne({}), Outcome::kNone);
}

TEST_F(EvictionTest, ObserverAndStatisticsHear) {
  SetString("k", "v");
  other_.SetString(H("o"), "v", Keyspace::Ttl::kClear);
  observer_.Take();
  EvictKeys({}, 2);
  Events heard = observer_.Take();
  std::sort(heard.begin(), heard.end());
  EXPECT_EQ(heard, (Events{"0 evicted k 0", "1 evicted o 0"}));
  EXPECT_EQ(environment_.statistics.evicted_keys, 2U);
  EXPECT_EQ(environment_.statistics.expired_keys, 0U);
}

// Half of the keys were used a minute ago, the others an hour ago. A quarter of all goes: by chance
// as many of both, by the clock hardly any of those used.
TEST_F(EvictionTest, RecentlyUsedKeysSurvive) {
  constexpr int kKeys = 10'000;
  Fill(kKeys);
  clock_.AdvanceMs(3'600'000);
  for (int i = 0; i < kKeys; i += 2) keys_.Exists(H(Name(i)), Access::kUse);
  clock_.AdvanceMs(60'000);
  EvictKeys({.order = Order::kIdlest}, kKeys / 4);
  int used = 0;
  for (int i = 0; i < kKeys; i += 2) used += Survivors(i, i + 1);
  EXPECT_GE(used, kKeys / 2 - 25);
  EXPECT_EQ(Survivors(0, kKeys), kKeys - kKeys / 4);
}

// Keys of a hundred different ages: the tenth of the keys that goes is from the older end.
TEST_F(EvictionTest, TheOldestGoFirst) {
  constexpr int kKeys = 20'000;
  for (int i = 0; i < kKeys; ++i) {
    SetString(Name(i), "value");
    if (i % (kKeys / 100) == 0) clock_.AdvanceMs(10'000);
  }
  EvictKeys({.order = Order::kIdlest}, kKeys / 10);
  EXPECT_LT(Survivors(0, kKeys / 10), kKeys / 25);
  EXPECT_GT(Survivors(kKeys / 2, kKeys), kKeys / 2 - kKeys / 100);
}

TEST_F(EvictionTest, OftenUsedKeysSurvive) {
  environment_.count_frequency = true;
  constexpr int kKeys = 2000;
  Fill(kKeys);
  for (int round = 0; round < 50; ++round) {
    for (int i = 0; i < kKeys / 2; ++i) keys_.Exists(H(Name(i)), Access::kUse);
  }
  EvictKeys({.order = Order::kLeastUsed}, kKeys / 4);
  EXPECT_GE(Survivors(0, kKeys / 2), kKeys / 2 - 10);
}

TEST_F(EvictionTest, OnlyKeysWithDeadlines) {
  Fill(1000);
  for (int i = 1000; i < 1100; ++i) SetString(Name(i), "v", NowMs() + 100'000);
  for (const Order order :
       {Order::kIdlest, Order::kLeastUsed, Order::kNextDeadline, Order::kRandom}) {
    EvictKeys({.order = order, .with_deadline_only = true}, 25);
  }
  EXPECT_EQ(evictor_.EvictOne({.with_deadline_only = true}), Outcome::kNone);
  EXPECT_EQ(Survivors(0, 1100), 1000);
}

TEST_F(EvictionTest, OneDeadlineAmongManyKeysIsFound) {
  Fill(50'000);
  keys_.SetDeadline(H(Name(4711)), NowMs() + 1000);
  EvictKeys({.order = Order::kIdlest, .with_deadline_only = true}, 1);
  EXPECT_EQ(Survivors(0, 50'000), 49'999);
  EXPECT_EQ(Survivors(4711, 4712), 0);
}

TEST_F(EvictionTest, TheNextDeadlinesGoFirst) {
  constexpr int kKeys = 5000;
  for (int i = 0; i < kKeys; ++i) {
    SetString(Name(i), "v", NowMs() + 1'000'000 + static_cast<uint64_t>(i) * 1000);
  }
  EvictKeys({.order = Order::kNextDeadline, .with_deadline_only = true}, kKeys / 10);
  EXPECT_LT(Survivors(0, kKeys / 10), kKeys / 20);
  EXPECT_EQ(Survivors(kKeys / 2, kKeys), kKeys / 2);
}

// Each key has the same chance: with 1000 of 8000 gone, no eighth of the names loses much more than
// its share of 125 (standard deviation about 10).
TEST_F(EvictionTest, RandomTakesFromEverywhere) {
  Fill(8000);
  EvictKeys({.order = Order::kRandom}, 1000);
  for (int i = 0; i < 8000; i += 1000) EXPECT_NEAR(Survivors(i, i + 1000), 875, 60) << i;
}

TEST_F(EvictionTest, DatabasesLoseInProportion) {
  Fill(9000);
  for (int i = 0; i < 3000; ++i) other_.SetString(H(Name(i)), "v", Keyspace::Ttl::kClear);
  EvictKeys({.order = Order::kRandom}, 4000);
  EXPECT_NEAR(static_cast<double>(keys_.size()), 6000, 250);
  EXPECT_NEAR(static_cast<double>(other_.size()), 2000, 250);
}

// The pool remembers keys by how they were: not after they were used, changed or swapped away.
TEST_F(EvictionTest, WhatWasUsedSinceIsPassedOver) {
  Fill(12);
  clock_.AdvanceMs(100'000);
  SetString("fresh", "v");
  EvictKeys({.order = Order::kIdlest}, 1);
  for (int i = 0; i < 12; ++i) keys_.Exists(H(Name(i)), Access::kUse);
  clock_.AdvanceMs(100'000);
  keys_.SwapWith(other_);
  EvictKeys({.order = Order::kIdlest}, 11);
  EXPECT_EQ(keys_.size() + other_.size(), 1U);
  EvictKeys({.order = Order::kIdlest}, 1);
  EXPECT_EQ(evictor_.EvictOne({}), Outcome::kNone);
}

TEST_F(EvictionTest, AnExpiredKeyExpires) {
  SetString("k", "v", NowMs() + 10);
  clock_.AdvanceMs(20);
  observer_.Take();
  EXPECT_EQ(evictor_.EvictOne({}), Outcome::kEvicted);
  EXPECT_EQ(observer_.Take(), Events{"0 expired k 0"});
  EXPECT_EQ(environment_.statistics.evicted_keys, 0U);
}

TEST_F(EvictionTest, BigValuesAreFreedInSlices) {
  for (int i = 0; i < 10'000; ++i) AddMember("big", "member:" + std::to_string(i));
  const size_t before = keys_.MemoryBytes();
  EvictKeys({}, 1);
  EXPECT_GT(keys_.BuriedBytes(), before / 2);
  EXPECT_LT(keys_.MemoryBytes() - keys_.BuriedBytes(), before / 10);
  size_t slices = 0;
  for (; keys_.FreeSome(); ++slices) ASSERT_LT(slices, 1000U);
  EXPECT_GT(slices, 50U);
  EXPECT_EQ(keys_.BuriedBytes(), 0U);
}

// With any rule and changes in between, everything adds up and every key can go.
TEST_F(EvictionTest, EmptiesEverythingAmidChanges) {
  Fill(3000);
  for (int i = 0; i < 3000; i += 3) keys_.SetDeadline(H(Name(i)), NowMs() + 1'000'000);
  int step = 0;
  while (keys_.size() > 0) {
    ASSERT_LT(++step, 100'000);
    const auto order = static_cast<Order>(random_.Below(4));
    const bool with_deadline_only = random_.Below(2) == 0;
    const Outcome outcome = evictor_.EvictOne({order, with_deadline_only, random_.Below(64) + 1});
    ASSERT_TRUE(outcome != Outcome::kNone || with_deadline_only);
    if (step % 7 == 0) keys_.Delete(H(Name(static_cast<int>(random_.Below(3000)))));
    if (step % 5 == 0) keys_.Exists(H(Name(static_cast<int>(random_.Below(3000)))), Access::kUse);
    if (step % 11 == 0) keys_.Maintain();
    if (step % 100 != 0) continue;
    ASSERT_EQ(keys_.CheckInvariants(), std::nullopt);
  }
}

}  // namespace
}  // namespace thimble
