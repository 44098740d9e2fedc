// Not whether the table answers rightly, but how well it spreads, samples and bears ill use.

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/random.h"
#include "storage/table/table.h"
#include "tests/support/sanitized.h"
#include "tests/support/table_traits.h"

namespace thimble {
namespace {

constexpr int kManyEntries = kSanitized ? 100'000 : 1'000'000;

class TableQualityTest : public testing::Test {
 protected:
  static std::string Member(int i) { return "member:" + std::to_string(i); }

  // Pearson's chi-square over df: 1 for a fair draw, with a standard deviation of sqrt(2 / df).
  double Unfairness(const Table& table, int draws_each) {
    std::map<std::string, int> drawn;
    const int draws = draws_each * static_cast<int>(table.size());
    for (int i = 0; i < draws; ++i) ++drawn[table.At(table.Random(random_)).key.ToString()];
    double chi_square = 0;
    for (const auto& [key, count] : drawn) {
      const double off = count - draws_each;
      chi_square += off * off / draws_each;
    }
    const size_t never = table.size() - drawn.size();
    chi_square += static_cast<double>(never) * draws_each;
    return chi_square / static_cast<double>(table.size() - 1);
  }

  HashKey key_ = HashKey::FromSeed(4);
  Random random_{5};
};

TEST_F(TableQualityTest, BucketsStayShortAndHardlyAnythingSpills) {
  Table table(key_, kSetTraits);
  size_t longest_pair = 0;
  for (int i = 0; i < kManyEntries; ++i) {
    table.Add(key_.Of(Member(i)));
    if (i % (kManyEntries / 32) != 0) continue;
    const Table::Statistics statistics = table.GetStatistics();
    longest_pair = std::max(longest_pair, statistics.longest_pair);
    EXPECT_LE(statistics.longest_bucket, 33u) << "at " << i;
    EXPECT_LE(statistics.spilled, 3u) << "at " << i;
    EXPECT_EQ(statistics.rebuilds, 0u);
  }
  EXPECT_LE(longest_pair, 64u);
  RecordProperty("longest_pair", static_cast<int>(longest_pair));
}

TEST_F(TableQualityTest, RandomIsUniform) {
  Table table(key_, kSetTraits);
  for (int i = 0; i < 2000; ++i) table.Add(key_.Of(Member(i)));
  EXPECT_NEAR(Unfairness(table, 100), 1.0, 0.16);  // Five standard deviations.
}

TEST_F(TableQualityTest, RandomIsUniformInATableLeftSparse) {
  Table table(key_, kSetTraits);
  for (int i = 0; i < 20'000; ++i) table.Add(key_.Of(Member(i)));
  for (int i = 200; i < 20'000; ++i) table.Remove(key_.Of(Member(i)));
  EXPECT_NEAR(Unfairness(table, 200), 1.0, 0.5);
}

TEST_F(TableQualityTest, RandomIsUniformInASkewedTable) {
  // Emptied in scan order but for the last pairs: nothing merges, and darts seldom hit.
  Table table(key_, kSetTraits);
  for (int i = 0; i < 20'000; ++i) table.Add(key_.Of(Member(i)));
  std::vector<std::string> order;
  uint64_t cursor = 0;
  do {
    cursor =
        table.Scan(cursor, [&](const TableEntry& entry) { order.push_back(entry.key.ToString()); });
  } while (cursor != 0);
  for (size_t i = 0; i < 19'700; ++i) table.Remove(key_.Of(order[i]));
  EXPECT_NEAR(Unfairness(table, 200), 1.0, 0.5);
  EXPECT_EQ(table.CheckInvariants(), std::nullopt);
}

TEST_F(TableQualityTest, PoppingEverythingAtRandomStaysCheap) {
  Table table(key_, kSetTraits);
  for (int i = 0; i < kManyEntries / 4; ++i) table.Add(key_.Of(Member(i)));
  while (!table.empty()) table.Erase(table.Random(random_));
  EXPECT_LE(table.GetStatistics().buckets, 16u);
}

TEST_F(TableQualityTest, CopyingInScanOrderStaysFlat) {
  Table source(key_, kSetTraits);
  for (int i = 0; i < kManyEntries / 4; ++i) source.Add(key_.Of(Member(i)));
  Table target(key_, kSetTraits);
  uint64_t cursor = 0;
  size_t calls = 0;
  std::vector<std::string> batch;
  do {
    batch.clear();
    cursor = source.Scan(cursor,
                         [&](const TableEntry& entry) { batch.push_back(entry.key.ToString()); });
    for (const std::string& member : batch) ASSERT_TRUE(target.Add(key_.Of(member)));
    if (++calls % 64 == 0) {
      ASSERT_LE(target.GetStatistics().longest_bucket, 70u) << target.size();
    }
  } while (cursor != 0);
  EXPECT_EQ(target.size(), source.size());
  EXPECT_GE(target.GetStatistics().rebuilds, 1u);
  EXPECT_LE(target.GetStatistics().rebuilds, 2u);
  EXPECT_LE(target.GetStatistics().longest_bucket, 33u);
  EXPECT_EQ(target.CheckInvariants(), std::nullopt);
}

// A pair with more entries than fit it, in a table that is otherwise in order.
class CrowdedPairTest : public testing::Test {
 protected:
  CrowdedPairTest() {
    for (int i = 0; i < 20'000; ++i) table_.Set(key_.Of("member:" + std::to_string(i)), "value");
    for (int i = 0; crowd_.size() < 60; ++i) {
      std::string key = "crowd:" + std::to_string(i);
      if ((key_.Hash(key) & 0x3ff) == 0x155) crowd_.push_back(std::move(key));
    }
    for (const std::string& key : crowd_) table_.Set(key_.Of(key), "crowded");
  }

  void ExpectSound() {
    ASSERT_EQ(table_.CheckInvariants(), std::nullopt);
    for (const std::string& key : crowd_) ASSERT_TRUE(table_.Contains(key_.Of(key))) << key;
  }

  HashKey key_ = HashKey::FromSeed(8);
  Table table_{key_, TableTraits{.values = true}};
  std::vector<std::string> crowd_;
};

TEST_F(CrowdedPairTest, SpillsIntoTheOtherHalf) {
  const Table::Statistics statistics = table_.GetStatistics();
  EXPECT_GE(statistics.longest_pair, 60u);
  EXPECT_GE(statistics.spilled, 1u);
  EXPECT_EQ(statistics.rebuilds, 0u);
  ExpectSound();
}

TEST_F(CrowdedPairTest, BringsSpilledEntriesHomeOnceThereIsRoom) {
  while (!crowd_.empty()) {
    ASSERT_TRUE(table_.Remove(key_.Of(crowd_.front())));
    crowd_.erase(crowd_.begin());
    if (crowd_.size() % 6 == 0) ExpectSound();
  }
  EXPECT_EQ(table_.GetStatistics().spilled, 0u);
}

TEST_F(CrowdedPairTest, BearsValuesThatGrow) {
  for (const size_t size : {60u, 120u, 247u, 247u, 2u, 247u}) {
    for (const std::string& key : crowd_) {
      const std::string value(size, key.back());
      const TablePosition at = table_.Replace(table_.Find(key_.Of(key)), value);
      ASSERT_EQ(table_.At(at).key.ToString(), key);
      ASSERT_EQ(table_.At(at).value.ToString(), value);
    }
    ExpectSound();
  }
  while (!crowd_.empty()) {
    ASSERT_TRUE(table_.Remove(key_.Of(crowd_.back())));
    crowd_.pop_back();
    if (crowd_.size() % 6 == 0) ExpectSound();
  }
}

TEST_F(CrowdedPairTest, TakeApartDuringARebuild) {
  for (int i = 0; table_.GetStatistics().rebuilds == 0; ++i) {
    const std::string key = "crowd, too:" + std::to_string(i);
    if ((key_.Hash(key) & 0x3ff) == 0x155) table_.Set(key_.Of(key), "crowded");
  }
  ExpectSound();
  size_t left = table_.size();
  while (table_.TakeApart(300, [&](const TableEntry&) { --left; })) {
    ASSERT_EQ(table_.size(), left);
  }
  EXPECT_EQ(left, 0u);
  EXPECT_EQ(table_.CheckInvariants(), std::nullopt);
}

TEST_F(CrowdedPairTest, MaintainEndsWhereNothingCanMerge) {
  // The first half in scan order goes: what is left lies as dense as ever.
  std::vector<std::string> order;
  uint64_t cursor = 0;
  do {
    cursor = table_.Scan(cursor,
                         [&](const TableEntry& entry) { order.push_back(entry.key.ToString()); });
  } while (cursor != 0);
  for (size_t i = 0; i < order.size() * 5 / 8; ++i) table_.Remove(key_.Of(order[i]));
  int steps = 0;
  while (table_.Maintain()) ASSERT_LT(++steps, 10'000);
  EXPECT_EQ(table_.CheckInvariants(), std::nullopt);
}

// Long strings bring their hash along, so that a test can make hashes collide in all 64 bits.
class CollisionTest : public testing::Test {
 protected:
  static std::string Long(int i) { return std::string(300, 'c') + std::to_string(i); }
  static Hashed Collide(const std::string& key) { return {key, 0x123456789abcdef0}; }

  void Flood(Table& table, int count) {
    for (int i = 0; i < count; ++i) {
      const std::string key = Long(i);
      ASSERT_FALSE(table.Contains(Collide(key))) << i;
      table.Insert(Collide(key), {});
      ASSERT_TRUE(table.Contains(Collide(key))) << i;
    }
    for (int i = 0; i < count; ++i) ASSERT_TRUE(table.Contains(Collide(Long(i)))) << i;
    EXPECT_LE(table.GetStatistics().longest_bucket, 33u);
    EXPECT_EQ(table.CheckInvariants(), std::nullopt);
  }

  HashKey key_ = HashKey::FromSeed(6);
};

TEST_F(CollisionTest, EqualHashesTurnTheTableToSipHash) {
  Table table(key_, kSetTraits);
  Flood(table, 3000);
  EXPECT_EQ(table.GetStatistics().rebuilds, 2u);
}

TEST_F(CollisionTest, AFloodDuringARebuildIsSurvived) {
  Table table(key_, kSetTraits);
  for (int i = 0; i < 50'000; ++i) table.Add(key_.Of("member:" + std::to_string(i)));
  Flood(table, 3000);
  EXPECT_EQ(table.size(), 53'000u);
}

}  // namespace
}  // namespace thimble
