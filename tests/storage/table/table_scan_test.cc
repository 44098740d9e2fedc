#include <functional>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "storage/common/random.h"
#include "storage/table/table.h"

namespace thimble {
namespace {

class TableScanTest : public testing::Test {
 protected:
  static constexpr int kStayers = 500;
  static constexpr uint64_t kCursorLimit = uint64_t{1} << 53;

  static std::string Stayer(int i) { return "stay:" + std::to_string(i); }

  TableScanTest() {
    for (int i = 0; i < kStayers; ++i) table_.Add(key_.Of(Stayer(i)));
  }

  // One round, with `meddle` between any two calls. Every stayer must be seen.
  size_t Round(const std::function<void()>& meddle) {
    std::map<std::string, int> seen;
    size_t calls = 0;
    uint64_t cursor = 0;
    do {
      cursor = table_.Scan(cursor, [&](const TableEntry& entry) { ++seen[entry.key.ToString()]; });
      EXPECT_LT(cursor, kCursorLimit);
      meddle();
      if (++calls > 1'000'000) ADD_FAILURE() << "a round without end";
    } while (cursor != 0 && calls <= 1'000'000);
    for (int i = 0; i < kStayers; ++i) EXPECT_GE(seen[Stayer(i)], 1) << "missed " << Stayer(i);
    return calls;
  }

  // Adds `count` keys whose hashes agree in the low bits, which no honest table survives.
  void AddCrowd(int count, uint64_t mask = 0xff) {
    for (uint64_t i = 0; count > 0; ++i) {
      const std::string member = "crowd:" + std::to_string(i);
      if ((key_.Hash(member) & mask) != 0x5a) continue;
      table_.Add(key_.Of(member));
      --count;
    }
  }

  HashKey key_ = HashKey::FromSeed(2);
  Table table_{key_, TableTraits{}};
  Random random_{3};
};

TEST_F(TableScanTest, AQuietTableIsSeenOnce) {
  size_t visits = 0;
  uint64_t cursor = 0;
  do {
    cursor = table_.Scan(cursor, [&](const TableEntry&) { ++visits; });
  } while (cursor != 0);
  EXPECT_EQ(visits, static_cast<size_t>(kStayers));
}

TEST_F(TableScanTest, NothingIsMissedWhileTheTableGrows) {
  uint64_t next = 0;
  for (int round = 0; round < 8; ++round) {
    Round([&] {
      for (int i = 0; i < 20; ++i) table_.Add(key_.Of(std::to_string(next++)));
    });
    while (next > 0) table_.Remove(key_.Of(std::to_string(--next)));
    while (table_.Maintain()) {
    }
  }
}

TEST_F(TableScanTest, NothingIsMissedWhileTheTableShrinks) {
  for (int round = 0; round < 8; ++round) {
    uint64_t left = 20'000;
    for (uint64_t i = 0; i < left; ++i) table_.Add(key_.Of(std::to_string(i)));
    Round([&] {
      for (int i = 0; i < 30 && left > 0; ++i) table_.Remove(key_.Of(std::to_string(--left)));
      table_.Maintain();
    });
    while (left > 0) table_.Remove(key_.Of(std::to_string(--left)));
  }
}

TEST_F(TableScanTest, NothingIsMissedWhileTheTableSways) {
  uint64_t count = 0;
  for (int round = 0; round < 40; ++round) {
    const bool grow_first = random_.Below(2) == 0;
    int turn = 0;
    Round([&] {
      ++turn;
      const bool growing = (turn / 60 % 2 == 0) == grow_first;
      for (int i = 0; i < 25; ++i) {
        if (growing) {
          table_.Add(key_.Of(std::to_string(count++)));
        } else if (count > 0) {
          table_.Remove(key_.Of(std::to_string(--count)));
        }
      }
      table_.Maintain();
    });
  }
}

TEST_F(TableScanTest, NothingIsMissedWhileTheTableIsRebuilt) {
  for (int i = 0; i < 20'000; ++i) table_.Add(key_.Of("more:" + std::to_string(i)));
  int calls = 0;
  const size_t calls_quiet = Round([] {});
  Round([&] {
    if (++calls == 100) AddCrowd(2000);
    table_.Add(key_.Of(std::to_string(calls)));
  });
  EXPECT_GT(calls_quiet, 1000u);
  EXPECT_GE(table_.GetStatistics().rebuilds, 1u);
  ASSERT_EQ(table_.CheckInvariants(), std::nullopt);
}

TEST_F(TableScanTest, ARoundCrossesFromTheOldDirectoryToTheNew) {
  for (int i = 0; i < 20'000; ++i) table_.Add(key_.Of("more:" + std::to_string(i)));
  const size_t calls_quiet = Round([] {});
  size_t calls = 0;
  const size_t calls_crossing = Round([&] {
    if (++calls == calls_quiet - 20) AddCrowd(240, 0x3ff);
  });
  EXPECT_EQ(table_.GetStatistics().rebuilds, 1u);
  EXPECT_GT(calls_crossing, calls_quiet);
  // Rounds that begin while both directories are alive, and rebuilds that end in their middle.
  Round([] {});
  ASSERT_EQ(table_.CheckInvariants(), std::nullopt);
  calls = 0;
  Round([&] {
    if (++calls > 500) table_.Maintain();
  });
  EXPECT_FALSE(table_.Maintain());
  ASSERT_EQ(table_.CheckInvariants(), std::nullopt);
}

TEST_F(TableScanTest, DeletingWhileScanningShrinksTheTable) {
  for (int i = 0; i < 30'000; ++i) table_.Add(key_.Of("more:" + std::to_string(i)));
  const size_t buckets = table_.GetStatistics().buckets;
  std::vector<std::string> found;
  uint64_t cursor = 0;
  std::map<std::string, int> seen;
  do {
    found.clear();
    cursor = table_.Scan(cursor,
                         [&](const TableEntry& entry) { found.push_back(entry.key.ToString()); });
    for (const std::string& key : found) {
      if (key.starts_with("stay:")) {
        ++seen[key];
      } else {
        table_.Remove(key_.Of(key));
      }
    }
    ASSERT_LE(table_.GetStatistics().longest_pair, 64u);
  } while (cursor != 0);
  while (table_.Maintain()) {
  }
  EXPECT_EQ(seen.size(), static_cast<size_t>(kStayers));
  EXPECT_EQ(table_.size(), static_cast<size_t>(kStayers));
  EXPECT_LT(table_.GetStatistics().buckets, buckets / 16);
  EXPECT_EQ(table_.CheckInvariants(), std::nullopt);
}

TEST_F(TableScanTest, AnyCursorIsLegalAndEnds) {
  for (int round = 0; round < 200; ++round) {
    uint64_t cursor = random_.Next() >> random_.Below(64);
    size_t calls = 0;
    do {
      cursor = table_.Scan(cursor, [](const TableEntry&) {});
    } while (cursor != 0 && ++calls < 10'000);
    EXPECT_LE(calls, table_.GetStatistics().buckets);
  }
}

}  // namespace
}  // namespace thimble
