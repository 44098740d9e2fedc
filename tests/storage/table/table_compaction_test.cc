#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/slab/slab_allocator.h"
#include "storage/table/table.h"

namespace thimble {
namespace {

class TableCompactionTest : public testing::Test {
 protected:
  std::string Value(int i) {
    return std::string(static_cast<size_t>(i % 7 == 0 ? 300 : i % 60), 'v');
  }

  HashKey key_ = HashKey::FromSeed(1);
  Table table_{key_, {.values = true, .clocks = false}};
};

// Whatever a round moves, entries stay what they were and positions stay good.
TEST_F(TableCompactionTest, MovesBlocksAndChangesNothing) {
  constexpr int kEntries = 40'000;
  for (int i = 0; i < kEntries; ++i) {
    table_.Insert(key_.Of("field:" + std::to_string(i)), Value(i));
  }
  for (int i = 0; i < kEntries; ++i) {
    if (i % 10 != 0) table_.Remove(key_.Of("field:" + std::to_string(i)));
  }
  const TablePosition position = table_.Find(key_.Of("field:70"));
  const size_t bytes = table_.MemoryBytes();
  size_t moved = 0;
  for (int round = 0; round < 20; ++round) moved += table_.Compact(table_.buckets());
  EXPECT_GT(moved, 0u);
  EXPECT_EQ(table_.Compact(table_.buckets()), 0u);  // It ends.
  EXPECT_EQ(table_.MemoryBytes(), bytes);
  EXPECT_EQ(table_.At(position).value.ToString(), Value(70));
  EXPECT_EQ(table_.CheckInvariants(), std::nullopt);
  EXPECT_EQ(process_slabs.CheckInvariants(), std::nullopt);
  for (int i = 0; i < kEntries; i += 10) {
    ASSERT_EQ(table_.Get(key_.Of("field:" + std::to_string(i)))->ToString(), Value(i));
  }
}

// A value that grows splits buckets and moves blocks, the long name of its own key among them.
TEST_F(TableCompactionTest, GrownValuesAreWhereReplaceSays) {
  constexpr int kTables = 200;
  constexpr int kEntries = 20;
  const auto name = [](int i) { return std::string(300, 'k') + std::to_string(i); };
  std::vector<std::unique_ptr<Table>> tables;
  for (int i = 0; i < kTables; ++i) {
    tables.push_back(std::make_unique<Table>(key_, TableTraits{.values = true}));
    for (int j = 0; j < kEntries; ++j) {
      tables.back()->Insert(key_.Of(name(j)), "v");
      for (int k = 0; k < 10; ++k) {
        table_.Insert(key_.Of(std::to_string((i * kEntries + j) * 10 + k)), std::string(302, 'o'));
      }
    }
  }
  for (int i = 0; i < kTables * kEntries * 10; ++i) {
    if (i % 9 != 0) table_.Remove(key_.Of(std::to_string(i)));
  }
  ASSERT_TRUE(process_slabs.WantsCompaction());
  for (const std::unique_ptr<Table>& table : tables) {
    for (size_t size = 20; size < 240; size += 20) {
      for (int j = 0; j < kEntries; ++j) {
        const std::string key = name(j);
        const TablePosition position =
            table->Replace(table->Find(key_.Of(key)), std::string(size, 'v'));
        ASSERT_EQ(position, table->Find(key_.Of(key))) << "entry " << j << ", size " << size;
      }
    }
    ASSERT_EQ(table->CheckInvariants(), std::nullopt);
  }
}

// The words of small directories are blocks like any other.
TEST_F(TableCompactionTest, MovesDirectoriesToo) {
  constexpr int kTables = 1000;
  const auto fill = [&](Table& table) {
    for (int i = 0; i < 100; ++i) table.Insert(key_.Of(std::to_string(i)), "v");
  };
  std::vector<std::unique_ptr<Table>> tables;
  for (int i = 0; i < kTables; ++i) {
    tables.push_back(std::make_unique<Table>(key_, TableTraits{.values = true}));
    fill(*tables.back());
  }
  for (int i = 0; i < kTables; ++i) {
    if (i % 10 != 0) tables[static_cast<size_t>(i)].reset();
  }
  const auto compact_all = [&] {
    size_t moved = 0;
    for (const auto& table : tables) {
      if (table != nullptr) moved += table->Compact(table->buckets());
    }
    return moved;
  };
  const size_t gaps = process_slabs.free_bytes();
  while (compact_all() > 0) {
  }
  EXPECT_LT(process_slabs.free_bytes(), gaps / 4);
  for (const auto& table : tables) {
    if (table == nullptr) continue;
    EXPECT_EQ(table->CheckInvariants(), std::nullopt);
    EXPECT_EQ(table->Get(key_.Of("77"))->ToString(), "v");
  }
}

}  // namespace
}  // namespace thimble
