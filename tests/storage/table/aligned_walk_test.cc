#include "storage/table/aligned_walk.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/table/table.h"
#include "tests/support/table_traits.h"

namespace thimble {
namespace {

using Keys = std::set<std::string>;

const HashKey& Key() {
  static const HashKey key = HashKey::FromSeed(11);
  return key;
}

// Keys of every stored form; neighbours in number share prefixes of several lengths.
std::string KeyOf(unsigned number) {
  const std::string digits = std::to_string(number);
  switch (number % 5) {
    case 0:
      return digits;
    case 1:
      return "-" + digits;
    case 2:
      return "member:" + digits;
    case 3:
      return number % 40 == 3 ? digits + std::string(300, 'x') : "m" + digits;
    default:
      return number == 4 ? "" : std::string(number % 90, 'y') + digits;
  }
}

struct Filled {
  Filled() : table(Key(), kSetTraits) {}
  void Add(const std::string& key) {
    table.Add(Key().Of(key));
    model.insert(key);
  }
  void Remove(const std::string& key) {
    table.Remove(Key().Of(key));
    model.erase(key);
  }
  Table table;
  Keys model;
};

Keys WalkBoth(const Table& table, const Table& other, Shown shown) {
  Keys keys;
  EXPECT_TRUE(WalkAligned(table, other, shown, [&](const Text& key) {
    EXPECT_TRUE(keys.insert(key.ToString()).second) << key.ToString() << " shown twice";
    return true;
  }));
  return keys;
}

void ExpectAgreement(const Filled& a, const Filled& b) {
  Keys shared;
  Keys unshared;
  for (const std::string& key : a.model) (b.model.contains(key) ? shared : unshared).insert(key);
  ASSERT_EQ(WalkBoth(a.table, b.table, Shown::kShared), shared);
  ASSERT_EQ(CountShared(a.table, b.table, 0), shared.size());
  for (const size_t most : {1U, 7U}) {
    ASSERT_EQ(CountShared(a.table, b.table, most), std::min(most, shared.size()));
  }
  ASSERT_EQ(WalkBoth(a.table, b.table, Shown::kUnshared), unshared);
  unshared.insert(b.model.begin(), b.model.end());
  ASSERT_EQ(WalkBoth(a.table, b.table, Shown::kEither), unshared);
}

TEST(AlignedWalkModelTest, AgreesWithStdSetAtAllRatiosOfSize) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 60; ++round) {
    Filled a;
    Filled b;
    const unsigned range = 50u << random() % 7;
    for (unsigned left = random() % range + 1; left > 0; --left) a.Add(KeyOf(random() % range));
    for (unsigned left = random() % range + 1; left > 0; --left) b.Add(KeyOf(random() % range));
    for (unsigned left = random() % range; left > 0; --left) a.Remove(KeyOf(random() % range));
    if (round % 2 == 0) a.table.Maintain();
    if (CanWalkAligned(a.table, b.table)) ExpectAgreement(a, b);
    if (CanWalkAligned(b.table, a.table)) ExpectAgreement(b, a);
  }
}

TEST(AlignedWalk, FindsWhatSpilled) {
  Filled a;
  Filled b;
  for (int i = 0; i < 20'000; ++i) {
    a.Add("member:" + std::to_string(i));
    if (i % 2 == 0) b.Add("member:" + std::to_string(i));
  }
  for (int i = 0, crowd = 0; crowd < 60; ++i) {
    const std::string key = "crowd:" + std::to_string(i);
    if ((Key().Hash(key) & 0x3ff) != 0x155) continue;
    a.Add(key);
    if (++crowd % 3 == 0) b.Add(key);
  }
  ASSERT_GE(a.table.GetStatistics().spilled, 1u);
  ASSERT_EQ(a.table.GetStatistics().rebuilds, 0u);
  ExpectAgreement(a, b);
  ExpectAgreement(b, a);
}

TEST(AlignedWalk, StopsWhenToldTo) {
  Filled a;
  Filled b;
  for (unsigned i = 0; i < 1000; ++i) (i % 2 == 0 ? a : b).Add(KeyOf(i));
  for (const Shown shown : {Shown::kShared, Shown::kUnshared, Shown::kEither}) {
    const Table& other = shown == Shown::kShared ? a.table : b.table;
    size_t count = 0;
    EXPECT_FALSE(WalkAligned(a.table, other, shown, [&](const Text&) { return ++count < 7; }));
    EXPECT_EQ(count, 7u);
  }
}

TEST(AlignedWalk, EmptyTables) {
  Filled empty;
  Filled one;
  one.Add("one");
  ExpectAgreement(empty, one);
  ExpectAgreement(one, empty);
  ExpectAgreement(empty, empty);
}

TEST(AlignedWalk, NotWithSaltedTablesOrMuchLargerOnes) {
  Filled few;
  Filled many;
  for (unsigned i = 0; i < 10; ++i) few.Add(KeyOf(i));
  for (unsigned i = 0; i < 1000; ++i) many.Add(KeyOf(i));
  EXPECT_FALSE(CanWalkAligned(few.table, many.table));
  EXPECT_TRUE(CanWalkAligned(many.table, few.table));

  Filled salted;
  for (unsigned i = 0; salted.table.GetStatistics().rebuilds == 0; ++i) {
    const std::string key = KeyOf(i);
    if ((Key().Hash(key) & 0xff) == 0x55) salted.Add(key);
  }
  EXPECT_FALSE(CanWalkAligned(many.table, salted.table));
  EXPECT_FALSE(CanWalkAligned(salted.table, many.table));
}

}  // namespace
}  // namespace thimble
