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

}  // namespace
}  // namespace thimble
