// A snapshot is what the databases were when it began, whatever happened to them while it was
// taken.
#include "storage/snapshot/snapshot.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "storage/rdb/file_writer.h"
#include "storage/snapshot/snapshot_reader.h"
#include "tests/storage/rdb/fixture.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

class SnapshotTest : public RdbFileTest {
 protected:
  // Begins a snapshot, and notes what must be in it.
  void Begin() {
    expected_ = {ContentOf(keys_), ContentOf(other_)};
    file_.clear();
    sink_ = std::make_unique<StringSink>(file_);
    rdb_ = std::make_unique<RdbWriter>(*sink_, RdbWriter::Options{});
    output_ = std::make_unique<RdbFileWriter>(*rdb_, options_);
    output_->WriteHead({});
    const SnapshotReader::Moment moment{
        .hash_key = TestKey(), .clock = clock_, .counts_frequency = false, .now_ms = NowMs()};
    reader_ = std::make_unique<SnapshotReader>(*output_, moment);
    snapshot_ = std::make_unique<Snapshot>(environment_, &databases_);
  }
  // Takes a little more; what was taken is written later. False when all is taken.
  bool Advance(size_t bytes) {
    const bool more = snapshot_->Advance(buffer_, bytes);
    for (SnapshotBlock& block : buffer_.Take()) blocks_.push_back(std::move(block));
    return more;
  }
  void Finish() {
    while (Advance(10'000)) {
    }
    snapshot_.reset();
    for (const SnapshotBlock& block : blocks_) EXPECT_TRUE(reader_->Read(block, [] {}));
    blocks_.clear();
    EXPECT_TRUE(reader_->complete());
    Databases loaded(environment_, 2);
    const int64_t now_ms = clock_.NowMs();
    environment_.timeless = true;  // What has expired since was there.
    Read(file_, loaded);
    const Content content[] = {ContentOf(loaded[0]), ContentOf(loaded[1])};
    environment_.timeless = false;
    EXPECT_EQ(clock_.NowMs(), now_ms);
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(Difference(content[i], expected_[i]), "") << "database " << i;
    }
  }

  static void FreeWhatIsBuried(Keyspace& keys) {
    while (keys.BuriedBytes() > 0) keys.Maintain();
  }

  // The first key of which the two say different things.
  static std::string Difference(const Content& found, const Content& expected) {
    for (const auto& [key, value] : expected) {
      const auto it = found.find(key);
      if (it == found.end()) return key + " is missing";
      if (it->second == value) continue;
      return key + " has " + std::to_string(it->second.elements.size()) + " elements, not " +
             std::to_string(value.elements.size()) + ", and deadline " +
             std::to_string(it->second.deadline_ms) + ", not " + std::to_string(value.deadline_ms);
    }
    for (const auto& [key, value] : found) {
      if (!expected.contains(key)) return key + " should not be there";
    }
    return {};
  }

  std::vector<Content> expected_;
  RdbFileOptions options_;
  std::string file_;
  std::unique_ptr<StringSink> sink_;
  std::unique_ptr<RdbWriter> rdb_;
  std::unique_ptr<RdbFileWriter> output_;
  std::unique_ptr<SnapshotReader> reader_;
  std::unique_ptr<Snapshot> snapshot_;
  SnapshotBuffer buffer_;
  std::vector<SnapshotBlock> blocks_;
};

