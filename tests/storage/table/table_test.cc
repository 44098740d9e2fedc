#include "storage/table/table.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/random.h"
#include "tests/support/table_traits.h"

namespace thimble {
namespace {

class TableTest : public testing::Test {
 protected:
  static std::string Field(int i) { return "field:" + std::to_string(i); }
  void Fill(Table& table, int count) {
    for (int i = 0; i < count; ++i) table.Set(key_.Of(Field(i)), "v" + std::to_string(i));
  }
  HashKey key_ = HashKey::FromSeed(1);
};

TEST_F(TableTest, AnEmptyTableAnswersEverything) {
  Table table(key_, kHashTraits);
  const auto never = [](const TableEntry&) { FAIL(); };
  EXPECT_TRUE(table.empty());
  EXPECT_FALSE(table.Find(key_.Of("x")));
  EXPECT_FALSE(table.Get(key_.Of("x")));
  EXPECT_FALSE(table.Remove(key_.Of("x")));
  EXPECT_FALSE(table.Maintain());
  EXPECT_FALSE(table.TakeApart(10, never));
  EXPECT_EQ(table.Scan(0, never), 0u);
  uint64_t cursor = 0;
  EXPECT_EQ(table.VisitExpired(1, 100, &cursor, never), 0u);
  table.ForEach(never);
  table.PrefetchDirectory(123);
  table.PrefetchBucket(123);
  EXPECT_LE(table.MemoryBytes(), 512u);
  EXPECT_EQ(table.CheckInvariants(), std::nullopt);
}

TEST_F(TableTest, SetGetRemove) {
  Table table(key_, kHashTraits);
  EXPECT_TRUE(table.Set(key_.Of("a"), "1"));
  EXPECT_FALSE(table.Set(key_.Of("a"), "two"));
  EXPECT_EQ(table.Get(key_.Of("a"))->ToString(), "two");
  EXPECT_TRUE(table.Remove(key_.Of("a")));
  EXPECT_FALSE(table.Contains(key_.Of("a")));
}

TEST_F(TableTest, IntegersAreOnlyWhatPrintsTheSame) {
  Table table(key_, kSetTraits);
  const std::vector<std::string> members = {"1",  "01",  "+1", " 1", "1 ",
                                            "-1", "-01", "0",  "-0", ""};
  for (const std::string& member : members) EXPECT_TRUE(table.Add(key_.Of(member))) << member;
  std::set<std::string> seen;
  table.ForEach([&](const TableEntry& entry) { seen.insert(entry.key.ToString()); });
  EXPECT_EQ(seen, std::set<std::string>(members.begin(), members.end()));
}

TEST_F(TableTest, LongKeysAndValuesLiveOutOfLine) {
  Table table(key_, kHashTraits);
  const size_t empty_bytes = table.MemoryBytes();
  std::map<std::string, std::string> model;
  for (int i = 0; i < 300; ++i) {
    const std::string key = std::string(static_cast<size_t>(i) * 7, 'k') + std::to_string(i);
    const std::string value(static_cast<size_t>(i) * 100, static_cast<char>('a' + i % 26));
    ASSERT_TRUE(table.Set(key_.Of(key), value));
    model[key] = value;
  }
  ASSERT_EQ(table.CheckInvariants(), std::nullopt);
  EXPECT_GE(table.MemoryBytes(), 300u * 299 / 2 * 107);
  for (const auto& [key, value] : model) ASSERT_EQ(table.Get(key_.Of(key))->ToString(), value);
  for (auto& [key, value] : model) {
    value = value.size() > 300 ? "short" : std::string(1000, 'x');
    ASSERT_FALSE(table.Set(key_.Of(key), value));
    ASSERT_EQ(table.Get(key_.Of(key))->ToString(), value);
  }
  for (const auto& [key, value] : model) ASSERT_TRUE(table.Remove(key_.Of(key)));
  while (table.Maintain()) {
  }
  EXPECT_LE(table.MemoryBytes(), empty_bytes + 128);
}

TEST_F(TableTest, AStringOfManyMegabytes) {
  Table table(key_, kHashTraits);
  const std::string huge(64 << 20, 'h');
  table.Set(key_.Of(huge), huge);
  Fill(table, 1000);
  EXPECT_EQ(table.Get(key_.Of(huge))->tail(), huge);
  EXPECT_TRUE(table.Remove(key_.Of(huge)));
  EXPECT_LT(table.MemoryBytes(), 1u << 20);
}

TEST_F(TableTest, ReplaceOnceTooLargeForItsBucketMovesTheEntry) {
  Table table(key_, kKeyspaceTraits);
  for (int i = 0; i < 200; ++i) table.Insert(key_.Of(Field(i)), "", 1000 + i, 7);
  for (const size_t size : {100u, 200u, 247u, 3u, 247u}) {
    for (int i = 0; i < 200; ++i) {
      const std::string value(size, static_cast<char>('a' + i % 26));
      const TablePosition at = table.Replace(table.Find(key_.Of(Field(i))), value);
      const TableEntry entry = table.At(at);
      ASSERT_EQ(entry.key.ToString(), Field(i));
      ASSERT_EQ(entry.value.ToString(), value);
      ASSERT_EQ(entry.deadline_ms, 1000u + i);
      ASSERT_EQ(entry.clock, 7);
      ASSERT_EQ(table.CheckInvariants(), std::nullopt);
    }
  }
}

TEST_F(TableTest, GrowingValuesAloneMakeTheTableGrow) {
  Table table(key_, kHashTraits);
  Fill(table, 2000);
  for (int i = 0; i < 2000; ++i) table.Set(key_.Of(Field(i)), std::string(240, 'x'));
  const Table::Statistics statistics = table.GetStatistics();
  EXPECT_EQ(statistics.rebuilds, 0u);
  EXPECT_GE(statistics.buckets * 448 * 2, 2000u * 250);
}

#ifndef NDEBUG
TEST_F(TableTest, StalePositionsAreTrapped) {
  Table table(key_, kHashTraits);
  Fill(table, 3);
  const TablePosition position = table.Find(key_.Of(Field(1)));
  table.Insert(key_.Of("another"), "");
  EXPECT_DEATH(table.At(position), "ASSERTION FAILED");
  EXPECT_DEATH(table.Erase(TablePosition()), "ASSERTION FAILED");
  EXPECT_DEATH(table.Insert(key_.Of("another"), ""), "ASSERTION FAILED");
}
#endif

TEST_F(TableTest, ReplaceAndDeadlineInPlaceKeepPositions) {
  Table table(key_, kHashTraits);
  Fill(table, 100);
  const TablePosition a = table.Find(key_.Of(Field(1)));
  const TablePosition b = table.Find(key_.Of(Field(2)));
  table.SetDeadline(a, 5);
  table.Replace(a, "other");
  EXPECT_EQ(table.At(b).key.ToString(), Field(2));
}

// Every width of an integer over every other, over a string, and next to a prefix.
TEST_F(TableTest, AnIntegerReplacesAsItsDigitsWould) {
  std::vector<int64_t> integers = {0, 1, -1, INT64_MAX, INT64_MIN};
  for (int shift = 6; shift < 62; shift += 8) {
    const int64_t power = int64_t{1} << shift;
    for (const int64_t edge : {power, 2 * power - 1, 2 * power, -power, -2 * power, -2 * power - 1})
      integers.push_back(edge);
  }
  for (const int neighbours : {0, 5}) {
    Table table(key_, kHashTraits);
    Fill(table, neighbours);
    table.Set(key_.Of("counter"), "text");
    for (const int64_t before : integers) {
      table.Replace(table.Find(key_.Of("counter")), before);
      for (const int64_t after : integers) {
        table.Replace(table.Find(key_.Of("counter")), after);
        const std::optional<Text> stored = table.Get(key_.Of("counter"));
        ASSERT_TRUE(stored->is_integer());
        ASSERT_EQ(stored->integer(), after);
      }
    }
    EXPECT_EQ(table.CheckInvariants(), std::nullopt);
  }
}

// Sums of every width from every width: done in place only where the width stays, and right where
// it is done.
TEST_F(TableTest, AddsToAnIntegerWhereItStands) {
  std::vector<int64_t> integers = {0, 1, -1, 100, INT64_MAX, INT64_MIN};
  for (int shift = 6; shift < 62; shift += 8) {
    for (const int64_t edge : {int64_t{1} << shift, int64_t{2} << shift, -(int64_t{2} << shift)})
      integers.push_back(edge);
  }
  size_t done = 0;
  for (const int neighbours : {0, 5}) {
    Table table(key_, kHashTraits);
    Fill(table, neighbours);
    const Hashed counter = key_.Of("counter");
    EXPECT_EQ(table.AddInPlace(counter, 1), std::nullopt);
    table.Set(counter, "text");
    EXPECT_EQ(table.AddInPlace(counter, 1), std::nullopt);
    for (const int64_t before : integers) {
      for (const int64_t increment : integers) {
        table.Replace(table.Find(counter), before);
        int64_t sum = 0;
        const bool overflows = __builtin_add_overflow(before, increment, &sum);
        const std::optional<int64_t> added = table.AddInPlace(counter, increment);
        ASSERT_FALSE(overflows && added);
        ASSERT_EQ(added.value_or(sum), sum);
        ASSERT_EQ(table.Get(counter)->integer(), added ? sum : before);
        done += added ? 1 : 0;
      }
    }
    EXPECT_EQ(table.CheckInvariants(), std::nullopt);
  }
  EXPECT_GT(done, integers.size());
}

TEST_F(TableTest, AHashThatIsNotKnownIsComputed) {
  Table table(key_, kHashTraits);
  const auto unknown = [](Bytes key) { return Hashed{key}; };
  Fill(table, 300);
  EXPECT_EQ(table.Find(unknown(Field(7))), table.Find(key_.Of(Field(7))));
  EXPECT_FALSE(table.Find(unknown("new")));
  table.Set(unknown("new"), "1");
  EXPECT_EQ(table.Get(key_.Of("new"))->ToString(), "1");
  EXPECT_EQ(table.AddInPlace(unknown("new"), 2), 3);
  EXPECT_TRUE(table.Remove(unknown("new")));
  Table set(key_, kSetTraits);
  const std::string names[] = {"a", "b", "c"};
  const Hashed members[] = {unknown(names[0]), unknown(names[1]), unknown(names[2])};
  set.InsertAll(members);
  for (const std::string& name : names) EXPECT_TRUE(set.Contains(key_.Of(name)));
  EXPECT_EQ(set.CheckInvariants(), std::nullopt);
}

TEST_F(TableTest, TheVersionChangesWithWhateverAnEntrySays) {
  Table table(key_, kKeyspaceTraits);
  table.Set(key_.Of("a"), "1");
  uint64_t version = table.version();
  const auto changed = [&] { return std::exchange(version, table.version()) != table.version(); };
  const auto a = [&] { return table.Find(key_.Of("a")); };
  a();
  EXPECT_FALSE(changed());
  table.Replace(a(), "2");
  EXPECT_TRUE(changed());
  table.Replace(a(), int64_t{3});
  EXPECT_TRUE(changed());
  table.SetDeadline(a(), 1000);
  EXPECT_TRUE(changed());
  table.SetClock(a(), 7);
  EXPECT_FALSE(changed());
  EXPECT_EQ(table.ClockOf(a()), 7);
  table.Set(key_.Of("b"), "1");
  EXPECT_TRUE(changed());
  table.Remove(key_.Of("b"));
  EXPECT_TRUE(changed());
  EXPECT_NE(Table(key_, kKeyspaceTraits).version(), version);
}

TEST_F(TableTest, TakeApartGivesEveryEntryOnce) {
  Table table(key_, kHashTraits);
  Fill(table, 5000);
  table.Set(key_.Of("long"), std::string(5000, 'x'));
  table.SetDeadline(table.Find(key_.Of(Field(7))), 99);
  std::set<std::string> seen;
  size_t before = table.size();
  bool more = true;
  while (more) {
    size_t step = 0;
    more = table.TakeApart(100, [&](const TableEntry& entry) {
      ++step;
      EXPECT_TRUE(seen.insert(entry.key.ToString()).second);
    });
    EXPECT_LE(step, 100u + 64);
    EXPECT_EQ(table.size(), before - step);
    before = table.size();
    ASSERT_EQ(table.CheckInvariants(), std::nullopt);
  }
  EXPECT_EQ(seen.size(), 5001u);
  EXPECT_EQ(table.deadlines(), 0u);
  EXPECT_LE(table.MemoryBytes(), 1024u);
  EXPECT_TRUE(table.Set(key_.Of("again"), "usable"));
}

TEST_F(TableTest, VisitExpiredFindsWhatIsDue) {
  Table table(key_, kHashTraits);
  Fill(table, 3000);
  for (int i = 0; i < 3000; i += 3) table.SetDeadline(table.Find(key_.Of(Field(i))), 1000 + i);
  EXPECT_EQ(table.deadlines(), 1000u);
  EXPECT_EQ(table.earliest_deadline(), 1000u);

  std::set<std::string> due;
  uint64_t cursor = 123'456'789;  // Any value is legal.
  size_t looked_at = 0;
  do {
    looked_at += table.VisitExpired(1999, 7, &cursor, [&](const TableEntry& entry) {
      due.insert(entry.key.ToString());
      EXPECT_LE(entry.deadline_ms, 1999u);
    });
  } while (cursor != 0);
  EXPECT_EQ(looked_at, 1000u);
  EXPECT_EQ(due.size(), 334u);
  for (const std::string& key : due) EXPECT_TRUE(table.Remove(key_.Of(key)));
  EXPECT_EQ(table.deadlines(), 666u);

  // A whole sweep makes the hint exact again.
  do {
    table.VisitExpired(1999, 64, &cursor, [](const TableEntry&) { FAIL(); });
  } while (cursor != 0);
  EXPECT_EQ(table.earliest_deadline(), 1000u + 1002);
  EXPECT_EQ(table.CheckInvariants(), std::nullopt);
}

TEST_F(TableTest, DeadlinesOfEveryWidthAreExact) {
  Table table(key_, kKeyspaceTraits);
  const uint64_t deadlines[] = {1, (uint64_t{1} << 48) - 1, uint64_t{1} << 48, INT64_MAX, 0};
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 100; ++i) {
      const std::string field = Field(i);
      const Hashed key = key_.Of(field);
      const TablePosition position = table.Find(key);
      const uint64_t deadline_ms = deadlines[(i * 7 + round) % 5];
      if (position) {
        EXPECT_EQ(table.At(table.SetDeadline(position, deadline_ms)).deadline_ms, deadline_ms);
      } else {
        EXPECT_EQ(table.At(table.Insert(key, "v", deadline_ms)).deadline_ms, deadline_ms);
      }
    }
    for (int i = 0; i < 100; ++i) {
      EXPECT_EQ(table.At(table.Find(key_.Of(Field(i)))).deadline_ms,
                deadlines[(i * 7 + round) % 5]);
    }
    ASSERT_EQ(table.CheckInvariants(), std::nullopt);
  }
}

