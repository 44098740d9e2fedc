#include "server/command/dispatcher.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/stats/statistics.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;
using test::Request;

constexpr std::string_view kNoAuthentication = "-NOAUTH Authentication required.\r\n";

// --- Batches -----------------------------------------------------------------------------------

// A stream of requests that depend on each other: same keys, other databases, renames, wrong types,
// deletes of the key in use.
std::vector<std::string> DependentRequests(Random& random, int count) {
  std::vector<std::string> requests;
  const auto pick = [&](std::initializer_list<const char*> words) {
    return std::string(words.begin()[random.Below(words.size())]);
  };
  while (requests.size() < static_cast<size_t>(count)) {
    const std::string key = pick({"a", "b", "c"});
    const std::string field = pick({"f", "g", "12", ""});
    switch (random.Below(16)) {
      case 0:
        requests.push_back(Request({"SET", key, field}));
        break;
      case 1:
        requests.push_back(Request({"GET", key}));
        break;
      case 2:
        requests.push_back(Request({"HSET", key, field, "1"}));
        break;
      case 3:
        requests.push_back(Request({"HINCRBY", key, field, "7"}));
        break;
      case 4:
        requests.push_back(Request({"HGETALL", key}));
        break;
      case 5:
        requests.push_back(Request({"SADD", key, field, "x"}));
        break;
      case 6:
        requests.push_back(Request({"SISMEMBER", key, field}));
        break;
      case 7:
        requests.push_back(Request({"DEL", key}));
        break;
      case 8:
        requests.push_back(Request({"RENAME", key, pick({"a", "b"})}));
        break;
      case 9:
        requests.push_back(Request({"SELECT", pick({"0", "1"})}));
        break;
      case 10:
        requests.push_back(Request({"SWAPDB", "0", "1"}));
        break;
      case 11:
        requests.push_back(Request({"SPOP", key}));
        break;
      case 12:
        requests.push_back(Request({"HDEL", key, field}));
        break;
      case 13:
        requests.push_back("get \"" + key + "\"\r\n");
        break;
      case 14:
        requests.push_back(Request({"HGET", key, field}));
        break;
      default:
        requests.push_back(Request({pick({"FLUSHALL", "RESET", "nosuch", "PING"})}));
    }
  }
  return requests;
}

TEST(DispatcherTest, BatchesOfAnySizeAnswerAsOneByOne) {
  for (const uint64_t seed : {1, 2, 3, 4, 5}) {
    Random random(seed);
    const std::vector<std::string> requests = DependentRequests(random, 600);
    std::string one_by_one;
    {
      InProcessServer server({}, seed);
      InProcessClient client(server);
      for (const std::string& request : requests) one_by_one += client.Exchange(request);
      EXPECT_EQ(server.CheckInvariants(), std::nullopt);
    }
    InProcessServer server({}, seed);
    InProcessClient client(server);
    std::string batched;
    for (size_t at = 0; at < requests.size();) {
      std::string batch;
      const size_t size = 1 + random.Below(100);
      for (size_t i = 0; i < size && at < requests.size(); ++i) batch += requests[at++];
      // Cut somewhere: the second packet begins inside a request.
      const size_t cut = random.Below(batch.size());
      batched += client.Exchange(batch.substr(0, cut));
      batched += client.Exchange(batch.substr(cut));
    }
    EXPECT_EQ(batched, one_by_one);
    EXPECT_EQ(server.CheckInvariants(), std::nullopt);
  }
}

TEST(DispatcherTest, QuotedInlineRequestsBetweenMultibulks) {
  InProcessServer server;
  InProcessClient client(server);
  EXPECT_EQ(client.Exchange(Request({"SET", "a b", "1"}) + "GET \"a b\"\r\n" +
                            "SET 'c d' \"x\\r\\ny\"\r\n" + Request({"GET", "c d"}) +
                            "\r\n*0\r\n*-1\r\n" + "ECHO \"\\x41\"\r\n" + Request({"ECHO", "z"})),
            "+OK\r\n$1\r\n1\r\n+OK\r\n$4\r\nx\r\ny\r\n$1\r\nA\r\n$1\r\nz\r\n");
}

