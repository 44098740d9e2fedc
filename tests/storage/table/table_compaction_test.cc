#include <map>
#include <random>
#include <string>

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

}  // namespace
}  // namespace thimble
