#include "server/script/script_runner.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;
using test::Request;

constexpr char kBusy[] =
    "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.\r\n";
constexpr char kSpin[] = "while true do end";

// A server whose time passes as it is looked at, so that a script is past its time soon.
class ScriptRunnerTest : public testing::Test {
 protected:
  ScriptRunnerTest() { server_.clock().set_step_us(20'000); }

  // Sends without waiting for an end.
  static void Begin(InProcessServer& server, InProcessClient& client,
                    std::initializer_list<std::string_view> args) {
    const std::string request = Request(args);
    ASSERT_EQ(send(client.fd(), request.data(), request.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(request.size()));
    for (int i = 0; i < 5; ++i) server.Turn();
    ASSERT_TRUE(server.services().scripts.runner.busy());
  }
  void Begin(InProcessClient& client, std::initializer_list<std::string_view> args) {
    Begin(server_, client, args);
  }

  InProcessServer server_{{"busy-reply-threshold", "100"}};
};

TEST_F(ScriptRunnerTest, OthersAreToldAndMayEndIt) {
  InProcessClient runner(server_);
  InProcessClient other(server_);
  Begin(runner, {"EVAL", kSpin, "0"});
  EXPECT_EQ(other.Call({"GET", "x"}), kBusy);
  EXPECT_EQ(other.Call({"FUNCTION", "KILL"}), kBusy);
  EXPECT_EQ(other.Call({"SCRIPT", "KILL"}), "+OK\r\n");
  EXPECT_EQ(runner.Pending().substr(0, 43), "-ERR Script killed by user with SCRIPT KILL");
  EXPECT_EQ(other.Call({"GET", "x"}), "$-1\r\n");
  EXPECT_EQ(other.Call({"SCRIPT", "KILL"}), "-NOTBUSY No scripts in execution right now.\r\n");
}

TEST_F(ScriptRunnerTest, WhatItsClientSendsWaits) {
  InProcessClient runner(server_);
  InProcessClient other(server_);
  Begin(runner, {"EVAL", kSpin, "0"});
  const std::string more = Request({"SET", "k", "v"}) + Request({"GET", "k"});
  ASSERT_GT(send(runner.fd(), more.data(), more.size(), MSG_NOSIGNAL), 0);
  for (int i = 0; i < 5; ++i) server_.Turn();
  EXPECT_TRUE(server_.services().scripts.runner.busy());
  EXPECT_EQ(other.Call({"SCRIPT", "KILL"}), "+OK\r\n");
  const std::string got = runner.Pending();
  EXPECT_EQ(got.substr(got.size() - 12), "+OK\r\n$1\r\nv\r\n");
}

TEST_F(ScriptRunnerTest, ItsClientMayGoAway) {
  InProcessClient other(server_);
  std::optional<InProcessClient> runner(server_);
  Begin(*runner, {"EVAL", kSpin, "0"});
  runner.reset();
  EXPECT_EQ(other.Call({"GET", "x"}), kBusy);
  EXPECT_EQ(other.Call({"SCRIPT", "KILL"}), "+OK\r\n");
  EXPECT_EQ(other.Call({"GET", "x"}), "$-1\r\n");
  EXPECT_EQ(server_.services().clients.size(), 1U);
}

TEST_F(ScriptRunnerTest, OneThatWroteIsNotEndedButEnds) {
  InProcessClient runner(server_);
  InProcessClient other(server_);
  Begin(runner,
        {"EVAL", "redis.call('SET', 'k', 'v') for i = 1, 3e6 do end return redis.call('GET', 'k')",
         "0"});
  EXPECT_EQ(other.Call({"SCRIPT", "KILL"}).substr(0, 11), "-UNKILLABLE");
  while (server_.services().scripts.runner.busy()) server_.Turn();
  EXPECT_EQ(runner.Pending(), "$1\r\nv\r\n");
}

TEST_F(ScriptRunnerTest, ATransactionIsLeftInItsMiddle) {
  InProcessClient runner(server_);
  InProcessClient other(server_);
  EXPECT_EQ(runner.Call({"MULTI"}), "+OK\r\n");
  EXPECT_EQ(runner.Call({"SET", "k", "1"}), "+QUEUED\r\n");
  EXPECT_EQ(runner.Call({"EVAL", kSpin, "0"}), "+QUEUED\r\n");
  EXPECT_EQ(runner.Call({"INCR", "k"}), "+QUEUED\r\n");
  Begin(runner, {"EXEC"});
  EXPECT_EQ(other.Call({"GET", "k"}), kBusy);
  EXPECT_EQ(other.Call({"SCRIPT", "KILL"}), "+OK\r\n");
  const std::string got = runner.Pending();
  EXPECT_EQ(got.substr(0, 4), "*3\r\n");
  EXPECT_EQ(got.substr(got.size() - 4), ":2\r\n");
  EXPECT_EQ(other.Call({"GET", "k"}), "$1\r\n2\r\n");
}

TEST_F(ScriptRunnerTest, ATransactionsClientMayGoAway) {
  InProcessClient other(server_);
  std::optional<InProcessClient> runner(server_);
  EXPECT_EQ(runner->Call({"MULTI"}), "+OK\r\n");
  EXPECT_EQ(runner->Call({"EVAL", kSpin, "0"}), "+QUEUED\r\n");
  EXPECT_EQ(runner->Call({"SET", "after", "1"}), "+QUEUED\r\n");
  Begin(*runner, {"EXEC"});
  runner.reset();
  EXPECT_EQ(other.Call({"SCRIPT", "KILL"}), "+OK\r\n");
  EXPECT_EQ(other.Call({"GET", "after"}), "$1\r\n1\r\n");
}

TEST_F(ScriptRunnerTest, NothingExpiresMeanwhile) {
  InProcessClient runner(server_);
  InProcessClient other(server_);
  EXPECT_EQ(other.Call({"SET", "k", "v", "PX", "100000"}), "+OK\r\n");
  Begin(runner, {"EVAL", kSpin, "0"});
  server_.clock().AdvanceMs(200'000);
  for (int i = 0; i < 20; ++i) server_.Turn();
  EXPECT_EQ(server_.services().databases[0].size(), 1U);
  EXPECT_EQ(other.Call({"SCRIPT", "KILL"}), "+OK\r\n");
}

TEST_F(ScriptRunnerTest, AScriptSeesOneTimeThoughTheLoopTurns) {
  InProcessClient runner(server_);
  InProcessClient other(server_);
  Begin(runner, {"EVAL",
                 "redis.call('SET', 'k', 'v', 'PX', '5') for i = 1, 3e6 do end "
                 "return redis.call('PTTL', 'k')",
                 "0"});
  EXPECT_EQ(other.Call({"GET", "k"}), kBusy);
  while (server_.services().scripts.runner.busy()) server_.Turn();
  EXPECT_EQ(runner.Pending(), ":5\r\n");
  EXPECT_EQ(other.Call({"GET", "k"}), "$-1\r\n");
}

// Each instruction of these takes as long as thousands of others.
TEST(ScriptRunnerPaceTest, LongInstructionsAreWatchedTheOftener) {
  InProcessServer server{{"busy-reply-threshold", "1"}};
  InProcessClient runner(server);
  InProcessClient other(server);
  other.Call({"EVAL", "for i = 1, 4000 do redis.call('SADD', 'members', i .. 'm') end", "0"});
  server.clock().set_step_us(2'000);
  for (const char* script :
       {"local s = string.rep('x', 1e6) while true do s = s:upper() end",
        "local s = string.rep('x', 1e6) while true do local t = s .. 'y' end",
        "local s = string.rep('x', 1e6) while true do redis.sha1hex(s) end",
        "redis.call('SMEMBERS', 'members') while true do redis.call('SMEMBERS', 'members') end"}) {
    const std::string request = Request({"EVAL", script, "0"});
    ASSERT_GT(send(runner.fd(), request.data(), request.size(), MSG_NOSIGNAL), 0);
    for (int i = 0; i < 5; ++i) server.Turn();
    EXPECT_TRUE(server.services().scripts.runner.busy()) << script;
    for (int i = 0; i < 20; ++i) server.Turn();
    EXPECT_EQ(other.Call({"SCRIPT", "KILL"}), "+OK\r\n") << script;
    EXPECT_EQ(runner.Pending().substr(0, 18), "-ERR Script killed") << script;
  }
}

TEST(ScriptRunnerEndTest, TheServerMayEndWithOneInItsMiddle) {
  InProcessServer server{{"busy-reply-threshold", "100"}};
  server.clock().set_step_us(20'000);
  InProcessClient runner(server);
  InProcessClient other(server);
  const std::string request =
      Request({"EVAL", "redis.call('SET', 'k', 'v') while true do end", "0"});
  ASSERT_GT(send(runner.fd(), request.data(), request.size(), MSG_NOSIGNAL), 0);
  for (int i = 0; i < 5; ++i) server.Turn();
  ASSERT_TRUE(server.services().scripts.runner.busy());
  EXPECT_EQ(other.Call({"SHUTDOWN"}), kBusy);
  server.services().scripts.runner.Stop();
  EXPECT_FALSE(server.services().scripts.runner.busy());
}

}  // namespace
}  // namespace thimble