TEST(DispatcherTest, ErrorInTheStreamComesAfterTheRepliesBeforeIt) {
  InProcessServer server;
  InProcessClient client(server);
  EXPECT_EQ(client.Exchange(Request({"SET", "a", "1"}) + Request({"INCR", "a"}) + "*1\r\nPING\r\n" +
                            Request({"FLUSHALL"})),
            "+OK\r\n:2\r\n-ERR Protocol error: expected '$', got 'P'\r\n");
  EXPECT_TRUE(client.closed());
  InProcessClient other(server);
  EXPECT_EQ(other.Call({"GET", "a"}), "$1\r\n2\r\n");
}

TEST(DispatcherTest, QuitEndsTheBatch) {
  InProcessServer server;
  InProcessClient client(server);
  EXPECT_EQ(client.Exchange(Request({"SET", "a", "1"}) + Request({"QUIT"}) + Request({"DEL", "a"})),
            "+OK\r\n+OK\r\n");
  EXPECT_TRUE(client.closed());
  InProcessClient other(server);
  EXPECT_EQ(other.Call({"EXISTS", "a"}), ":1\r\n");
}

TEST(DispatcherTest, HttpIsHungUpOn) {
  for (const std::string_view line : {"POST / HTTP/1.1\r\n", "Host: localhost\r\n"}) {
    InProcessServer server;
    InProcessClient client(server);
    EXPECT_EQ(client.Exchange(std::string(line) + "SET a 1\r\n"), "");
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(server.services().databases[0].size(), 0U);
  }
}

// --- CLIENT REPLY ------------------------------------------------------------------------------

TEST(DispatcherTest, ReplyModes) {
  InProcessServer server;
  InProcessClient client(server);
  const std::string ping = Request({"PING"});
  EXPECT_EQ(client.Exchange(Request({"CLIENT", "REPLY", "OFF"}) + ping + Request({"nosuch"}) +
                            Request({"CLIENT", "REPLY", "ON"}) + ping),
            "+OK\r\n+PONG\r\n");
  EXPECT_EQ(client.Exchange(Request({"CLIENT", "REPLY", "SKIP"}) + ping + Request({"ECHO", "x"})),
            "$1\r\nx\r\n");
  EXPECT_EQ(client.Exchange(Request({"CLIENT", "REPLY", "SKIP"}) +
                            Request({"CLIENT", "REPLY", "SKIP"}) + ping + ping),
            "+PONG\r\n");
  EXPECT_EQ(client.Exchange(Request({"CLIENT", "REPLY", "OFF"}) +
                            Request({"CLIENT", "REPLY", "SKIP"}) + ping + ping),
            "");
}

// --- Logging in --------------------------------------------------------------------------------

TEST(DispatcherTest, LoginLiftsLimitsInTheMiddleOfABatch) {
  InProcessServer server({{"requirepass", "secret"}});
  const std::string large(20000, 'x');
  InProcessClient client(server);
  const std::string reply = client.Exchange(
      Request({"GET", "a"}) + Request({"AUTH", "secret"}) + Request({"SET", "a", large}) +
      Request({"MGET", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}) +
      Request({"STRLEN", "a"}));
  EXPECT_TRUE(reply.starts_with(std::string(kNoAuthentication) + "+OK\r\n+OK\r\n*11\r\n$-1"));
  EXPECT_TRUE(reply.ends_with(":20000\r\n"));
}

TEST(DispatcherTest, LimitsBeforeLogin) {
  InProcessServer server({{"requirepass", "secret"}});
  InProcessClient many(server);
  EXPECT_EQ(many.Exchange("*11\r\n"), "-ERR Protocol error: unauthenticated multibulk length\r\n");
  EXPECT_TRUE(many.closed());
  InProcessClient large(server);
  EXPECT_EQ(large.Exchange("*2\r\n$4\r\nAUTH\r\n$16385\r\n"),
            "-ERR Protocol error: unauthenticated bulk length\r\n");
  EXPECT_TRUE(large.closed());
  InProcessClient within(server);
  EXPECT_EQ(within.Call({"AUTH", "secret"}), "+OK\r\n");
}

TEST(DispatcherTest, ResetLowersLimitsForWhatFollows) {
  InProcessServer server({{"requirepass", "secret"}});
  InProcessClient client(server);
  const std::string reply =
      client.Exchange(Request({"AUTH", "secret"}) + Request({"RESET"}) + Request({"GET", "a"}) +
                      Request({"SET", "a", std::string(20000, 'x')}));
  EXPECT_EQ(reply, "+OK\r\n+RESET\r\n" + std::string(kNoAuthentication) +
                       "-ERR Protocol error: unauthenticated bulk length\r\n");
  EXPECT_TRUE(client.closed());
}

