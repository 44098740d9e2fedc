#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/keyspace/databases.h"
#include "tests/storage/value/encodings.h"

namespace thimble {

// Writes down what it hears: "db event key changes".
class RecordingObserver final : public KeyspaceObserver {
 public:
  void OnChange(int db, Bytes key, Event event, size_t changes) override {
    events_.push_back(std::to_string(db) + " " + EventName(event) + " " + std::string(key) + " " +
                      std::to_string(changes));
  }
  void OnFieldsExpired(int db, Bytes key, std::span<const std::string> fields) override {
    std::string event = std::to_string(db) + " fields " + std::string(key);
    for (const std::string& field : fields) event += " " + field;
    events_.push_back(std::move(event));
  }
  void OnFlush(int db, size_t keys) override {
    events_.push_back(std::to_string(db) + " flush " + std::to_string(keys));
  }
  void OnSwap(int first, int second) override {
    events_.push_back(std::to_string(first) + " swap " + std::to_string(second));
  }
  // What was heard since the last call.
  std::vector<std::string> Take() { return std::exchange(events_, {}); }

 private:
  std::vector<std::string> events_;
};

using Events = std::vector<std::string>;

// Two databases over one environment, with a clock that the test advances.
class KeyspaceTest : public testing::Test {
 protected:
  KeyspaceTest() { environment_.observer = &observer_; }
  ~KeyspaceTest() override {
    EXPECT_EQ(keys_.CheckInvariants(), std::nullopt);
    EXPECT_EQ(other_.CheckInvariants(), std::nullopt);
  }

  uint64_t NowMs() const { return static_cast<uint64_t>(clock_.NowMs()); }

  void SetString(Bytes key, Bytes value, uint64_t deadline_ms = 0) {
    keys_.SetString(H(key), value, Keyspace::Ttl::kClear, deadline_ms);
  }
  void SetField(Bytes key, Bytes field, Bytes value) {
    auto edit = keys_.Edit<HashValue>(H(key));
    ASSERT_TRUE(edit.ok());
    (*edit)->Set(H(field), value);
    edit->Commit(Event::kHSet, 1);
  }
  void AddMember(Bytes key, Bytes member) {
    auto edit = keys_.Edit<SetValue>(H(key));
    ASSERT_TRUE(edit.ok());
    (*edit)->Add(H(member));
    edit->Commit(Event::kSAdd, 1);
  }
  std::optional<std::string> Text(Bytes key) {
    auto read = keys_.Read<StringValue>(H(key), Access::kPeek);
    if (!read.ok() || !read->exists()) return std::nullopt;
    return read->text().ToString();
  }
  std::optional<std::string> Field(Bytes key, Bytes field) {
    auto read = keys_.Read<HashValue>(H(key), Access::kPeek);
    if (!read.ok()) return std::nullopt;
    const auto value = read->Get(H(field));
    return value ? std::optional(value->ToString()) : std::nullopt;
  }
  size_t Card(Keyspace& keys, Bytes key) {
    auto read = keys.Read<SetValue>(H(key), Access::kPeek);
    return read.ok() ? read->size() : 0;
  }
  // Until there is nothing left to do; fails if that never comes.
  void MaintainAll(Keyspace& keys) {
    int calls = 0;
    while (keys.Maintain()) ASSERT_LT(++calls, 100'000);
  }

  ManualClock clock_;
  Random random_{7};
  RecordingObserver observer_;
  StorageEnvironment environment_{.hash_key = TestKey(), .clock = clock_, .random = random_};
  Databases databases_{environment_, 2};
  Keyspace& keys_ = databases_[0];
  Keyspace& other_ = databases_[1];
};

}  // namespace thimble
