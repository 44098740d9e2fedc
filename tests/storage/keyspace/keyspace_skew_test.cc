// Everyday jobs that go through a database or a value in its own order, through the calls that the
// commands make. Crowding is counted, not timed.

#include <string>
#include <vector>

#include "tests/storage/keyspace/fixture.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

constexpr int kManyKeys = kSanitized ? 20'000 : 100'000;
constexpr size_t kLongestKeyBucket = 70;
constexpr size_t kMostRebuilds = 8;

class KeyspaceSkewTest : public KeyspaceTest {
 protected:
  static std::string Name(int i) { return "name:" + std::to_string(i); }

  void FillHash(Bytes key) {
    auto edit = keys_.Edit<HashValue>(H(key));
    for (int i = 0; i < kManyKeys; ++i) (*edit)->Set(H(Name(i)), "value");
    edit->Commit(Event::kHSet, kManyKeys);
  }
  void FillSet(Bytes key) {
    auto edit = keys_.Edit<SetValue>(H(key));
    for (int i = 0; i < kManyKeys; ++i) (*edit)->Add(H(Name(i)));
    edit->Commit(Event::kSAdd, kManyKeys);
  }
  // Of a table on the way: no bucket long, few entries outside the half they prefer.
  static void ExpectFlat(const Table::Statistics& statistics, size_t entries) {
    EXPECT_LE(statistics.longest_bucket, kLongestKeyBucket) << "at " << entries;
    EXPECT_LE(statistics.spilled, 64 + entries / 50) << "at " << entries;
    EXPECT_LE(statistics.rebuilds, kMostRebuilds) << "at " << entries;
  }
};

TEST_F(KeyspaceSkewTest, ScanAndMoveToAnotherDatabaseStayFlat) {
  for (int i = 0; i < kManyKeys; ++i) SetString(Name(i), "value");
  uint64_t cursor = 0;
  size_t steps = 0;
  do {
    std::vector<std::string> found;
    cursor = keys_.Scan(
        cursor, [&](const Keyspace::KeyInfo& info) { found.push_back(info.key.ToString()); });
    for (const std::string& key : found) keys_.MoveTo(H(key), other_);
    if (++steps % 512 == 0) {
      ExpectFlat(keys_.TableStatistics(), keys_.size());
      ExpectFlat(other_.TableStatistics(), other_.size());
    }
  } while (cursor != 0);
  EXPECT_EQ(keys_.size(), 0U);
  EXPECT_EQ(other_.size(), static_cast<size_t>(kManyKeys));
  ExpectFlat(other_.TableStatistics(), other_.size());
}

TEST_F(KeyspaceSkewTest, ScanningOneSetIntoAnotherStaysFlat) {
  FillSet("from");
  uint64_t cursor = 0;
  size_t steps = 0;
  do {
    std::vector<std::string> found;
    auto from = keys_.Read<SetValue>(H("from"));
    cursor = from->Scan(cursor,
                        [&](const thimble::Text& member) { found.push_back(member.ToString()); });
    auto to = keys_.Edit<SetValue>(H("to"));
    size_t added = 0;
    for (const std::string& member : found) added += (*to)->Add(H(member)) ? 1 : 0;
    if (added > 0) to->Commit(Event::kSAdd, added);
    const Table* const table = (*to)->table();
    if (++steps % 512 == 0 && table != nullptr) ExpectFlat(table->GetStatistics(), table->size());
  } while (cursor != 0);
  EXPECT_EQ(Card(keys_, "to"), static_cast<size_t>(kManyKeys));
}

TEST_F(KeyspaceSkewTest, DeletingTheFieldsOfAScanStaysFlat) {
  FillHash("h");
  uint64_t cursor = 0;
  size_t steps = 0;
  do {
    std::vector<std::string> found;
    auto view = keys_.Read<HashValue>(H("h"));
    cursor =
        view->Scan(cursor, [&](const FieldValue& pair) { found.push_back(pair.field.ToString()); });
    auto edit = keys_.Edit<HashValue>(H("h"));
    size_t erased = 0;
    for (const std::string& field : found) erased += (*edit)->Erase(H(field)) ? 1 : 0;
    if (erased > 0) edit->Commit(Event::kHDel, erased);
    const Table* const table = (*edit)->table();
    if (++steps % 512 == 0 && table != nullptr) ExpectFlat(table->GetStatistics(), table->size());
  } while (cursor != 0);
  EXPECT_EQ(keys_.size(), 0U);
}

}  // namespace
}  // namespace thimble