TEST_F(TableTest, AKeyWithoutAnAddress) {
  Table table(key_, kHashTraits);
  EXPECT_TRUE(table.Set(key_.Of(Bytes()), Bytes()));
  EXPECT_FALSE(table.Set(key_.Of(Bytes()), Bytes()));
  EXPECT_EQ(table.Get(key_.Of(""))->ToString(), "");
}

TEST_F(TableTest, ADeadlineSetDuringASweepIsNotForgotten) {
  Table table(key_, kHashTraits);
  Fill(table, 3000);
  for (int i = 0; i < 3000; ++i) table.SetDeadline(table.Find(key_.Of(Field(i))), 5000);
  const auto ignore = [](const TableEntry&) {};
  uint64_t cursor = 0;
  table.VisitExpired(1, 100, &cursor, ignore);
  for (int i = 0; i < 3000; ++i) table.SetDeadline(table.Find(key_.Of(Field(i))), 4000 + i);
  while (cursor != 0) table.VisitExpired(1, 100, &cursor, ignore);
  EXPECT_LE(table.earliest_deadline(), 4000u);
}

TEST_F(TableTest, MergesDuringASweepVoidIt) {
  Table table(key_, kHashTraits);
  Fill(table, 8000);
  for (int i = 0; i < 8000; ++i) table.SetDeadline(table.Find(key_.Of(Field(i))), 5000 + i);
  const auto ignore = [](const TableEntry&) {};
  uint64_t cursor = 0;
  for (int i = 7999; i > 500; --i) {
    table.Remove(key_.Of(Field(i)));
    table.Maintain();
    if (i % 16 == 0) table.VisitExpired(1, 2, &cursor, ignore);
    if (i % 500 != 0) continue;
    ASSERT_EQ(table.CheckInvariants(), std::nullopt) << i;
  }
  EXPECT_LE(table.earliest_deadline(), 5000u);
}

}  // namespace
}  // namespace thimble
