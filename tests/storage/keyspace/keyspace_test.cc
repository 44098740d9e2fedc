#include "storage/keyspace/keyspace.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "tests/storage/keyspace/fixture.h"

namespace thimble {
namespace {

constexpr uint64_t kDayMs = 86'400'000;

// --- Strings ------------------------------------------------------------------------------------

TEST_F(KeyspaceTest, StringsOfEveryKindComeBack) {
  const std::vector<std::string> values = {"",
                                           "0",
                                           "-17",
                                           "9223372036854775807",
                                           "0123",
                                           std::string("\0\x80\xff", 3),
                                           "\x80",
                                           std::string(44, 'a'),
                                           std::string(240, 'b'),
                                           std::string(241, 'c'),
                                           std::string(100'000, 'd')};
  for (const std::string& before : values) {
    for (const std::string& value : values) {
      SetString("k", before);
      SetString("k", value);
      EXPECT_EQ(Text("k"), value);
      ASSERT_EQ(keys_.CheckInvariants(), std::nullopt);
    }
  }
  EXPECT_EQ(keys_.size(), 1U);
}

TEST_F(KeyspaceTest, EncodingsOfStrings) {
  const auto encoding = [&](Bytes value) {
    SetString("k", value);
    return keys_.Describe(H("k"))->encoding;
  };
  EXPECT_EQ(encoding("12"), Encoding::kInt);
  EXPECT_EQ(encoding("x"), Encoding::kEmbstr);
  EXPECT_EQ(encoding(std::string(44, 'x')), Encoding::kEmbstr);
  EXPECT_EQ(encoding(std::string(45, 'x')), Encoding::kRaw);
  EXPECT_EQ(encoding(std::string(1000, 'x')), Encoding::kRaw);
}

TEST_F(KeyspaceTest, SetStringReplacesAnyTypeAndItsDeadline) {
  AddMember("k", "m");
  keys_.SetDeadline(H("k"), NowMs() + 1000);
  SetString("k", "v");
  EXPECT_EQ(Text("k"), "v");
  EXPECT_EQ(keys_.DeadlineOf(H("k")), 0U);
  keys_.SetString(H("k"), "w", Keyspace::Ttl::kClear, NowMs() + 5000);
  keys_.SetString(H("k"), "x", Keyspace::Ttl::kKeep);
  EXPECT_EQ(keys_.DeadlineOf(H("k")), NowMs() + 5000);
}

// --- Types, hits and misses ---------------------------------------------------------------------

TEST_F(KeyspaceTest, AnotherTypeIsRefused) {
  SetString("s", "v");
  SetField("h", "f", "v");
  EXPECT_EQ(keys_.Read<HashValue>(H("s")).error().code(), Errc::kWrongType);
  EXPECT_EQ(keys_.Read<SetValue>(H("h")).error().code(), Errc::kWrongType);
  EXPECT_EQ(keys_.Edit<StringValue>(H("h")).error().code(), Errc::kWrongType);
  EXPECT_EQ(keys_.Edit<SetValue>(H("s")).error().code(), Errc::kWrongType);
  const std::array<Hashed, 2> mixed = {H("missing"), H("s")};
  EXPECT_EQ(keys_.ReadAll<SetValue>(mixed).error().code(), Errc::kWrongType);
  EXPECT_EQ(keys_.TypeOf(H("s")), ObjectType::kString);
  EXPECT_EQ(keys_.TypeOf(H("h")), ObjectType::kHash);
  EXPECT_EQ(keys_.TypeOf(H("missing")), std::nullopt);
}

TEST_F(KeyspaceTest, MissingKeysReadAsEmpty) {
  EXPECT_TRUE(keys_.Read<HashValue>(H("k"))->empty());
  EXPECT_TRUE(keys_.Read<SetValue>(H("k"))->empty());
  EXPECT_FALSE(keys_.Read<StringValue>(H("k"))->exists());
}

TEST_F(KeyspaceTest, UsesAreCountedAndPeeksAreNot) {
  SetString("k", "v");
  (void)keys_.Read<StringValue>(H("k"));
  (void)keys_.Read<StringValue>(H("missing"));
  (void)keys_.Read<StringValue>(H("k"), Access::kPeek);
  EXPECT_TRUE(keys_.Exists(H("k")));
  EXPECT_EQ(environment_.statistics.hits, 2U);
  EXPECT_EQ(environment_.statistics.misses, 1U);
}

TEST_F(KeyspaceTest, IdleTimeIsSinceTheLastUse) {
  SetString("k", "v");
  clock_.AdvanceMs(7'000);
  EXPECT_EQ(keys_.Describe(H("k"))->idle_seconds, 7U);
  (void)keys_.Read<StringValue>(H("k"), Access::kPeek);
  EXPECT_EQ(keys_.Describe(H("k"))->idle_seconds, 7U);
  (void)keys_.Read<StringValue>(H("k"));
  EXPECT_EQ(keys_.Describe(H("k"))->idle_seconds, 0U);
  for (int hour = 0; hour < 48; ++hour) {
    clock_.AdvanceMs(3'600'000);
    MaintainAll(keys_);
  }
  EXPECT_NEAR(static_cast<double>(keys_.Describe(H("k"))->idle_seconds), 48 * 3600, 512);
}

TEST_F(KeyspaceTest, ReadAllGivesViewsThatAreGoodTogether) {
  for (int i = 0; i < 50; ++i) {
    for (int member = 0; member <= i; ++member) {
      AddMember("set " + std::to_string(i), std::to_string(member));
    }
  }
  std::vector<std::string> names;
  std::vector<Hashed> keys;
  for (int i = 0; i < 50; ++i) names.push_back("set " + std::to_string(i));
  for (const std::string& name : names) keys.push_back(H(name));
  auto views = keys_.ReadAll<SetValue>(keys);
  ASSERT_TRUE(views.ok());
  for (size_t i = 0; i < 50; ++i) EXPECT_EQ((*views)[i].size(), i + 1);
}

// --- Expiry -------------------------------------------------------------------------------------

TEST_F(KeyspaceTest, AKeyIsThereUpToItsDeadline) {
  SetString("k", "v", NowMs() + 100);
  clock_.AdvanceMs(100);
  EXPECT_EQ(Text("k"), "v");
  observer_.Take();
  clock_.AdvanceMs(1);
  EXPECT_EQ(Text("k"), std::nullopt);
  EXPECT_EQ(observer_.Take(), Events{"0 expired k 0"});
  EXPECT_EQ(keys_.size(), 0U);
  EXPECT_EQ(environment_.statistics.expired_keys, 1U);
}

TEST_F(KeyspaceTest, EveryCallTreatsAnExpiredKeyAsAbsent) {
  const auto expire = [&] {
    SetString("k", "v", NowMs() + 1);
    SetString("live", "v");
    clock_.AdvanceMs(2);
  };
  expire();
  EXPECT_FALSE(keys_.Exists(H("k")));
  expire();
  EXPECT_EQ(keys_.Describe(H("k")), std::nullopt);
  expire();
  EXPECT_EQ(keys_.DeadlineOf(H("k")), std::nullopt);
  expire();
  EXPECT_FALSE(keys_.Delete(H("k")));
  expire();
  EXPECT_FALSE(keys_.Rename(H("k"), H("to")));
  expire();
  EXPECT_FALSE(keys_.CopyTo(H("k"), other_, H("to")));
  expire();
  EXPECT_FALSE(keys_.MoveTo(H("k"), other_));
  expire();
  EXPECT_FALSE(keys_.SetDeadline(H("k"), NowMs() + 1000));
  expire();
  EXPECT_FALSE(keys_.Edit<StringValue>(H("k"))->existed());
  expire();
  keys_.ForEach([](const Keyspace::KeyInfo& info) { EXPECT_EQ(info.key.ToString(), "live"); });
  for (int draw = 0; draw < 50; ++draw) EXPECT_EQ(keys_.RandomKey(), "live");
}

TEST_F(KeyspaceTest, ADeadlineInThePastDeletes) {
  SetString("k", "v");
  observer_.Take();
  EXPECT_TRUE(keys_.SetDeadline(H("k"), NowMs()));
  EXPECT_EQ(observer_.Take(), Events{"0 del k 1"});
  EXPECT_EQ(keys_.size(), 0U);
}

TEST_F(KeyspaceTest, DeadlinesComeAndGo) {
  SetString("k", "v");
  observer_.Take();
  EXPECT_TRUE(keys_.SetDeadline(H("k"), NowMs() + 10));
  EXPECT_EQ(keys_.deadlines(), 1U);
  EXPECT_TRUE(keys_.SetDeadline(H("k"), 0));
  EXPECT_TRUE(keys_.SetDeadline(H("k"), 0));
  EXPECT_EQ(keys_.deadlines(), 0U);
  EXPECT_EQ(observer_.Take(), (Events{"0 expire k 1", "0 persist k 1"}));
}

TEST_F(KeyspaceTest, WhileExpiryIsPausedExpiredKeysLookAbsentButStay) {
  AddMember("k", "m");
  keys_.SetDeadline(H("k"), NowMs() + 1);
  clock_.AdvanceMs(2);
  environment_.expiry_paused = true;
  EXPECT_FALSE(keys_.Exists(H("k")));
  const std::array<Hashed, 1> all = {H("k")};
  EXPECT_TRUE(keys_.ReadAll<SetValue>(all)->front().empty());
  EXPECT_EQ(keys_.ExpireSome(1000).expired, 0U);
  EXPECT_EQ(keys_.RandomKey(), std::nullopt);
  EXPECT_EQ(keys_.size(), 1U);
  AddMember("k", "n");  // A write takes the place.
  EXPECT_EQ(Card(keys_, "k"), 1U);
}

TEST_F(KeyspaceTest, TheWalkExpiresWhatNobodyMeets) {
  for (int i = 0; i < 1000; ++i) {
    SetString("k" + std::to_string(i), "v", NowMs() + (i % 2 == 0 ? 10 : kDayMs));
  }
  clock_.AdvanceMs(11);
  size_t expired = 0;
  for (int call = 0; call < 10'000 && keys_.size() > 500; ++call) {
    expired += keys_.ExpireSome(4).expired;
  }
  EXPECT_EQ(expired, 500U);
  EXPECT_EQ(keys_.size(), 500U);
  MaintainAll(keys_);
  EXPECT_NEAR(static_cast<double>(keys_.AverageTtlMs()), kDayMs, 1000.0);
}

TEST_F(KeyspaceTest, RandomKeyEndsWhenAllHaveExpired) {
  for (int i = 0; i < 1000; ++i) SetString("k" + std::to_string(i), "v", NowMs() + 1);
  clock_.AdvanceMs(2);
  EXPECT_EQ(keys_.RandomKey(), std::nullopt);
  SetString("live", "v");
  EXPECT_EQ(keys_.RandomKey(), "live");
}

// --- Whole keys ---------------------------------------------------------------------------------

// Makes one key of every representation and returns their names.
std::vector<std::string> OneOfEachKind(Keyspace& keys) {
  keys.SetString(H("int"), "42", Keyspace::Ttl::kClear);
  keys.SetString(H("text"), "some text", Keyspace::Ttl::kClear);
  keys.SetString(H("big text"), std::string(5000, 't'), Keyspace::Ttl::kClear);
  for (const int count : {3, 100, 1000}) {
    const std::string size = " of " + std::to_string(count);
    const std::string names[] = {"hash" + size, "ints" + size, "set" + size};
    auto hash = keys.Edit<HashValue>(H(names[0]));
    auto ints = keys.Edit<SetValue>(H(names[1]));
    auto set = keys.Edit<SetValue>(H(names[2]));
    for (int i = 0; i < count; ++i) {
      const std::string text = "element " + std::to_string(i);
      (*hash)->Set(H(text), std::to_string(i));
      (*ints)->Add(H(std::to_string(i)));
      (*set)->Add(H(text));
    }
  }
  std::vector<std::string> names;
  keys.ForEach([&](const Keyspace::KeyInfo& info) { names.push_back(info.key.ToString()); });
  return names;
}

// Everything that can be read of a key, in one string.
std::string Dump(Keyspace& keys, Bytes key) {
  const auto description = keys.Describe(H(key));
  if (!description) return "(missing)";
  std::vector<std::string> elements;
  switch (description->type) {
    case ObjectType::kString:
      elements.push_back(keys.Read<StringValue>(H(key))->text().ToString());
      break;
    case ObjectType::kHash:
      keys.Read<HashValue>(H(key))->ForEach([&](const FieldValue& pair) {
        elements.push_back(pair.field.ToString() + "=" + pair.value.ToString());
      });
      break;
    case ObjectType::kSet:
      keys.Read<SetValue>(H(key))->ForEach(
          [&](const Text& member) { elements.push_back(member.ToString()); });
      break;
  }
  std::sort(elements.begin(), elements.end());
  std::string dump = EncodingName(description->encoding);
  for (const std::string& element : elements) dump += " " + element;
  return dump + " until " + std::to_string(*keys.DeadlineOf(H(key)));
}

TEST_F(KeyspaceTest, RenameMovesEveryKindOfValueWithItsDeadline) {
  for (const std::string& name : OneOfEachKind(keys_)) {
    keys_.SetDeadline(H(name), NowMs() + kDayMs);
    const std::string before = Dump(keys_, name);
    observer_.Take();
    SetString("target", "overwritten");
    observer_.Take();
    ASSERT_TRUE(keys_.Rename(H(name), H("target")));
    EXPECT_EQ(observer_.Take(), (Events{"0 rename_from " + name + " 0", "0 rename_to target 1"}));
    EXPECT_EQ(Dump(keys_, name), "(missing)");
    EXPECT_EQ(Dump(keys_, "target"), before);
    ASSERT_EQ(keys_.CheckInvariants(), std::nullopt) << name;
  }
}

TEST_F(KeyspaceTest, RenameToItselfChangesNothing) {
  SetString("k", "v");
  observer_.Take();
  EXPECT_TRUE(keys_.Rename(H("k"), H("k")));
  EXPECT_EQ(Text("k"), "v");
  EXPECT_EQ(observer_.Take(), Events());
  EXPECT_FALSE(keys_.Rename(H("missing"), H("missing")));
}

TEST_F(KeyspaceTest, CopySharesNothing) {
  for (const std::string& name : OneOfEachKind(keys_)) {
    keys_.SetDeadline(H(name), NowMs() + kDayMs);
    const std::string before = Dump(keys_, name);
    observer_.Take();
    ASSERT_TRUE(keys_.CopyTo(H(name), other_, H("copy")));
    EXPECT_EQ(observer_.Take(), Events{"1 copy_to copy 1"});
    ASSERT_TRUE(keys_.CopyTo(H(name), keys_, H("copy")));
    EXPECT_TRUE(keys_.Delete(H(name)));
    EXPECT_EQ(Dump(other_, "copy"), before);
    EXPECT_EQ(Dump(keys_, "copy"), before);
    ASSERT_EQ(keys_.CheckInvariants(), std::nullopt) << name;
    ASSERT_EQ(other_.CheckInvariants(), std::nullopt) << name;
  }
  EXPECT_EQ(keys_.size(), 1U);
}

TEST_F(KeyspaceTest, MoveTakesTheKeyToTheOtherDatabase) {
  for (const std::string& name : OneOfEachKind(keys_)) {
    const std::string before = Dump(keys_, name);
    observer_.Take();
    ASSERT_TRUE(keys_.MoveTo(H(name), other_));
    EXPECT_EQ(observer_.Take(), (Events{"0 move_from " + name + " 0", "1 move_to " + name + " 1"}));
    EXPECT_EQ(Dump(other_, name), before);
    EXPECT_FALSE(keys_.MoveTo(H(name), other_));
  }
  EXPECT_EQ(keys_.size(), 0U);
  SetString("int", "in the way");
  EXPECT_FALSE(keys_.MoveTo(H("int"), other_));
  EXPECT_EQ(Text("int"), "in the way");
}

TEST_F(KeyspaceTest, SwapExchangesTheContents) {
  SetString("a", "1");
  OneOfEachKind(other_);
  const size_t other_size = other_.size();
  keys_.SwapWith(other_);
  EXPECT_EQ(keys_.size(), other_size);
  EXPECT_EQ(other_.size(), 1U);
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
  observer_.Take();
  SetString("int", "43");
  EXPECT_EQ(observer_.Take(), Events{"0 set int 1"});
}

TEST_F(KeyspaceTest, StoreSetReplacesAnyValueWithTheBestEncoding) {
  const auto store = [&](int ints, int strings) {
    SetString("k", "in the way", NowMs() + kDayMs);
    SetValue set = SetValue::Aside(environment_);
    for (int i = 0; i < ints; ++i) set.Add(H(std::to_string(i)));
    for (int i = 0; i < strings; ++i) set.Add(H("m" + std::to_string(i)));
    observer_.Take();
    keys_.StoreSet(H("k"), std::move(set), Event::kSUnionStore);
    EXPECT_EQ(keys_.DeadlineOf(H("k")), 0U);
    EXPECT_EQ(Card(keys_, "k"), static_cast<size_t>(ints + strings));
    EXPECT_EQ(observer_.Take(), Events{"0 sunionstore k 1"});
    EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
    return keys_.Describe(H("k"))->encoding;
  };
  EXPECT_EQ(store(3, 0), Encoding::kIntset);
  EXPECT_EQ(store(512, 0), Encoding::kIntset);
  EXPECT_EQ(store(513, 0), Encoding::kHashtable);
  EXPECT_EQ(store(0, 3), Encoding::kListpack);
  EXPECT_EQ(store(100, 28), Encoding::kListpack);
  EXPECT_EQ(store(100, 29), Encoding::kHashtable);
}

TEST_F(KeyspaceTest, StoreSetOfNothingDeletes) {
  SetString("k", "v");
  observer_.Take();
  keys_.StoreSet(H("k"), SetValue::Aside(environment_), Event::kSDiffStore);
  keys_.StoreSet(H("missing"), SetValue::Aside(environment_), Event::kSDiffStore);
  EXPECT_EQ(observer_.Take(), Events{"0 del k 1"});
  EXPECT_EQ(keys_.size(), 0U);
}

// --- Freeing and accounting ---------------------------------------------------------------------

TEST_F(KeyspaceTest, BigValuesAreTakenApartSliceBySlice) {
  auto edit = keys_.Edit<SetValue>(H("big"));
  for (int i = 0; i < 20'000; ++i) (*edit)->Add(H("member " + std::to_string(i)));
  edit->Commit(Event::kSAdd, 20'000);
  const size_t full = keys_.MemoryBytes();
  EXPECT_TRUE(keys_.Delete(H("big")));
  EXPECT_GT(keys_.MemoryBytes(), full / 2);
  EXPECT_TRUE(keys_.Maintain());
  EXPECT_GT(keys_.MemoryBytes(), full / 2);
  MaintainAll(keys_);
  EXPECT_LT(keys_.MemoryBytes(), full / 20);
  EXPECT_EQ(environment_.statistics.lazyfreed_objects, 1U);
}

TEST_F(KeyspaceTest, ClearLeavesTheMemoryToMaintain) {
  for (int round = 0; round < 300; ++round) {
    keys_.SetString(H("k" + std::to_string(round)), std::string(300, 'x'), Keyspace::Ttl::kClear);
  }
  OneOfEachKind(keys_);
  const size_t keys = keys_.size();
  const size_t full = keys_.MemoryBytes();
  observer_.Take();
  EXPECT_EQ(keys_.Clear(), keys);
  EXPECT_EQ(observer_.Take(), Events());
  EXPECT_EQ(keys_.size(), 0U);
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
  EXPECT_GE(keys_.MemoryBytes(), full);
  SetString("new", "v");
  MaintainAll(keys_);
  EXPECT_LT(keys_.MemoryBytes(), full / 20);
  EXPECT_EQ(Text("new"), "v");
  EXPECT_EQ(environment_.statistics.lazyfreed_objects, keys);
}

TEST_F(KeyspaceTest, MemoryOfAllKeysAddsUpToTheWhole) {
  OneOfEachKind(keys_);
  for (int i = 0; i < 5000; ++i) {
    SetString("key " + std::to_string(i), std::string(static_cast<size_t>(i % 50), 'x'));
  }
  std::vector<std::string> names;
  keys_.ForEach([&](const Keyspace::KeyInfo& info) { names.push_back(info.key.ToString()); });
  size_t sum = keys_.OverheadBytes();
  for (const std::string& name : names) sum += keys_.Describe(H(name))->memory_bytes;
  const auto whole = static_cast<double>(keys_.MemoryBytes());
  EXPECT_NEAR(static_cast<double>(sum), whole, whole * 0.03);
}

TEST_F(KeyspaceTest, AHashOfThreeFieldsIsSmallerThanThreeStrings) {
  for (int i = 0; i < 1000; ++i) {
    const std::string id = std::to_string(i);
    for (const char* field : {"name", "mail", "city"}) {
      SetField("user:" + id, field, "some value");
      SetString("user:" + id + ":" + field, "some value");
    }
  }
  size_t strings = 0;
  for (const char* field : {"name", "mail", "city"}) {
    strings += keys_.Describe(H(std::string("user:7:") + field))->memory_bytes;
  }
  EXPECT_LT(keys_.Describe(H("user:7"))->memory_bytes, strings);
}

TEST_F(KeyspaceTest, ScanShowsEveryLiveKeyOnceWhileNothingChanges) {
  std::multiset<std::string> expected;
  for (int i = 0; i < 2000; ++i) {
    const std::string key = "key " + std::to_string(i);
    SetString(key, "v");
    expected.insert(key);
  }
  std::multiset<std::string> seen;
  uint64_t cursor = 0;
  do {
    cursor = keys_.Scan(cursor, [&](const Keyspace::KeyInfo& info) {
      EXPECT_EQ(info.type, ObjectType::kString);
      seen.insert(info.key.ToString());
    });
  } while (cursor != 0);
  EXPECT_EQ(seen, expected);
}

TEST_F(KeyspaceTest, PrefetchingAnythingIsHarmless) {
  for (const std::string& name : OneOfEachKind(keys_)) {
    Hashed key = H(name);
    keys_.PrefetchDirectory(key.hash);
    keys_.PrefetchBucket(key.hash);
    const Table* const table = keys_.Locate(key);
    EXPECT_TRUE(key.located) << name;
    if (table == nullptr) continue;
    for (const uint64_t hash : {uint64_t{0}, UINT64_MAX, key.hash}) {
      table->PrefetchDirectory(hash);
      table->PrefetchBucket(hash);
    }
  }
  Hashed missing = H("missing");
  EXPECT_EQ(keys_.Locate(missing), nullptr);
  EXPECT_FALSE(missing.located);
}

// What a batch has found ahead may be stale by the time it is used: another key of that name, in
// another database or after other changes, must be found all the same.
TEST_F(KeyspaceTest, AStaleLocationIsOnlyAHint) {
  keys_.SetString(H("k"), "before", Keyspace::Ttl::kClear);
  Hashed key = H("k");
  keys_.Locate(key);
  ASSERT_TRUE(key.located);
  const auto text = [&] { return keys_.Read<StringValue>(key)->text().ToString(); };
  EXPECT_EQ(text(), "before");

  for (int i = 0; i < 500; ++i) {
    keys_.SetString(H("other" + std::to_string(i)), "x", Keyspace::Ttl::kClear);
  }
  EXPECT_EQ(text(), "before");
  keys_.SetString(H("k"), std::string(400, 'y'), Keyspace::Ttl::kClear);
  EXPECT_EQ(text(), std::string(400, 'y'));
  keys_.Delete(H("k"));
  EXPECT_FALSE(keys_.Exists(key));

  keys_.SetString(H("k"), "again", Keyspace::Ttl::kClear);
  keys_.Locate(key);
  Keyspace other(environment_, 1);
  keys_.SwapWith(other);
  EXPECT_FALSE(keys_.Exists(key));
  EXPECT_EQ(other.Read<StringValue>(key)->text().ToString(), "again");
}

// What the batch's last look at a key remembers is used again only while nothing changed.
TEST_F(KeyspaceTest, AKeyFoundAheadIsReadAnewOnceItChanged) {
  keys_.SetString(H("k"), "one", Keyspace::Ttl::kClear);
  Hashed key = H("k");
  keys_.Locate(key);
  const auto text = [&] { return keys_.Read<StringValue>(key)->text().ToString(); };
  EXPECT_EQ(text(), "one");
  keys_.SetString(key, "two", Keyspace::Ttl::kClear);  // As long: in place.
  EXPECT_EQ(text(), "two");
  EXPECT_EQ(keys_.DeadlineOf(key), 0U);
  keys_.SetDeadline(key, static_cast<uint64_t>(clock_.NowMs()) + 100);
  EXPECT_NE(keys_.DeadlineOf(key), 0U);
  clock_.AdvanceMs(60'000);
  EXPECT_FALSE(keys_.Exists(key));
  EXPECT_EQ(keys_.size(), 0U);
}

TEST_F(KeyspaceTest, AKeyFoundAheadIsAsOldAsItIsNow) {
  keys_.SetString(H("k"), "one", Keyspace::Ttl::kClear);
  clock_.AdvanceMs(50'000);
  Hashed key = H("k");
  keys_.Locate(key);
  EXPECT_EQ(keys_.Describe(key)->idle_seconds, 50U);
  EXPECT_TRUE(keys_.Read<StringValue>(H("k")).ok());
  EXPECT_EQ(keys_.Describe(key)->idle_seconds, 0U);
}

// A table made from a blob may be given the blob's own address by the allocator. The entry must be
// rewritten all the same. Blobs of every size near a table's are tried, as that takes blocks of
// one size class. (Under ASan addresses are not reused so soon: the plain build is the test.)
TEST_F(KeyspaceTest, ATableAtTheAddressOfItsBlobIsStored) {
  const std::string too_long(70, 'x');
  const auto add = [&](const std::string& key, const std::string& member) {
    const Hashed hashed = H(key);
    auto edit = keys_.Edit<SetValue>(hashed);
    (*edit)->Add(H(member));
    edit->Commit(Event::kSAdd, 1);
  };
  const auto remove = [&](const std::string& key, const std::string& member) {
    const Hashed hashed = H(key);
    auto edit = keys_.Edit<SetValue>(hashed);
    (*edit)->Remove(H(member));
    edit->Commit(Event::kSRem, 1);
  };
  for (int left = 40; left < 120; ++left) {
    const std::string key = "set" + std::to_string(left);
    for (int i = 0; i < 120; ++i) add(key, std::to_string(1000 + i));
    for (int i = left; i < 120; ++i) remove(key, std::to_string(1000 + i));
    add(key, too_long);  // From integers to a run, or at once to a table.
    for (int i = 0; i < 200; ++i) add(key, "m" + std::to_string(i));
    ASSERT_EQ(keys_.Read<SetValue>(H(key))->size(), static_cast<size_t>(left) + 201) << left;
  }
  EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
}

}  // namespace
}  // namespace thimble
