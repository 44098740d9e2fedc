// Deadlines seen through commands, with a clock that the test moves.

#include <filesystem>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "server/stats/statistics.h"
#include "tests/support/in_process_server.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;
using test::Request;

TEST(ExpiryTest, KeyIsThereUntilAfterItsDeadline) {
  InProcessServer server;
  InProcessClient client(server);
  EXPECT_EQ(client.Call({"SET", "a", "1", "PX", "1000"}), "+OK\r\n");
  server.clock().AdvanceMs(999);
  EXPECT_EQ(client.Exchange(Request({"GET", "a"}) + Request({"PTTL", "a"})), "$1\r\n1\r\n:1\r\n");
  server.clock().AdvanceMs(2);
  EXPECT_EQ(client.Call({"DBSIZE"}), ":1\r\n") << "nobody met it yet";
  EXPECT_EQ(client.Call({"GET", "a"}), "$-1\r\n");
  EXPECT_EQ(client.Call({"DBSIZE"}), ":0\r\n");
  EXPECT_EQ(server.services().environment.statistics.expired_keys, 1U);
}

// A command sees one time: a key that goes by itself in its middle, it has or has not.
TEST(ExpiryTest, NoKeyExpiresInTheMiddleOfACommand) {
  const auto outcome = [](const std::string& command, int64_t left_ms, int64_t step_us) {
    InProcessServer server;
    InProcessClient client(server);
    client.Exchange("sadd a 1 2 3\nsadd b 3 4\nset s 5\nhset h f 1\n");
    for (const char* const key : {"a", "s", "h"}) {
      client.Call({"PEXPIRE", key, std::to_string(left_ms)});
    }
    server.clock().set_step_us(step_us);
    const std::string reply = client.Exchange(command + "\n");
    server.clock().set_step_us(0);
    server.clock().AdvanceMs(100);  // What kept its deadline is gone.
    return reply + client.Exchange("smembers a\nsmembers d\nmget s d\nhgetall h\nhgetall d\n");
  };
  for (const std::string command : {"spop a 1",
                                    "spop a 3",
                                    "spop a",
                                    "dump a",
                                    "sunionstore a a b",
                                    "sdiffstore a a b",
                                    "sinterstore d a b",
                                    "smove a d 1",
                                    "smove b a 4",
                                    "srandmember a -3",
                                    "rename a d",
                                    "renamenx a d",
                                    "copy a d",
                                    "move a 1",
                                    "set s 6 get",
                                    "set s 6 keepttl",
                                    "set s 6 xx",
                                    "set s 6 nx",
                                    "getset s 6",
                                    "getex s persist",
                                    "getdel s",
                                    "append s 1",
                                    "setrange s 1 7",
                                    "incr s",
                                    "incrbyfloat s 1",
                                    "msetnx s 1 t 1",
                                    "hincrby h f 1",
                                    "hincrbyfloat h f 1",
                                    "hsetnx h f 2",
                                    "hset h g 1",
                                    "hrandfield h 1",
                                    "persist a",
                                    "pexpire a 1000 gt",
                                    "pexpire a 1000 xx",
                                    "object encoding a",
                                    "type a",
                                    "exists a a",
                                    "touch a a",
                                    "sintercard 2 a a",
                                    "sinter a a",
                                    "sort_ro a by nosort",
                                    "debug object a"}) {
    const std::string with = outcome(command, 50, 0);
    const std::string without = outcome(command, -1, 0);
    for (int64_t left_ms = 0; left_ms < 30; left_ms += kSanitized ? 5 : 1) {
      const std::string met = outcome(command, left_ms, 1000);
      EXPECT_TRUE(met == with || met == without)
          << command << " with " << left_ms << " ms left: " << met << "\nwith " << with
          << "\nwithout " << without;
    }
  }
}

