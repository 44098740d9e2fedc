// What Maintain() makes of many values that lost most of what they held.

#include <string>

#include "storage/slab/slab_allocator.h"
#include "tests/storage/keyspace/fixture.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

class KeyspaceUpkeepTest : public KeyspaceTest {
 protected:
  static std::string Key(int i) { return "key:" + std::to_string(i); }
  static std::string FieldName(int i) { return "field:" + std::to_string(i); }

  void FillHashes(int hashes, int fields) {
    for (int hash = 0; hash < hashes; ++hash) {
      const std::string key = Key(hash);
      const Hashed hashed = H(key);
      auto edit = keys_.Edit<HashValue>(hashed);
      for (int i = 0; i < fields; ++i) (*edit)->Set(H(FieldName(i)), "value:" + std::to_string(i));
      edit->Commit(Event::kHSet, static_cast<size_t>(fields));
    }
  }
  // Leaves every tenth field.
  void ThinOut(int hashes, int fields) {
    for (int hash = 0; hash < hashes; ++hash) {
      const std::string key = Key(hash);
      const Hashed hashed = H(key);
      auto edit = keys_.Edit<HashValue>(hashed);
      for (int i = 0; i < fields; ++i) {
        if (i % 10 != hash % 10) (*edit)->Erase(H(FieldName(i)));
      }
      edit->Commit(Event::kHDel, static_cast<size_t>(fields));
    }
  }
};

// Each table has its turn, however many there are: none keeps what it no longer needs, and no slab
// stays sparse for its sake.
TEST_F(KeyspaceUpkeepTest, ManyTablesThatShrankGiveTheirMemoryBack) {
  constexpr int kHashes = kSanitized ? 250 : 500;
  constexpr int kFields = 800;
  process_slabs.Trim();
  const size_t slabs_before = process_slabs.held_bytes();
  FillHashes(kHashes, kFields);
  MaintainAll(keys_);
  process_slabs.Trim();
  const size_t full_bytes = keys_.MemoryBytes();
  const size_t full_slabs = process_slabs.held_bytes() - slabs_before;
  ThinOut(kHashes, kFields);
  MaintainAll(keys_);
  process_slabs.Trim();
  EXPECT_LT(keys_.MemoryBytes(), full_bytes / 10 * 16 / 10);
  EXPECT_LT(process_slabs.held_bytes() - slabs_before, full_slabs / 4);
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
  // Nor is there any more to do until something happens.
  for (int call = 0; call < 100; ++call) EXPECT_FALSE(keys_.Maintain());
}

TEST_F(KeyspaceUpkeepTest, ARunThatShrankGivesItsMemoryBackAtOnce) {
  FillHashes(1, 200);
  const size_t full_bytes = keys_.MemoryBytes();
  ThinOut(1, 200);
  EXPECT_LT(keys_.MemoryBytes(), full_bytes / 4);
  EXPECT_EQ(*Field(Key(0), FieldName(10)), "value:10");
}

// Whatever ends a long string, its memory goes piece by piece.
TEST_F(KeyspaceUpkeepTest, LongStringsAreFreedInSlices) {
  const std::string text(10 << 20, 'x');
  const auto expect_slices = [&](Keyspace& keys) {
    EXPECT_GE(keys.BuriedBytes(), text.size());
    size_t buried = keys.BuriedBytes();
    while (buried > 0) {
      keys.FreeSome();
      ASSERT_LT(keys.BuriedBytes(), buried);
      EXPECT_LE(buried - keys.BuriedBytes(), size_t{5} << 18);
      buried = keys.BuriedBytes();
    }
    EXPECT_EQ(keys.CheckInvariants(), std::nullopt);
  };
  SetString("k", text);
  SetString("k", "overwritten");
  expect_slices(keys_);
  SetString("k", text);
  keys_.Delete(H("k"));
  expect_slices(keys_);
  SetString("k", text);
  SetString("neighbour", text);
  keys_.Clear();
  expect_slices(keys_);
  EXPECT_EQ(keys_.size(), 0U);
}

}  // namespace
}  // namespace thimble
