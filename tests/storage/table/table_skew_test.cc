// Everyday jobs that go through a table in its own order: work is counted, not timed.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/random.h"
#include "storage/table/table.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

constexpr int kMany = kSanitized ? 40'000 : 400'000;

// Splits, merges and rebuilt pairs that one call may bring about, and the longest bucket meanwhile.
constexpr size_t kWorkPerCall = 6;
constexpr size_t kLongestBucket = 70;

class TableSkewTest : public testing::Test {
 protected:
  static std::string Member(int i) { return "member:" + std::to_string(i); }

  void Fill(int count) {
    for (int i = 0; i < count; ++i) table_.Add(key_.Of(Member(i)));
  }
  static size_t WorkOf(const Table& table) {
    const Table::Statistics statistics = table.GetStatistics();
    return statistics.splits + statistics.merges;
  }
  // One step of a scan, its entries' keys copied.
  uint64_t ScanStep(uint64_t cursor, std::vector<std::string>& keys) {
    keys.clear();
    return table_.Scan(cursor,
                       [&](const TableEntry& entry) { keys.push_back(entry.key.ToString()); });
  }
  // Leaves one in a hundred, without any help from a timer.
  void EmptyToOnePercent() {
    Fill(kMany);
    for (int i = 0; i < kMany; ++i) {
      if (i % 100 != 0) table_.Remove(key_.Of(Member(i)));
    }
  }

  HashKey key_ = HashKey::FromSeed(14);
  Random random_{15};
  Table table_{key_, TableTraits{}};
};

TEST_F(TableSkewTest, DeletingWhileScanningStaysFlat) {
  Fill(kMany);
  const size_t before = WorkOf(table_);
  uint64_t cursor = 0;
  size_t steps = 0;
  size_t removed = 0;
  std::vector<std::string> keys;
  do {
    cursor = ScanStep(cursor, keys);
    for (const std::string& key : keys) removed += table_.Remove(key_.Of(key)) ? 1 : 0;
    if (++steps % 512 == 0) {
      const Table::Statistics statistics = table_.GetStatistics();
      ASSERT_LE(statistics.longest_bucket, kLongestBucket) << "at " << table_.size();
    }
  } while (cursor != 0);
  EXPECT_EQ(removed, static_cast<size_t>(kMany));
  EXPECT_TRUE(table_.empty());
  // Each entry paid for a few steps at most; each rebuild for a table an eighth full.
  EXPECT_LE(WorkOf(table_) - before, kWorkPerCall * static_cast<size_t>(kMany));
  EXPECT_LE(table_.GetStatistics().rebuilds, 8u);
}

// As SSCAN with SADD into another set does, and SCAN with MOVE into another database.
TEST_F(TableSkewTest, MovingInScanOrderIntoAnotherTableStaysFlat) {
  Fill(kMany);
  Table target(key_, TableTraits{});
  const size_t before = WorkOf(table_);
  uint64_t cursor = 0;
  size_t steps = 0;
  std::vector<std::string> keys;
  do {
    cursor = ScanStep(cursor, keys);
    for (const std::string& key : keys) {
      if (!table_.Remove(key_.Of(key))) continue;
      ASSERT_TRUE(target.Add(key_.Of(key)));
    }
    if (++steps % 512 == 0) {
      ASSERT_LE(table_.GetStatistics().longest_bucket, kLongestBucket);
      ASSERT_LE(target.GetStatistics().longest_bucket, kLongestBucket);
    }
  } while (cursor != 0);
  EXPECT_TRUE(table_.empty());
  EXPECT_EQ(target.size(), static_cast<size_t>(kMany));
  const size_t calls = static_cast<size_t>(kMany);
  EXPECT_LE(WorkOf(table_) - before + WorkOf(target), 2 * kWorkPerCall * calls);
  EXPECT_LE(target.GetStatistics().rebuilds, 2u);
  EXPECT_LE(target.GetStatistics().longest_bucket, 33u);
  EXPECT_EQ(target.CheckInvariants(), std::nullopt);
}

// What HRANDFIELD and SRANDMEMBER cost on what is left of a large collection: so many looks for
// each answer.
TEST_F(TableSkewTest, RandomEntriesOfATableEmptiedToOnePercentAreCheap) {
  EmptyToOnePercent();
  constexpr size_t kDraws = 20'000;
  const size_t before = table_.GetStatistics().looks;
  for (size_t draw = 0; draw < kDraws; ++draw) table_.Random(random_);
  EXPECT_LE(table_.GetStatistics().looks - before, 24 * kDraws);
}

// SPOP with a count, down to nothing.
TEST_F(TableSkewTest, PoppingWhatIsLeftIsCheap) {
  EmptyToOnePercent();
  const size_t left = table_.size();
  const size_t before = table_.GetStatistics().looks;
  while (!table_.empty()) table_.Erase(table_.Random(random_));
  EXPECT_LE(table_.GetStatistics().looks - before, 24 * left);
}

// Emptied in scan order, what is left lies dense in a corner of the directory.
TEST_F(TableSkewTest, RandomEntriesOfACornerAreCheap) {
  Fill(kMany);
  uint64_t cursor = 0;
  std::vector<std::string> keys;
  const size_t left = static_cast<size_t>(kMany) / 100;
  do {
    cursor = ScanStep(cursor, keys);
    for (const std::string& key : keys) {
      if (table_.size() > left) table_.Remove(key_.Of(key));
    }
  } while (cursor != 0);
  ASSERT_EQ(table_.size(), left);
  const size_t before = table_.GetStatistics().looks;
  for (size_t draw = 0; draw < left; ++draw) table_.Random(random_);
  EXPECT_LE(table_.GetStatistics().looks - before, 64 * left);
}

}  // namespace
}  // namespace thimble
