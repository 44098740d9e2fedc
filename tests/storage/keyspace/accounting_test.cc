#include <string>

#include "storage/slab/slab_allocator.h"
#include "tests/storage/keyspace/fixture.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

class AccountingTest : public KeyspaceTest {
 protected:
  size_t SumOverKeys() {
    std::vector<std::string> keys;
    keys_.ForEach([&](const Keyspace::KeyInfo& info) { keys.push_back(info.key.ToString()); });
    size_t sum = 0;
    for (const std::string& key : keys) sum += keys_.Describe(H(key))->memory_bytes;
    return sum;
  }
  // Keys and the table's own row make up the whole, but for the rounding of the shares.
  void ExpectToAddUp() {
    const auto whole = static_cast<double>(keys_.MemoryBytes());
    EXPECT_NEAR(static_cast<double>(SumOverKeys() + keys_.OverheadBytes()), whole, whole / 100);
  }
};

TEST_F(AccountingTest, TheSumOverKeysIsWhatTheDatabaseHolds) {
  for (int i = 0; i < 5'000; ++i) SetString("key:" + std::to_string(i), std::to_string(i * 7));
  ExpectToAddUp();
  for (int i = 0; i < 3'000; ++i)
    SetField("h" + std::to_string(i % 500), std::to_string(i), "value");
  ExpectToAddUp();
  for (int i = 0; i < 3'000; ++i) AddMember("large", "member:" + std::to_string(i));
  for (int i = 0; i < 50; ++i) SetString("long" + std::to_string(i), std::string(5'000, 'x'));
  ExpectToAddUp();
}

TEST_F(AccountingTest, OneHashOfThreeFieldsCostsLessThanThreeStrings) {
  for (const char* field : {"name", "city", "mail"}) {
    SetField("user", field, "some value");
    SetString(std::string("user:") + field, "some value");
  }
  size_t strings = 0;
  for (const char* key : {"user:name", "user:city", "user:mail"}) {
    strings += keys_.Describe(H(key))->memory_bytes;
  }
  EXPECT_LT(keys_.Describe(H("user"))->memory_bytes, strings);
}

// What timers do until nothing is left to do.
TEST_F(AccountingTest, UpkeepGathersWhatDeletesLeft) {
  constexpr int kMany = kSanitized ? 15'000 : 60'000;
  for (int i = 0; i < kMany; ++i) {
    SetString("key:" + std::to_string(i), std::string(static_cast<size_t>(i % 90), 'v'));
    SetField("h", "field:" + std::to_string(i), "value");
    SetString("blob:" + std::to_string(i % 3'000), std::string(300, 'b'));
  }
  for (int i = 0; i < kMany; ++i) {
    if (i % 10 == 0) continue;
    keys_.Delete(H("key:" + std::to_string(i)));
    if (i < 3'000) keys_.Delete(H("blob:" + std::to_string(i)));
    auto edit = keys_.Edit<HashValue>(H("h"));
    (*edit)->Erase(H("field:" + std::to_string(i)));
    edit->Commit(Event::kHDel, 1);
  }
  const size_t held_before = process_slabs.held_bytes();
  int steps = 0;
  while (keys_.Maintain() && steps < 1'000'000) ++steps;
  EXPECT_LT(steps, 1'000'000);  // It ends.
  process_slabs.Trim();
  EXPECT_LT(process_slabs.held_bytes(), held_before);
  EXPECT_EQ(process_slabs.CheckInvariants(), std::nullopt);
  EXPECT_EQ(Text("blob:0"), std::string(300, 'b'));
  ExpectToAddUp();
}

}  // namespace
}  // namespace thimble
