// Filling a table in parts, against entering the same one by one.

#include "storage/table/table_filler.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/random.h"
#include "tests/support/sanitized.h"
#include "tests/support/table_traits.h"

namespace thimble {
namespace {

class TableFillerTest : public testing::Test {
 protected:
  struct Entry {
    std::string value;
    uint64_t deadline_ms = 0;
    uint16_t clock = 0;
    bool operator==(const Entry&) const = default;
  };
  using Entries = std::map<std::string, Entry>;

  // Of all kinds of keys and values: integers, short and long strings, none at all.
  Entries MakeEntries(size_t count, TableTraits traits) {
    Entries entries;
    while (entries.size() < count) {
      const uint64_t kind = random_.Below(100);
      std::string key = std::to_string(random_.Below(count * 100));
      if (kind >= 30) key = "key:" + key;
      if (kind == 99) key += std::string(300, 'k');
      Entry entry;
      if (traits.values) {
        entry.value = std::to_string(random_.Below(1000));
        if (kind % 3 == 0) entry.value += " and " + std::string(random_.Below(60), 'v');
        if (kind % 31 == 0) entry.value += std::string(400, 'v');
        if (kind % 29 == 0) entry.value.clear();
      }
      if (traits.clocks) {
        entry.clock = static_cast<uint16_t>(random_.Below(60'000));
        if (kind % 5 == 0) entry.deadline_ms = 1 + random_.Below(uint64_t{1} << 50U);
      }
      entries[key] = entry;
    }
    return entries;
  }

  void AddAll(TableFiller& filler, const Entries& entries) {
    for (const auto& [key, entry] : entries) {
      filler.Add(key_.Of(key), entry.value, entry.deadline_ms, entry.clock);
      if (filler.IsFull()) filler.EnterPart(kNoneRefused);
    }
  }
  void EnterAll(TableFiller& filler) {
    while (!filler.empty()) filler.EnterPart(kNoneRefused);
  }
  static Entries Read(const Table& table) {
    Entries entries;
    table.ForEach([&](const TableEntry& entry) {
      entries[entry.key.ToString()] = {entry.value.ToString(), entry.deadline_ms, entry.clock};
    });
    return entries;
  }
  void ExpectHolds(const Table& table, const Entries& entries) {
    EXPECT_EQ(table.CheckInvariants(), std::nullopt);
    EXPECT_EQ(table.size(), entries.size());
    EXPECT_TRUE(Read(table) == entries);
    const auto has_deadline = [](const auto& entry) { return entry.second.deadline_ms != 0; };
    EXPECT_EQ(table.deadlines(),
              static_cast<size_t>(std::count_if(entries.begin(), entries.end(), has_deadline)));
  }

  static constexpr auto kNoneRefused = [](const TableEntry& entry) {
    ADD_FAILURE() << entry.key.ToString();
  };
  FillBudget budget_ = FillBudget::ForSource(0);
  HashKey key_ = HashKey::FromSeed(5);
  Random random_{17};
};

TEST_F(TableFillerTest, HoldsWhatWasAdded) {
  for (const TableTraits traits : {kSetTraits, kHashTraits, kKeyspaceTraits}) {
    for (const size_t count : {1, 2, 40, 1000, kSanitized ? 6'000 : 30'000}) {
      // Nothing known of how many come, the truth, and far too much.
      for (const size_t expected : {size_t{0}, count, 20 * count}) {
        SCOPED_TRACE(std::to_string(count) + " of " + std::to_string(expected));
        Table table(key_, traits);
        const Entries entries = MakeEntries(count, traits);
        TableFiller filler(table, expected, budget_);
        AddAll(filler, entries);
        EXPECT_FALSE(filler.empty());
        EnterAll(filler);
        ExpectHolds(table, entries);
        EXPECT_EQ(table.GetStatistics().rebuilds, 0u);
      }
    }
  }
}

TEST_F(TableFillerTest, PartsMayBeEnteredAtAnyTime) {
  Table table(key_, kKeyspaceTraits);
  const Entries entries = MakeEntries(60'000, kKeyspaceTraits);
  {
    TableFiller filler(table, 60'000, budget_);
    for (const auto& [key, entry] : entries) {
      filler.Add(key_.Of(key), entry.value, entry.deadline_ms, entry.clock);
      if (random_.Below(20) == 0) filler.EnterPart(kNoneRefused);
    }
    EnterAll(filler);
  }
  ExpectHolds(table, entries);
  EXPECT_LE(table.GetStatistics().longest_bucket, 33u);
}

TEST_F(TableFillerTest, WhatIsThereAlreadyIsRefused) {
  for (const size_t expected : {size_t{0}, size_t{20'000}}) {
    Table table(key_, kHashTraits);
    Entries entries = MakeEntries(20'000, kHashTraits);
    TableFiller filler(table, expected, budget_);
    AddAll(filler, entries);
    EnterAll(filler);
    std::vector<std::string> again;
    for (const auto& [key, entry] : entries) {
      if (random_.Below(3) == 0) again.push_back(key);
    }
    Entries fresh = MakeEntries(5000, kHashTraits);
    std::erase_if(fresh, [&](const auto& entry) { return entries.contains(entry.first); });
    AddAll(filler, fresh);
    for (const std::string& key : again) filler.Add(key_.Of(key), "another value");
    std::vector<std::string> refused;
    while (!filler.empty()) {
      filler.EnterPart([&](const TableEntry& entry) {
        EXPECT_EQ(entry.value.ToString(), "another value");
        refused.push_back(entry.key.ToString());
      });
    }
    std::sort(refused.begin(), refused.end());
    EXPECT_EQ(refused, again);
    entries.merge(fresh);
    ExpectHolds(table, entries);
  }
}

TEST_F(TableFillerTest, WhatComesTwiceIsRefusedOnce) {
  for (const std::string& key :
       {std::string("12345"), std::string("short"), std::string(500, 'l')}) {
    Table table(key_, kHashTraits);
    TableFiller filler(table, 3000, budget_);
    AddAll(filler, MakeEntries(3000, kHashTraits));
    filler.Add(key_.Of(key + "!"), "the first");
    filler.Add(key_.Of(key + "!"), "the second");
    int refused = 0;
    while (!filler.empty()) {
      filler.EnterPart([&](const TableEntry& entry) {
        EXPECT_EQ(entry.value.ToString(), "the second");
        ++refused;
      });
    }
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(table.Get(key_.Of(key + "!"))->ToString(), "the first");
    EXPECT_EQ(table.CheckInvariants(), std::nullopt);
  }
}

TEST_F(TableFillerTest, KeysThatCrowdOnePairAreBorne) {
  Table table(key_, kKeyspaceTraits);
  Entries entries;
  for (int i = 0; entries.size() < 1000; ++i) {
    const std::string key = "crowd:" + std::to_string(i);
    if ((key_.Hash(key) & 0xff) == 0x55) entries[key] = {.value = key, .clock = 7};
  }
  TableFiller filler(table, entries.size(), budget_);
  AddAll(filler, entries);
  EnterAll(filler);
  ExpectHolds(table, entries);
  EXPECT_GE(table.GetStatistics().rebuilds, 1u);
  // And the salted table takes more.
  Entries more = MakeEntries(3000, kKeyspaceTraits);
  AddAll(filler, more);
  EnterAll(filler);
  entries.merge(more);
  ExpectHolds(table, entries);
}

// More to each bucket than a batch may bring, from the first part on.
TEST_F(TableFillerTest, ATableThatIsMuchTooSmallGrows) {
  for (const size_t there : {1, 20, 3000}) {
    for (const size_t count : {60, 600, 20'000}) {
      Table table(key_, kHashTraits);
      Entries entries = MakeEntries(there, kHashTraits);
      for (const auto& [key, entry] : entries) table.Insert(key_.Of(key), entry.value);
      Entries more = MakeEntries(count, kHashTraits);
      std::erase_if(more, [&](const auto& entry) { return entries.contains(entry.first); });
      TableFiller filler(table, 0, budget_);
      AddAll(filler, more);
      EnterAll(filler);
      entries.merge(more);
      ExpectHolds(table, entries);
      EXPECT_LE(table.GetStatistics().longest_bucket, 33u);
    }
  }
}

TEST_F(TableFillerTest, LargeEntriesGetRoomAtOnce) {
  Table table(key_, kHashTraits);
  Entries entries;
  for (int i = 0; i < 20'000; ++i) {
    std::string value(200, static_cast<char>('a' + i % 26));
    entries[std::to_string(i) + ":key"] = {.value = std::move(value)};
  }
  TableFiller filler(table, entries.size(), budget_);
  AddAll(filler, entries);
  EnterAll(filler);
  ExpectHolds(table, entries);
  EXPECT_LE(table.GetStatistics().splits, 10u);
}

// The parts of what waits would crowd the few pairs that there are.
TEST_F(TableFillerTest, ATableWithLittleInItIsNotTakenForASkewedOne) {
  Table table(key_, kSetTraits);
  for (int i = 0; i < 5000; ++i) table.Insert(key_.Of("old:" + std::to_string(i)), {});
  budget_.most_bytes = 3'000'000;
  TableFiller filler(table, 300'000, budget_);
  for (int i = 0; i < 300'000; ++i) {
    filler.Add(key_.Of("new:" + std::to_string(i)), {});
    if (filler.IsFull()) filler.EnterPart(kNoneRefused);
  }
  EnterAll(filler);
  EXPECT_EQ(table.size(), 305'000u);
  EXPECT_EQ(table.GetStatistics().rebuilds, 0u);
  EXPECT_LE(table.GetStatistics().longest_bucket, 33u);
  EXPECT_EQ(table.CheckInvariants(), std::nullopt);
}

// Nor does who says that millions come get room for more than his source can hold.
TEST_F(TableFillerTest, AFalseNumberIsNotBelieved) {
  Table table(key_, kHashTraits);
  budget_ = FillBudget::ForSource(100'000);
  TableFiller filler(table, 25'000, budget_);
  const std::string value(200, 'v');
  for (int i = 0; i < 100; ++i) filler.Add(key_.Of(std::to_string(i)), value);
  EnterAll(filler);
  EXPECT_LE(table.buckets() * sizeof(BucketRef), 30'000u);
}

TEST_F(TableFillerTest, DropsWhatWasNotEntered) {
  const size_t blocks = process_slabs.live_blocks();
  {
    Table table(key_, kHashTraits);
    TableFiller filler(table, 50'000, budget_);
    AddAll(filler, MakeEntries(50'000, kHashTraits));
    for (int i = 0; i < 10; ++i) filler.EnterPart(kNoneRefused);
  }
  EXPECT_EQ(process_slabs.live_blocks(), blocks);
}

TEST_F(TableFillerTest, FillersShareABudget) {
  budget_.most_bytes = 10'000;
  Table first_table(key_, kSetTraits);
  Table second_table(key_, kHashTraits);
  {
    TableFiller first(first_table, 5000, budget_);
    TableFiller second(second_table, 5000, budget_);
    while (!second.IsFull()) {
      const std::string key = std::to_string(random_.Next());
      first.Add(key_.Of(key), {});
      second.Add(key_.Of(key), key);
    }
    EXPECT_TRUE(first.IsFull());
    EXPECT_GE(budget_.waiting_bytes, 10'000u);
    while (!first.empty()) first.EnterPart(kNoneRefused);
    EXPECT_FALSE(second.IsFull());
  }
  EXPECT_EQ(budget_.waiting_bytes, 0u);
}

TEST_F(TableFillerTest, GivesBackWhatItEntered) {
  Table table(key_, kSetTraits);
  const size_t before = process_slabs.live_bytes();
  TableFiller filler(table, 100'000, budget_);
  AddAll(filler, MakeEntries(100'000, kSetTraits));
  const size_t waiting = process_slabs.live_bytes() - before;
  EXPECT_GT(waiting, size_t{1'000'000});
  EnterAll(filler);
  EXPECT_LE(process_slabs.live_bytes() - before, table.MemoryBytes());
}

}  // namespace
}  // namespace thimble