TEST(DispatcherTest, ArityComesBeforeLogin) {
  InProcessServer server({{"requirepass", "secret"}});
  InProcessClient client(server);
  EXPECT_EQ(client.Call({"GET"}), "-ERR wrong number of arguments for 'get' command\r\n");
  EXPECT_EQ(client.Call({"GET", "a"}), kNoAuthentication);
  EXPECT_TRUE(client.Call({"nosuch"}).starts_with("-ERR unknown command 'nosuch'"));
}

// --- Pausing -----------------------------------------------------------------------------------

TEST(DispatcherTest, PausedWritesWaitInOrder) {
  InProcessServer server;
  InProcessClient client(server);
  InProcessClient admin(server);
  EXPECT_EQ(admin.Call({"CLIENT", "PAUSE", "100000", "WRITE"}), "+OK\r\n");
  EXPECT_EQ(
      client.Exchange(Request({"GET", "a"}) + Request({"SET", "a", "1"}) + Request({"GET", "a"})),
      "$-1\r\n");
  EXPECT_EQ(client.Exchange(Request({"INCR", "a"})), "");
  EXPECT_EQ(admin.Call({"GET", "a"}), "$-1\r\n");
  EXPECT_EQ(admin.Call({"CLIENT", "UNPAUSE"}), "+OK\r\n");
  EXPECT_EQ(client.Pending(), "+OK\r\n$1\r\n1\r\n:2\r\n");
}

TEST(DispatcherTest, PausedClientThatLeavesTakesItsCommandsAlong) {
  InProcessServer server;
  InProcessClient admin(server);
  EXPECT_EQ(admin.Call({"CLIENT", "PAUSE", "100000", "WRITE"}), "+OK\r\n");
  {
    InProcessClient client(server);
    EXPECT_EQ(client.Call({"SET", "a", "1"}), "");
  }
  EXPECT_EQ(admin.Call({"CLIENT", "UNPAUSE"}), "+OK\r\n");
  EXPECT_EQ(admin.Call({"EXISTS", "a"}), ":0\r\n");
}

// --- Limits ------------------------------------------------------------------------------------

TEST(DispatcherTest, QueryBufferLimitClosesTheClient) {
  InProcessServer server({{"client-query-buffer-limit", "1mb"}});
  InProcessClient client(server);
  client.Exchange("*2\r\n$3\r\nGET\r\n$3000000\r\n" + std::string(2'000'000, 'x'));
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(server.services().statistics.query_buffer_disconnections, 1U);
}