TEST_F(SnapshotTest, EveryKindOfValueIsInIt) {
  SetString("text", "value");
  SetString("integer", "-12345678901");
  SetString("12345", "of an integer's name");
  SetString("blob", std::string(1'000, 'b'));
  SetString("in pieces", std::string(5'000'001, 'p'));
  for (int i = 0; i < 20; ++i) {
    SetString("beyond the slabs " + std::to_string(i), std::string(5'000 * i + i, 'c'));
    SetField("long values", std::to_string(i), std::string(7'000 * i, 'd'));
  }
  SetString(std::string(500, 'k'), "of a long key", NowMs() + 1000);
  for (int i = 0; i < 5; ++i) SetField("small", "f" + std::to_string(i), std::to_string(i));
  for (int i = 0; i < 60; ++i) SetField("run", "f" + std::to_string(i), std::to_string(i));
  for (int i = 0; i < 40; ++i) AddMember("integers", std::to_string(i));
  for (int i = 0; i < 700; ++i) AddMember("set", std::string(i, 'm'));
  for (int i = 0; i < 700; ++i) SetField("hash", std::string(i, 'f'), std::string(2 * i, 'v'));
  SetField("a small table", "f", std::string(500, 'v'));
  for (const char* key : {"small", "run", "hash"}) {
    auto edit = keys_.Edit<HashValue>(H(key));
    (*edit)->SetDeadline(H(*key == 'h' ? "fff" : "f1"), NowMs() + 500);
    (*edit)->SetDeadline(H(*key == 'h' ? "ff" : "f2"), NowMs() + 100);
    edit->Commit(Event::kHExpire, 1);
  }
  environment_.limits.set_max_intset_entries = 20'000;
  for (int i = 0; i < 20'000; ++i) AddMember("many integers", std::to_string(i * 1'000));
  other_.SetString(H("elsewhere"), "here", Keyspace::Ttl::kClear);
  Begin();
  Finish();
}

TEST_F(SnapshotTest, NothingIsInAnEmptyOne) {
  Begin();
  SetString("late", "value");
  Finish();
}

TEST_F(SnapshotTest, WhatIsFlushedIsInItAndFreedBehindIt) {
  for (int i = 0; i < 3'000; ++i) SetString("key:" + std::to_string(i), std::to_string(i * 7));
  for (int i = 0; i < 3'000; ++i) SetField("hash", "f" + std::to_string(i), std::to_string(i));
  const size_t bytes = keys_.MemoryBytes();
  Begin();
  Advance(10'000);
  keys_.Clear();
  SetString("late", "value");
  Finish();
  EXPECT_GT(keys_.BuriedBytes(), bytes / 2);
  MaintainAll(keys_);
  EXPECT_EQ(keys_.BuriedBytes(), 0U);
}

TEST_F(SnapshotTest, OneThatIsGivenUpLeavesNothingBehind) {
  for (int i = 0; i < 3'000; ++i) SetString("key:" + std::to_string(i), std::to_string(i * 7));
  for (int i = 0; i < 3'000; ++i) SetField("hash", "f" + std::to_string(i), std::to_string(i));
  for (int i = 0; i < 3'000; ++i) AddMember("set", "m" + std::to_string(i));
  Begin();
  Advance(10'000);
  keys_.Delete(H("hash"));
  keys_.Clear();
  snapshot_.reset();
  blocks_.clear();
  MaintainAll(keys_);
  EXPECT_EQ(keys_.BuriedBytes(), 0U);
  SetString("key:1", "again");
  EXPECT_EQ(keys_.size(), 1U);
}

// Blobs that are being taken may get into the new table of a database that was flushed.
TEST_F(SnapshotTest, BlobsMoveIntoAFlushedDatabase) {
  environment_.limits.set_max_intset_entries = 20'000;
  for (int change = 0; change < 6; ++change) {
    for (int i = 0; i < 10; ++i) SetString("s" + std::to_string(i), std::string(100'000, 's'));
    for (int i = 0; i < 1'000; ++i) AddMember("strings", "member:" + std::to_string(i));
    for (int i = 0; i < 5'000; ++i) AddMember("integers", std::to_string(i * 1'000));
    FreeWhatIsBuried(other_);
    other_.SetString(H("there"), "a key", Keyspace::Ttl::kClear);
    Begin();
    other_.Clear();
    for (int i = 0; i < 10; ++i) keys_.MoveTo(H("s" + std::to_string(i)), other_);
    keys_.MoveTo(H("integers"), other_);
    keys_.MoveTo(H("strings"), other_);
    for (int i = 0; i < 10; ++i) {
      const std::string key = "s" + std::to_string(i);
      if (change == 0) other_.Delete(H(key));
      if (change == 1) other_.SetString(H(key), "short", Keyspace::Ttl::kClear);
      if (change == 2 || change == 3) {
        auto edit = other_.Edit<StringValue>(H(key));
        if (change == 2) (*edit)->Append(std::string(200'000, 'a'));
        if (change == 3) (*edit)->Overwrite(50'000, "another");
        edit->Commit(Event::kAppend, 1);
      }
    }
    {
      auto edit = other_.Edit<SetValue>(H("integers"));
      for (int i = 0; i < 3'000; ++i) (*edit)->Remove(H(std::to_string(i * 1'000)));
      edit->Commit(Event::kSRem, 1);
    }
    if (change >= 4) other_.Clear();
    EXPECT_EQ(other_.BuriedBytes() > 0, change >= 4);  // Nobody needs that table.
    if (change == 5) FreeWhatIsBuried(other_);
    Finish();
    other_.Clear();
    keys_.Clear();
  }
}

TEST_F(SnapshotTest, WhatIsLargeAndDeletedIsKeptAndNotCopied) {
  for (const std::string key : {"deleted", "moved"}) {
    for (int i = 0; i < 20'000; ++i) AddMember(key, "member:" + std::to_string(i));
    SetString(key + " string", std::string(1'000'000, 's'));
  }
  Begin();
  keys_.Delete(H("deleted"));
  keys_.Delete(H("deleted string"));
  keys_.MoveTo(H("moved"), other_);
  keys_.MoveTo(H("moved string"), other_);
  other_.Clear();
  FreeWhatIsBuried(other_);
  FreeWhatIsBuried(keys_);
  EXPECT_LT(snapshot_->aside_bytes(), 20'000U);
  Finish();
}

// As DEBUG RELOAD NOFLUSH does it.
TEST_F(SnapshotTest, WhatIsLoadedMeanwhileIsNotInIt) {
  for (int i = 0; i < 5'000; ++i) SetString("new:" + std::to_string(i), "value");
  Begin();
  Finish();
  const std::string file = file_;
  keys_.Clear();
  for (int i = 0; i < 5'000; ++i) SetString("old:" + std::to_string(i), "value");
  Begin();
  Advance(20'000);
  Read(file, databases_);
  EXPECT_EQ(keys_.size(), 10'000U);
  Finish();
}

// To pass over what was taken out of turn takes time too, and is done bit by bit.
TEST_F(SnapshotTest, WhatWasTakenOutOfTurnIsPassedOverInSteps) {
  for (int i = 0; i < 20'000; ++i) SetString("key:" + std::to_string(i), "value");
  Begin();
  Advance(1);
  for (int i = 0; i < 20'000; ++i) {
    keys_.SetString(H("key:" + std::to_string(i)), "another", Keyspace::Ttl::kClear);
  }
  const size_t everything = 20'000 * 10;
  EXPECT_GT(snapshot_->aside_bytes(), everything);
  int steps = 0;
  while (Advance(1)) ++steps;
  EXPECT_GT(steps, 50);
  Finish();
}

// A key that is used before it is taken has a clock of later than the snapshot's beginning.
TEST_F(SnapshotTest, KeysThatAreUsedMeanwhileAreNotIdle) {
  for (int i = 0; i < 500; ++i) SetString("key:" + std::to_string(i), "value");
  options_.with_idle = true;
  Begin();
  clock_.AdvanceMs(60'000);
  for (int i = 0; i < 500; ++i) keys_.Exists(H("key:" + std::to_string(i)), Access::kTouch);
  keys_.Clear();
  Finish();
  Databases loaded(environment_, 2);
  Read(file_, loaded);
  EXPECT_EQ(loaded[0].size(), 500U);
  loaded[0].ForEachItemWhile([](const thimble::Text& key, const Keyspace::Item& item) {
    EXPECT_LE(item.idle_seconds, 60U) << key.ToString();
    return true;
  });
}

// As SSCAN with SADD into another set, and deleting while scanning: few pairs are crowded, or many
// left empty, and tables rebuilt with a salt.
TEST_F(SnapshotTest, TablesMayBeRebuiltMeanwhile) {
  constexpr int kMany = kSanitized ? 5'000 : 20'000;
  for (int i = 0; i < kMany; ++i) AddMember("source", "member:" + std::to_string(i));
  uint64_t cursor = 0;
  for (size_t steps = 0, epoch = 0; steps == 0 || cursor != 0; ++steps) {
    std::vector<std::string> members;
    const SetView source = *keys_.Read<SetValue>(H("source"), Access::kPeek);
    cursor = source.Scan(
        cursor, [&](const thimble::Text& member) { members.push_back(member.ToString()); });
    for (const std::string& member : members) AddMember("target", member);
    auto edit = keys_.Edit<SetValue>(H("source"));
    for (const std::string& member : members) (*edit)->Remove(H(member));
    edit->Commit(Event::kSRem, members.size());
    const SetView target = *keys_.Read<SetValue>(H("target"), Access::kPeek);
    const bool rebuilding = target.table() != nullptr && target.table()->latest_epoch() != epoch;
    if (rebuilding) epoch = target.table()->latest_epoch();
    if (snapshot_ == nullptr && (steps % 64 == 0 || rebuilding)) Begin();
    if (snapshot_ != nullptr && !Advance(300)) Finish();
  }
  if (snapshot_ != nullptr) Finish();
  const SetView target = *keys_.Read<SetValue>(H("target"), Access::kPeek);
  EXPECT_EQ(target.size(), static_cast<size_t>(kMany));
  EXPECT_GT(target.table()->GetStatistics().rebuilds, 0U);
}

// Everything that changes a database, at random, while snapshots of it are taken.
class ChangingSnapshotTest : public SnapshotTest {
 protected:
  ChangingSnapshotTest() {
    // Small thresholds, so that few elements reach every encoding.
    environment_.limits = {.hash_max_listpack_entries = 24,
                           .hash_max_listpack_value = 40,
                           .set_max_intset_entries = 40,
                           .set_max_listpack_entries = 24,
                           .set_max_listpack_value = 40};
  }

  size_t Below(size_t end) { return dice_() % end; }
  std::string AnyKey() {
    const std::string name = "key:" + std::to_string(Below(keys_in_use_));
    return Below(keys_in_use_) == 0 ? name + std::string(300, 'k') : name;
  }
  std::string AnyText() {
    switch (Below(5)) {
      case 0:
        return std::to_string(dice_() % 1'000);
      case 1:
        return std::string(Below(60), 'x') + std::to_string(Below(50));
      case 2:
        return Below(20) == 0 ? std::string(Below(6'000), 'l') + std::to_string(Below(9)) : "e";
      default:
        return "e" + std::to_string(Below(elements_in_use_));
    }
  }
  Keyspace& Any() { return databases_[static_cast<int>(Below(2))]; }

  void ChangeHash(Keyspace& keys) {
    const std::string key = AnyKey();
    if (Below(4) == 0) {
      const std::string field = AnyText();
      keys.AddInPlace(H(key), H(field), 1, Event::kHIncrBy);
      return;
    }
    auto edit = keys.Edit<HashValue>(H(key));
    if (!edit.ok()) return;
    const bool erases = Below(3) == 0;
    for (size_t left = Below(60); left > 0; --left) {
      const std::string field = AnyText();
      const std::string value = AnyText();
      if (erases) {
        (*edit)->Erase(H(field));
      } else {
        (*edit)->Set(H(field), value,
                     Below(2) == 0 ? HashValue::Ttl::kKeep : HashValue::Ttl::kClear);
        if (Below(8) == 0) (*edit)->SetDeadline(H(field), NowMs() + Below(2'000));
      }
    }
    if (Below(2) == 0) edit->Commit(Event::kHSet, 1);
  }
  void ChangeSet(Keyspace& keys) {
    const std::string key = AnyKey();
    auto edit = keys.Edit<SetValue>(H(key));
    if (!edit.ok()) return;
    const size_t how = Below(8);
    for (size_t left = Below(60); left > 0 && how > 0; --left) {
      const std::string member = AnyText();
      if (how < 3 && !(*edit)->empty()) {
        (*edit)->Pop(random_);
      } else {
        (*edit)->Add(H(member));
      }
    }
    if (how == 0) (*edit)->Clear();
    edit->Commit(Event::kSAdd, 1);
  }
  void ChangeString(Keyspace& keys) {
    const std::string key = AnyKey();
    if (long_strings_ && Below(20) == 0) {
      const std::string value(Below(2) == 0 ? Below(200'000) : Below(3'000'000),
                              static_cast<char>('a' + Below(26)));
      return keys.SetString(H(key), value, Keyspace::Ttl::kClear, Below(2) * (NowMs() + 50));
    }
    if (Below(2) == 0) return keys.SetString(H(key), AnyText(), Keyspace::Ttl::kClear);
    auto edit = keys.Edit<StringValue>(H(key));
    if (!edit.ok()) return;
    (*edit)->Append(AnyText());
    if (Below(3) == 0) (*edit)->Overwrite(Below((*edit)->size() + 300), "overwritten");
    edit->Commit(Event::kAppend, 1);
  }
  void ChangeKey(Keyspace& keys) {
    const std::string key = AnyKey();
    const std::string to = AnyKey();
    switch (Below(6)) {
      case 0:
        keys.Delete(H(key));
        return;
      case 1:
        keys.Rename(H(key), H(to));
        return;
      case 2:
        if (&keys != &other_) keys.MoveTo(H(key), other_);
        return;
      case 3:
        if (key != to) keys.CopyTo(H(key), Any(), H(to));
        return;
      case 4:
        keys.SetDeadline(H(key), Below(2) * (NowMs() + Below(2'000)));
        return;
      default:
        keys.Exists(H(key));
        return;
    }
  }
  void Step() {
    Keyspace& keys = Any();
    switch (Below(12)) {
      case 0:
      case 1:
      case 2:
        return ChangeHash(keys);
      case 3:
      case 4:
        return ChangeSet(keys);
      case 5:
      case 6:
        return ChangeString(keys);
      case 7:
      case 8:
        return ChangeKey(keys);
      case 9:
        clock_.AdvanceMs(static_cast<int64_t>(Below(20)));
        keys.ExpireSome(8);
        return;
      case 10:
        keys.Maintain();
        return;
      default:
        if (Below(long_strings_ ? 20 : 300) == 0) keys.Clear();
        if (Below(50) == 0) keys_.SwapWith(other_);
        return;
    }
  }

  void Run(int snapshots, size_t steps) {
    for (int i = 0; i < snapshots && !HasFailure(); ++i) {
      for (size_t left = Below(steps); left > 0; --left) Step();
      Begin();
      while (Advance(Below(2) == 0 ? 1 : Below(4'000))) {
        for (size_t left = Below(30); left > 0; --left) Step();
        if (Below(2'000) == 0) break;  // The rest at once.
      }
      Finish();
      ASSERT_EQ(keys_.CheckInvariants(), std::nullopt);
      ASSERT_EQ(other_.CheckInvariants(), std::nullopt);
    }
  }

  std::mt19937_64 dice_{20'261'129};
  size_t keys_in_use_ = 60;
  size_t elements_in_use_ = 200;
  bool long_strings_ = false;
};

TEST_F(ChangingSnapshotTest, OfFewKeys) {
  Run(kSanitized ? 30 : 100, 2'000);
}

TEST_F(ChangingSnapshotTest, OfManyKeys) {
  keys_in_use_ = 5'000;
  Run(kSanitized ? 3 : 8, 20'000);
}

TEST_F(ChangingSnapshotTest, OfLargeValues) {
  keys_in_use_ = 8;
  elements_in_use_ = 20'000;
  Run(kSanitized ? 20 : 100, 5'000);
}

TEST_F(ChangingSnapshotTest, OfLongStrings) {
  keys_in_use_ = 20;
  long_strings_ = true;
  Run(kSanitized ? 10 : 60, 500);
}

}  // namespace
}  // namespace thimble
