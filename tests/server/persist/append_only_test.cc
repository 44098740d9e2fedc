// What the log makes of its files, one step at a time.
#include "server/persist/append_only.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/fragile_files.h"
#include "tests/support/in_process_server.h"
#include "tests/support/logging_server.h"

namespace thimble {
namespace {

using test::FragileFiles;
using test::InProcessClient;
using test::LoggingServer;

constexpr const char* kFolder = "appendonlydir";

uint64_t BytesOf(FragileFiles& files) {
  uint64_t bytes = 0;
  for (const std::string& name : files.List(kFolder)) {
    if (name != "appendonly.aof.manifest") bytes += files.FactsOf(kFolder + ("/" + name))->bytes;
  }
  return bytes;
}

TEST(AppendOnlyTest, CountsWhatTheThreadHasNotWrittenYet) {
  FragileFiles files;
  LoggingServer logging(files, "everysec", true);
  ASSERT_TRUE(logging.Start());
  InProcessClient client(logging.server());
  for (const int round : {1, 2}) {
    client.Call({"incr", "n"});
    {
      const auto held = files.HoldIncrements();
      ASSERT_TRUE(logging.Rewrite(false, [&] {
        client.Call({"incr", "n"});
        logging.HandOver();
      }));
    }
    ASSERT_TRUE(logging.Settle());
    EXPECT_EQ(logging.bytes(), BytesOf(files)) << "rewriting " << round;
  }
}

TEST(AppendOnlyTest, LeavesNoIncrementItCannotUse) {
  for (const size_t call : {2, 3}) {  // Behind the sync of the working directory.
    FragileFiles files;
    LoggingServer logging(files, "everysec", true);
    files.FailAt(call, 1);
    EXPECT_FALSE(logging.Begin(true));
    EXPECT_TRUE(files.List(kFolder).empty()) << "call " << call;
  }
}

// The thread may still write to the one of the try before.
TEST(AppendOnlyTest, BeginsNoIncrementInOneThatIsInUse) {
  FragileFiles files;
  LoggingServer logging(files, "everysec", true);
  InProcessClient client(logging.server());
  EXPECT_FALSE(logging.Rewrite(true, [&] { files.FailAt(1, 1); }));
  client.Call({"incr", "n"});
  ASSERT_TRUE(logging.Settle());
  const uint64_t bytes = BytesOf(files);
  ASSERT_GT(bytes, 0U);
  files.FailAt(1, 1);  // It cannot be removed.
  EXPECT_FALSE(logging.Begin(true));
  EXPECT_EQ(BytesOf(files), bytes);
  EXPECT_TRUE(logging.Rewrite(true));
}

// What a killed server had written and not synced is shown after the start, so it must stay.
TEST(AppendOnlyTest, SyncsWhatItFinds) {
  for (uint64_t seed = 0; seed < 8; ++seed) {
    FragileFiles files;
    { ASSERT_TRUE(LoggingServer(files, "no", true).Start()); }
    std::error_code error;
    files.OpenToWrite("appendonlydir/appendonly.aof.1.incr.aof", Files::Mode::kAppend, error)
        ->Write("*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n");
    for (const bool behind_a_power_cut : {false, true}) {
      Random random(seed);
      if (behind_a_power_cut) files.Restart(random);
      LoggingServer logging(files, "no", true);
      ASSERT_TRUE(logging.Start());
      files.ForgetSyncs(true, true);  // Those at the end would do it too.
      InProcessClient client(logging.server());
      EXPECT_EQ(logging.Count(client), 1) << seed << behind_a_power_cut;
    }
  }
}

TEST(AppendOnlyTest, StartsOnNothingItCannotSync) {
  FragileFiles files;
  {
    LoggingServer logging(files, "no", true);
    ASSERT_TRUE(logging.Start() && logging.Begin(false));
  }
  for (const size_t call : {2, 3, 4, 5}) {  // Opens the last increment, syncs base and increments.
    LoggingServer logging(files, "no", true);
    files.FailAt(call, 1);
    EXPECT_FALSE(logging.Start()) << "call " << call;
  }
  EXPECT_TRUE(LoggingServer(files, "no", true).Start());
}

TEST(AppendOnlyTest, WritesNoManifestItCannotRead) {
  FragileFiles files;
  std::error_code error;
  files.OpenToWrite("appendonlydir/a", Files::Mode::kReplace, error);
  files.OpenToWrite("appendonlydir/appendonly.aof.manifest", Files::Mode::kReplace, error)
      ->Write("file a seq 9223372036854775807 type i\n");
  for (const int round : {1, 2}) {
    LoggingServer logging(files, "no", true);
    ASSERT_TRUE(logging.Start()) << round;
    EXPECT_FALSE(logging.Rewrite()) << round;
  }
}

}  // namespace
}  // namespace thimble