TEST(DispatcherTest, OutputLimitClosesTheClient) {
  InProcessServer server({{"client-output-buffer-limit", "normal 100kb 0 0"}});
  InProcessClient client(server);
  EXPECT_EQ(client.Call({"SET", "a", std::string(50'000, 'x')}), "+OK\r\n");
  std::string reads;
  for (int i = 0; i < 1000; ++i) reads += Request({"GET", "a"});
  send(client.fd(), reads.data(), reads.size(), MSG_NOSIGNAL);
  for (int i = 0; i < 20; ++i) server.Turn();  // Nobody reads.
  EXPECT_EQ(server.services().statistics.output_buffer_disconnections, 1U);
  InProcessClient other(server);
  EXPECT_EQ(other.Call({"PING"}), "+PONG\r\n");
}

TEST(DispatcherTest, StrangersWhoDoNotReadAreLetGo) {
  InProcessServer server({{"requirepass", "secret"}});
  InProcessClient client(server);
  std::string requests;
  for (int i = 0; i < 50; ++i) requests += Request({"GET", "a"});
  const ServerStatistics& statistics = server.services().statistics;
  for (int i = 0; i < 2000 && statistics.output_buffer_disconnections == 0; ++i) {
    send(client.fd(), requests.data(), requests.size(), MSG_NOSIGNAL);
    server.Turn();
    server.Turn();
  }
  EXPECT_EQ(statistics.output_buffer_disconnections, 1U);
}

TEST(DispatcherTest, ErrorsAreCountedByPrefix) {
  InProcessServer server;
  InProcessClient client(server);
  client.Exchange(Request({"SET", "a", "1"}) + Request({"HGET", "a", "f"}) + Request({"GET"}) +
                  Request({"nosuch"}) + Request({"INCRBY", "a", "x"}));
  const ServerStatistics& statistics = server.services().statistics;
  EXPECT_EQ(statistics.error_replies, 4U);
  EXPECT_EQ(statistics.errors_by_prefix.at("ERR"), 3U);
  EXPECT_EQ(statistics.errors_by_prefix.at("WRONGTYPE"), 1U);
  const auto& commands = statistics.commands;
  const CommandRegistry& registry = server.services().registry;
  EXPECT_EQ(commands[registry.Find("get")->id].rejected_calls, 1U);
  EXPECT_EQ(commands[registry.Find("hget")->id].failed_calls, 1U);
  EXPECT_EQ(commands[registry.Find("incrby")->id].failed_calls, 1U);
}

// --- Memory ------------------------------------------------------------------------------------

constexpr std::string_view kOutOfMemory =
    "-OOM command not allowed when used memory > 'maxmemory'.\r\n";

TEST(DispatcherTest, AboveMaxmemoryOnlyWhatMayGrowIsRefused) {
  InProcessServer server;
  InProcessClient client(server);
  client.Exchange(Request({"SET", "a", "1"}) + Request({"HSET", "h", "f", "1", "g", "1"}) +
                  Request({"SADD", "s", "m", "n"}));
  EXPECT_EQ(client.Call({"CONFIG", "SET", "maxmemory", "100"}), "+OK\r\n");
  for (const std::string& refused :
       {Request({"SET", "b", "1"}), Request({"HSET", "h", "x", "1"}), Request({"SADD", "s", "x"}),
        Request({"INCR", "a"}), Request({"COPY", "a", "b"}), Request({"SINTERSTORE", "d", "s"}),
        Request({"APPEND", "a", "x"}), Request({"HINCRBY", "h", "f", "1"})}) {
    EXPECT_EQ(client.Exchange(refused), kOutOfMemory);
  }
  EXPECT_EQ(client.Call({"GET", "a"}), "$1\r\n1\r\n");
  EXPECT_EQ(client.Call({"HDEL", "h", "f"}), ":1\r\n");
  EXPECT_EQ(client.Call({"SREM", "s", "m"}), ":1\r\n");
  EXPECT_EQ(client.Call({"EXPIRE", "a", "100"}), ":1\r\n");
  EXPECT_EQ(client.Call({"SPOP", "s"}), "$1\r\nn\r\n");
  EXPECT_EQ(client.Call({"RENAME", "a", "b"}), "+OK\r\n");
  EXPECT_EQ(client.Call({"DEL", "b"}), ":1\r\n");
  EXPECT_EQ(client.Call({"SET", "b"}), "-ERR wrong number of arguments for 'set' command\r\n");
  EXPECT_EQ(server.services().statistics.errors_by_prefix.at("OOM"), 8U);
  EXPECT_EQ(client.Call({"CONFIG", "SET", "maxmemory", "0"}), "+OK\r\n");
  EXPECT_EQ(client.Call({"SET", "b", "1"}), "+OK\r\n");
}

TEST(DispatcherTest, EvictionPoliciesRefuseAsWell) {
  InProcessServer server({{"maxmemory-policy", "allkeys-lru"}, {"maxmemory", "100"}});
  InProcessClient client(server);
  EXPECT_EQ(client.Call({"SET", "b", "1"}), kOutOfMemory);
}

TEST(DispatcherTest, WithinMaxmemoryNothingIsRefused) {
  InProcessServer server({{"maxmemory", "10mb"}});
  InProcessClient client(server);
  const std::string value(1'000'000, 'x');
  EXPECT_EQ(client.Call({"SET", "a", value}), "+OK\r\n");
  std::string reply;
  for (int i = 0; i < 12 && reply.empty(); ++i) {
    const std::string answer = client.Call({"SET", std::to_string(i), value});
    if (answer != "+OK\r\n") reply = answer;
  }
  EXPECT_EQ(reply, kOutOfMemory);
  EXPECT_EQ(client.Call({"DEL", "a", "0", "1"}), ":3\r\n");
  EXPECT_EQ(client.Call({"SET", "a", "x"}), "+OK\r\n");
}

}  // namespace
}  // namespace thimble
