// What the log's thread makes of a disk that fails.
#include "server/persist/aof_writer.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace thimble {
namespace {

// What the disk does, shared by a test and the files it gave away.
struct Disk {
  std::atomic<bool> writes = true;
  std::atomic<bool> cuts = true;
  std::atomic<bool> syncs = true;
  std::atomic<int> sync_calls = 0;
};

class FailingFile final : public OutputFile {
 public:
  FailingFile(Disk& disk, std::string& content) : disk_(disk), content_(content) {}

  // A write that fails has written half.
  bool Write(Bytes bytes) override {
    content_.append(disk_.writes ? bytes : bytes.substr(0, bytes.size() / 2));
    return disk_.writes;
  }
  bool Sync() override {
    ++disk_.sync_calls;
    return disk_.syncs;
  }
  bool Truncate(uint64_t bytes) override {
    if (disk_.cuts) content_.resize(bytes);
    return disk_.cuts;
  }
  std::error_code error() const override { return std::make_error_code(std::errc::io_error); }

 private:
  Disk& disk_;
  std::string& content_;
};

class AofWriterTest : public testing::Test {
 protected:
  std::unique_ptr<OutputFile> File(std::string& content) {
    return std::make_unique<FailingFile>(disk_, content);
  }

  Disk disk_;
  std::string first_ = "old";
  std::string second_;
};

TEST_F(AofWriterTest, WritesInOrder) {
  {
    AofWriter writer(File(first_), 3, AofSync::kEverySecond);
    for (int i = 0; i < 100; ++i) writer.Append(std::to_string(i % 10));
    EXPECT_TRUE(writer.Settle(true));
    EXPECT_EQ(writer.GetState().waiting_bytes, 0U);
    EXPECT_EQ(writer.GetState().unsynced_for_ms, 0);
  }
  std::string expected = "old";
  for (int i = 0; i < 100; ++i) expected += std::to_string(i % 10);
  EXPECT_EQ(first_, expected);
}

TEST_F(AofWriterTest, GivesBackTheMemoryOfWhatIsWritten) {
  AofWriter writer(File(first_), 3, AofSync::kNever);
  EXPECT_TRUE(writer.Append(std::string(5000, 'a')).empty());
  EXPECT_TRUE(writer.Settle(false));
  EXPECT_GE(writer.Append("b").capacity(), 5000U);
  EXPECT_TRUE(writer.Settle(false));
  EXPECT_EQ(first_, "old" + std::string(5000, 'a') + "b");
}

// Nothing is left of what could not be written whole, and it is tried again until it can.
TEST_F(AofWriterTest, WritesAgainWhatFailed) {
  AofWriter writer(File(first_), 3, AofSync::kNever);
  disk_.writes = false;
  writer.Append("abcdef");
  EXPECT_FALSE(writer.Settle(false));
  EXPECT_TRUE(writer.GetState().write_error);
  EXPECT_EQ(writer.GetState().waiting_bytes, 6U);
  EXPECT_EQ(first_, "old");
  disk_.writes = true;
  while (writer.GetState().failed()) std::this_thread::yield();
  EXPECT_TRUE(writer.Settle(false));
  EXPECT_EQ(first_, "oldabcdef");
}

// A half that could not be cut off at once is, before anything is written behind it.
TEST_F(AofWriterTest, CutsOffAHalfBeforeItWritesAgain) {
  AofWriter writer(File(first_), 3, AofSync::kNever);
  disk_.writes = false;
  disk_.cuts = false;
  writer.Append("abcdef");
  EXPECT_FALSE(writer.Settle(false));
  disk_.writes = true;
  writer.Append("ghi");  // Wakes the thread, which may try at once.
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_TRUE(writer.GetState().write_error);
  EXPECT_EQ(writer.GetState().waiting_bytes, 9U);
  disk_.cuts = true;
  while (writer.GetState().failed()) std::this_thread::yield();
  EXPECT_TRUE(writer.Settle(false));
  EXPECT_EQ(first_, "oldabcdefghi");
}

TEST_F(AofWriterTest, SyncsWhatIsWrittenThoughNoMoreCanBe) {
  AofWriter writer(File(first_), 3, AofSync::kNever);
  writer.Append("a");
  EXPECT_TRUE(writer.Settle(false));
  disk_.writes = false;
  writer.Append("b");
  EXPECT_FALSE(writer.Settle(false));
  EXPECT_EQ(disk_.sync_calls, 0);
  writer.SetSync(AofSync::kAlways);
  for (int i = 0; i < 5000 && disk_.sync_calls == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_GT(disk_.sync_calls, 0);
  disk_.writes = true;
}

// No later sync makes good a failed one, not even one that succeeds: only another file does.
TEST_F(AofWriterTest, AFailedSyncIsFinalForItsFile) {
  AofWriter writer(File(first_), 3, AofSync::kEverySecond);
  disk_.syncs = false;
  writer.Append("a");
  EXPECT_FALSE(writer.Settle(true));
  EXPECT_TRUE(writer.GetState().sync_error);
  const int calls = disk_.sync_calls;
  disk_.syncs = true;
  writer.Append("b");
  EXPECT_FALSE(writer.Settle(true));
  EXPECT_EQ(disk_.sync_calls, calls) << "the file was synced again";
  writer.Forgive();
  EXPECT_TRUE(writer.GetState().sync_error) << "forgiven, though the file is still in use";

  writer.Follow(File(second_));
  writer.Append("c");
  while (writer.GetState().waiting_bytes > 0) std::this_thread::yield();
  EXPECT_TRUE(writer.Settle(true));
  EXPECT_TRUE(writer.GetState().sync_error) << "forgotten before a snapshot stands in for the file";
  writer.Forgive();
  EXPECT_FALSE(writer.GetState().failed());
  EXPECT_EQ(first_, "oldab");
  EXPECT_EQ(second_, "c");
}

TEST_F(AofWriterTest, SyncsAtTheEnd) {
  { AofWriter(File(first_), 3, AofSync::kNever).Append("a"); }
  EXPECT_EQ(disk_.sync_calls, 1);
  EXPECT_EQ(first_, "olda");
}

}  // namespace
}  // namespace thimble
