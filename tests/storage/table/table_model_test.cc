#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/table/table.h"
#include "tests/support/sanitized.h"
#include "tests/support/table_traits.h"

namespace thimble {
namespace {

struct ModelEntry {
  std::string value;
  uint64_t deadline_ms = 0;
  uint16_t clock = 0;

  bool operator==(const ModelEntry&) const = default;
};
using TableModel = std::map<std::string, ModelEntry>;

TableModel Contents(const Table& table) {
  TableModel contents;
  table.ForEach([&](const TableEntry& entry) {
    const bool fresh =
        contents
            .emplace(entry.key.ToString(),
                     ModelEntry{entry.value.ToString(), entry.deadline_ms, entry.clock})
            .second;
    EXPECT_TRUE(fresh) << "twice in ForEach: " << entry.key.ToString();
  });
  return contents;
}

// Strings of every form a bucket knows, drawn from `variety` different ones.
std::string MakeString(uint64_t number) {
  const uint64_t mixed = (number + 1) * 0x9e3779b97f4a7c15;
  switch (mixed >> 60) {
    case 0:
    case 1:
      return std::to_string(static_cast<int64_t>(number) - 40);
    case 2:
      return std::to_string(static_cast<int64_t>(mixed >> (number % 64)));
    case 3:
      return std::string(240 + number % 20, static_cast<char>('a' + number % 26));
    case 4:
      return std::string("\0\xff", 2) + std::to_string(number);
    case 5:
      return number % 7 == 0 ? "" : "0" + std::to_string(number);
    case 6:
      return std::string(300 + number % 500, 'L') + std::to_string(number);
    default:
      return "field:" + std::to_string(100000 + number);
  }
}

struct ModelCase {
  const char* why;
  TableTraits traits;
  unsigned keys;
  unsigned steps;
  unsigned check_every;
};

class TableModelTest : public testing::TestWithParam<ModelCase> {};

class ModelRun {
 public:
  ModelRun(const ModelCase& test, uint32_t seed)
      : test_(test), random_(seed), key_(HashKey::FromSeed(random_())), table_(key_, test.traits) {}

  void Step(unsigned step) {
    const std::string key = MakeString(random_() % test_.keys);
    // Tides: mostly inserts, then mostly deletes, so that the table both grows and shrinks.
    const bool ebb = step / 1000 % 2 == 1;
    const unsigned dice = random_() % 16;
    if (dice < (ebb ? 8u : 3u)) {
      Erase(key);
    } else if (dice == 14) {
      SetDeadline(key);
    } else if (dice == 15) {
      Sundry(key);
    } else {
      Put(key);
    }
    if (HasFatalFailure() || step % test_.check_every != 0) return;
    ASSERT_EQ(table_.CheckInvariants(), std::nullopt) << "step " << step;
    ASSERT_EQ(table_.size(), model_.size());
    if (step % (test_.check_every * 64) == 0) {
      ASSERT_EQ(Contents(table_), model_);
    }
  }

  void Finish() {
    ASSERT_EQ(Contents(table_), model_);
    while (!model_.empty()) Erase(std::string(model_.begin()->first));
    while (table_.Maintain()) {
    }
    EXPECT_TRUE(table_.empty());
    EXPECT_EQ(table_.deadlines(), 0u);
    EXPECT_LE(table_.GetStatistics().buckets, 8u);
    EXPECT_LE(table_.MemoryBytes(), 1024u) << "memory of erased entries is kept";
  }

 private:
  static bool HasFatalFailure() { return testing::Test::HasFatalFailure(); }

  void Erase(const std::string& key) {
    ASSERT_EQ(table_.Remove(key_.Of(key)), model_.erase(key) == 1) << key;
  }

  void Put(const std::string& key) {
    const std::string value = test_.traits.values ? MakeString(random_() % 5000) : "";
    const bool fresh = !model_.contains(key);
    if (random_() % 2 == 0 && fresh) {
      const ModelEntry entry{value, random_() % 8 == 0 ? 1 + random_() % 1000 : 0,
                             static_cast<uint16_t>(test_.traits.clocks ? random_() : 0)};
      const auto position = table_.Insert(key_.Of(key), value, entry.deadline_ms, entry.clock);
      ASSERT_EQ(table_.At(position).key.ToString(), key);
      model_[key] = entry;
    } else {
      ASSERT_EQ(table_.Set(key_.Of(key), value), fresh) << key;
      model_[key].value = value;
      model_[key].deadline_ms = 0;
    }
    const TablePosition position = table_.Find(key_.Of(key));
    ASSERT_TRUE(position);
    ASSERT_EQ(table_.At(position).value.ToString(), value);
  }

  void SetDeadline(const std::string& key) {
    const TablePosition position = table_.Find(key_.Of(key));
    ASSERT_EQ(static_cast<bool>(position), model_.contains(key));
    if (!position) return;
    uint64_t deadline_ms = random_() % 3 == 0 ? 0 : 1 + random_() % 1000;
    if (random_() % 16 == 0) deadline_ms <<= 40;
    const TablePosition now = table_.SetDeadline(position, deadline_ms);
    ASSERT_EQ(table_.At(now).deadline_ms, deadline_ms);
    model_[key].deadline_ms = deadline_ms;
  }

  void Sundry(const std::string& key) {
    if (random_() % 8 == 0) table_.Maintain();
    const TablePosition position = table_.Find(key_.Of(key));
    if (!position || !test_.traits.clocks) return;
    const uint16_t clock = static_cast<uint16_t>(random_());
    table_.SetClock(position, clock);
    ASSERT_EQ(table_.At(position).clock, clock);
    model_[key].clock = clock;
  }

  const ModelCase test_;
  std::mt19937 random_;
  HashKey key_;
  Table table_;
  TableModel model_;
};

TEST_P(TableModelTest, AgreesWithStdMap) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  ModelRun run(GetParam(), seed);
  for (unsigned step = 0; step < GetParam().steps; ++step) {
    run.Step(step);
    if (HasFatalFailure()) return;
  }
  run.Finish();
}

constexpr unsigned kManySteps = kSanitized ? 8'000 : 30'000;
constexpr ModelCase kModelCases[] = {
    {"SetOfFewKeys", kSetTraits, 40, 6'000, 1},
    {"HashOfFewKeys", kHashTraits, 40, 6'000, 1},
    {"KeyspaceOfFewKeys", kKeyspaceTraits, 40, 6'000, 1},
    {"SetOfManyKeys", kSetTraits, 5'000, kManySteps, 97},
    {"HashOfManyKeys", kHashTraits, 5'000, kManySteps, 97},
    {"KeyspaceOfManyKeys", kKeyspaceTraits, 5'000, kManySteps, 97},
};
INSTANTIATE_TEST_SUITE_P(Tables, TableModelTest, testing::ValuesIn(kModelCases),
                         [](const auto& info) { return std::string(info.param.why); });

}  // namespace
}  // namespace thimble