TEST(ExpiryTest, EveryCommandMeetsAnExpiredKeyAsMissing) {
  InProcessServer server;
  InProcessClient client(server);
  const auto expired = [&](std::string_view kind) {
    client.Call({"FLUSHALL"});
    if (kind == "string") client.Call({"SET", "k", "1"});
    if (kind == "hash") client.Call({"HSET", "k", "f", "1"});
    if (kind == "set") client.Call({"SADD", "k", "m"});
    client.Call({"PEXPIRE", "k", "10"});
    server.clock().AdvanceMs(20);
  };
  for (const std::string_view kind : {"string", "hash", "set"}) {
    for (const auto& [request, reply] : std::initializer_list<std::pair<std::string, std::string>>{
             {Request({"EXISTS", "k"}), ":0\r\n"},
             {Request({"TYPE", "k"}), "+none\r\n"},
             {Request({"TTL", "k"}), ":-2\r\n"},
             {Request({"HSET", "k", "f", "1"}), ":1\r\n"},
             {Request({"SADD", "k", "x"}), ":1\r\n"},
             {Request({"INCR", "k"}), ":1\r\n"},
             {Request({"HGETALL", "k"}), "*0\r\n"},
             {Request({"SMEMBERS", "k"}), "*0\r\n"},
             {Request({"RENAME", "k", "x"}), "-ERR no such key\r\n"},
             {Request({"COPY", "k", "x"}), ":0\r\n"},
             {Request({"MOVE", "k", "1"}), ":0\r\n"},
             {Request({"PERSIST", "k"}), ":0\r\n"},
             {Request({"DEL", "k"}), ":0\r\n"},
             {Request({"UNLINK", "k"}), ":0\r\n"},
             {Request({"KEYS", "*"}), "*0\r\n"},
             {Request({"SCAN", "0"}), "*2\r\n$1\r\n0\r\n*0\r\n"},
             {Request({"RANDOMKEY"}), "$-1\r\n"},
             {Request({"SINTERCARD", "1", "k"}), ":0\r\n"},
             {Request({"SUNIONSTORE", "d", "k"}), ":0\r\n"},
             {Request({"OBJECT", "ENCODING", "k"}), "$-1\r\n"},
             {Request({"MEMORY", "USAGE", "k"}), "$-1\r\n"},
             {Request({"SORT", "k"}), "*0\r\n"}}) {
      expired(kind);
      EXPECT_EQ(client.Exchange(request), reply) << kind << " " << request;
    }
  }
  EXPECT_EQ(server.CheckInvariants(), std::nullopt);
}

TEST(ExpiryTest, ClockGoesOnInsideABatch) {
  InProcessServer server;
  InProcessClient client(server);
  EXPECT_EQ(client.Exchange(Request({"SET", "a", "1"}) + Request({"PEXPIREAT", "a", "1"}) +
                            Request({"EXISTS", "a"})),
            "+OK\r\n:1\r\n:0\r\n");
}

TEST(ExpiryTest, PausedWritersKeepExpiredKeysInPlace) {
  InProcessServer server;
  InProcessClient client(server);
  client.Call({"SET", "a", "1", "PX", "10"});
  client.Call({"CLIENT", "PAUSE", "100000", "WRITE"});
  server.clock().AdvanceMs(20);
  EXPECT_EQ(client.Call({"GET", "a"}), "$-1\r\n");
  EXPECT_EQ(client.Call({"DBSIZE"}), ":1\r\n");
  client.Call({"CLIENT", "UNPAUSE"});
  EXPECT_EQ(client.Call({"GET", "a"}), "$-1\r\n");
  EXPECT_EQ(client.Call({"DBSIZE"}), ":0\r\n");
}

// --- What the server does by itself ----------------------------------------------------------

class UpkeepTest : public testing::Test {
 public:
  ~UpkeepTest() override { std::filesystem::remove(path_); }

 protected:
  UpkeepTest()
      : path_("/tmp/thimble-upkeep-" + std::to_string(getpid()) + ".sock"),
        server_({{"port", "0"}, {"unixsocket", path_}, {"hz", "500"}, {"timeout", "10"}}) {
    THIMBLE_CHECK(server_->Start().ok());
  }

