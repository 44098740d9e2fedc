// Filling a table many keys at a time.

#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/table/table.h"
#include "tests/support/table_traits.h"

namespace thimble {
namespace {

class TableFillTest : public testing::Test {
 protected:
  // Enters all keys, so many at a time, and holds the table against them.
  void Fill(Table& table, const std::vector<std::string>& keys, size_t at_once) {
    std::vector<Hashed> batch;
    for (const std::string& key : keys) {
      batch.push_back(key_.Of(key));
      if (batch.size() < at_once) continue;
      table.InsertAll(batch);
      batch.clear();
    }
    table.InsertAll(batch);
    ASSERT_EQ(table.size(), keys.size());
    ASSERT_EQ(table.CheckInvariants(), std::nullopt);
    for (const std::string& key : keys) ASSERT_TRUE(table.Contains(key_.Of(key))) << key;
  }

  static std::vector<std::string> Keys(int count) {
    std::vector<std::string> keys;
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      keys.push_back(i % 3 == 0    ? number
                     : i % 97 == 1 ? number + std::string(300, 'x')
                                   : "m:" + number);
    }
    return keys;
  }

  HashKey key_ = HashKey::FromSeed(12);
};

TEST_F(TableFillTest, WithAndWithoutReserving) {
  for (const size_t at_once : {size_t{1}, size_t{7}, Table::kMostAtOnce}) {
    for (const size_t reserved : {0, 1000, 5000, 20'000}) {
      SCOPED_TRACE(std::to_string(at_once) + " at once, reserved " + std::to_string(reserved));
      Table table(key_, kSetTraits);
      table.Reserve(reserved);
      Fill(table, Keys(5000), at_once);
      EXPECT_LE(table.GetStatistics().longest_bucket, 33u);
      EXPECT_EQ(table.GetStatistics().rebuilds, 0u);
    }
  }
}

TEST_F(TableFillTest, ReservingTooMuchIsMended) {
  Table table(key_, kSetTraits);
  table.Reserve(100'000);
  Fill(table, Keys(1000), Table::kMostAtOnce);
  while (table.Maintain()) continue;
  EXPECT_LE(table.GetStatistics().buckets, 1000u);
  EXPECT_EQ(table.CheckInvariants(), std::nullopt);
}

TEST_F(TableFillTest, ReservingAFilledTableChangesNothing) {
  Table table(key_, kSetTraits);
  Fill(table, Keys(100), 10);
  const size_t buckets = table.buckets();
  table.Reserve(100'000);
  EXPECT_EQ(table.buckets(), buckets);
}

TEST_F(TableFillTest, InTheOrderOfAnotherTableItSplitsNothing) {
  Table source(key_, kSetTraits);
  Fill(source, Keys(20'000), 1);
  std::vector<std::string> order;
  source.ForEach([&](const TableEntry& entry) { order.push_back(entry.key.ToString()); });
  Table target(key_, kSetTraits);
  target.Reserve(order.size());
  Fill(target, order, Table::kMostAtOnce);
  EXPECT_EQ(target.GetStatistics().splits, 0u);
  EXPECT_EQ(target.GetStatistics().rebuilds, 0u);
}

TEST_F(TableFillTest, KeysThatCrowdOnePairAreBorne) {
  std::vector<std::string> keys;
  for (int i = 0; keys.size() < 1000; ++i) {
    std::string key = "crowd:" + std::to_string(i);
    if ((key_.Hash(key) & 0xff) == 0x55) keys.push_back(std::move(key));
  }
  Table table(key_, kSetTraits);
  Fill(table, keys, Table::kMostAtOnce);
  EXPECT_GE(table.GetStatistics().rebuilds, 1u);
}

}  // namespace
}  // namespace thimble