  // Lets real time pass, for timers, until `condition` or ten seconds.
  bool Eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 10'000 && !condition(); ++i) {
      server_.Turn();
      usleep(1000);
    }
    return condition();
  }

  std::string path_;
  InProcessServer server_;
};

TEST_F(UpkeepTest, ExpiresWhatNobodyMeets) {
  InProcessClient client(server_);
  for (int i = 0; i < 3000; ++i) client.Call({"SET", std::to_string(i), "1", "EX", "5"});
  client.Exchange(Request({"SET", "stays", "1"}) + Request({"SELECT", "7"}) +
                  Request({"HSET", "h", "f", "1"}) + Request({"EXPIRE", "h", "5"}));
  Databases& databases = server_.services().databases;
  EXPECT_EQ(databases[0].size(), 3001U);
  server_.clock().AdvanceMs(6000);
  EXPECT_TRUE(Eventually([&] { return databases[0].size() == 1 && databases[7].size() == 0; }));
  EXPECT_EQ(server_.services().environment.statistics.expired_keys, 3001U);
  EXPECT_EQ(server_.CheckInvariants(), std::nullopt);
}

TEST_F(UpkeepTest, ActiveExpiryCanBeStopped) {
  InProcessClient client(server_);
  client.Call({"SET", "a", "1", "EX", "5"});
  server_->SetActiveExpiry(false);
  server_.clock().AdvanceMs(6000);
  for (int i = 0; i < 50; ++i) {
    server_.Turn();
    usleep(1000);
  }
  Databases& databases = server_.services().databases;
  EXPECT_EQ(databases[0].size(), 1U);
  server_->SetActiveExpiry(true);
  EXPECT_TRUE(Eventually([&] { return databases[0].size() == 0; }));
}

TEST_F(UpkeepTest, SoftOutputLimitNeedsItsTime) {
  InProcessClient client(server_);
  client.Call({"CONFIG", "SET", "client-output-buffer-limit", "normal 0 100kb 5"});
  client.Call({"SET", "a", std::string(2 << 20, 'x')});
  const std::string read = Request({"GET", "a"});
  send(client.fd(), read.data(), read.size(), MSG_NOSIGNAL);
  server_.Turn();
  server_.Turn();
  server_.clock().AdvanceMs(4900);
  const ServerStatistics& statistics = server_.services().statistics;
  for (int i = 0; i < 1500; ++i) {
    server_.Turn();
    usleep(1000);
  }
  EXPECT_EQ(statistics.output_buffer_disconnections, 0U);
  server_.clock().AdvanceMs(200);
  EXPECT_TRUE(Eventually([&] { return statistics.output_buffer_disconnections == 1; }));
}

TEST_F(UpkeepTest, MonitorsThatDoNotReadAreLetGo) {
  InProcessClient client(server_);
  client.Call({"CONFIG", "SET", "client-output-buffer-limit", "normal 100kb 0 0"});
  InProcessClient monitor(server_);
  monitor.Call({"MONITOR"});
  const std::string large(50'000, 'x');
  for (int i = 0; i < 20; ++i) client.Call({"ECHO", large});
  const ServerStatistics& statistics = server_.services().statistics;
  EXPECT_TRUE(Eventually([&] { return statistics.output_buffer_disconnections == 1; }));
  EXPECT_EQ(server_.services().clients.size(), 1U);
}

TEST_F(UpkeepTest, IdleClientsGo) {
  InProcessClient idle(server_);
  InProcessClient monitor(server_);
  monitor.Call({"MONITOR"});
  server_.clock().AdvanceMs(9000);
  InProcessClient busy(server_);
  EXPECT_EQ(busy.Call({"PING"}), "+PONG\r\n");
  server_.clock().AdvanceMs(2000);
  Clients& clients = server_.services().clients;
  EXPECT_TRUE(Eventually([&] { return clients.size() == 2; }));
  idle.Pending();
  EXPECT_TRUE(idle.closed());
  EXPECT_EQ(busy.Call({"PING"}), "+PONG\r\n");
}

}  // namespace
}  // namespace thimble
