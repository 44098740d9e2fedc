#include "server/memory_ceiling.h"

#include <gtest/gtest.h>

#include "server/stats/statistics.h"
#include "storage/keyspace/environment.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;
using test::Request;

std::string Sets(int from, int to) {
  std::string requests;
  for (int i = from; i < to; ++i) {
    requests += Request({"SET", "key:" + std::to_string(i), std::string(100, 'x')});
  }
  return requests;
}

uint64_t EvictedKeys(InProcessServer& server) {
  return server.services().environment.statistics.evicted_keys;
}

TEST(MemoryCeilingTest, WritesGoOnAtTheLimit) {
  InProcessServer server({{"maxmemory-policy", "allkeys-lru"}});
  InProcessClient client(server);
  client.Exchange(Sets(0, 5000));
  const uint64_t limit = CountMemory(server.services()).kept;
  client.Call({"CONFIG", "SET", "maxmemory", std::to_string(limit)});
  const std::string replies = client.Exchange(Sets(5000, 10'000));
  EXPECT_EQ(replies.find("-OOM"), std::string::npos);
  EXPECT_GT(EvictedKeys(server), 4000U);
  EXPECT_LE(CountMemory(server.services()).kept, limit + 1000);
  EXPECT_EQ(server.services().statistics.error_replies, 0U);
  EXPECT_EQ(server.CheckInvariants(), std::nullopt);
}

TEST(MemoryCeilingTest, ReadsMakeRoomAsWell) {
  InProcessServer server;
  InProcessClient client(server);
  client.Exchange(Sets(0, 100));
  client.Call({"CONFIG", "SET", "maxmemory", "1"});
  EXPECT_EQ(client.Call({"DBSIZE"}), ":100\r\n");
  client.Call({"CONFIG", "SET", "maxmemory-policy", "allkeys-random"});
  EXPECT_EQ(client.Call({"DBSIZE"}), ":0\r\n");
  EXPECT_EQ(EvictedKeys(server), 100U);
}

TEST(MemoryCeilingTest, NothingGoesWhileClientsArePaused) {
  InProcessServer server({{"maxmemory-policy", "allkeys-random"}});
  InProcessClient client(server);
  client.Exchange(Sets(0, 100));
  client.Call({"CLIENT", "PAUSE", "100000", "WRITE"});
  client.Call({"CONFIG", "SET", "maxmemory", "1"});
  EXPECT_EQ(client.Call({"DBSIZE"}), ":100\r\n");
  client.Call({"CLIENT", "UNPAUSE"});
  EXPECT_EQ(client.Call({"DBSIZE"}), ":0\r\n");
}

// What waits to be freed counts neither against a write nor as a reason to evict more.
TEST(MemoryCeilingTest, OneBigValueIsEnough) {
  InProcessServer server({{"maxmemory-policy", "allkeys-lru"}});
  InProcessClient client(server);
  std::string requests;
  for (int i = 0; i < 20'000; ++i) requests += Request({"SADD", "big", std::to_string(i * 7)});
  client.Exchange(requests);
  server.clock().AdvanceMs(60'000);
  client.Exchange(Sets(0, 100));
  const uint64_t kept = CountMemory(server.services()).kept;
  client.Call({"CONFIG", "SET", "maxmemory", std::to_string(kept - 1000)});
  EXPECT_EQ(client.Call({"EXISTS", "big"}), ":0\r\n");
  EXPECT_EQ(client.Call({"SET", "more", "x"}), "+OK\r\n");
  EXPECT_LE(EvictedKeys(server), 32U);
  for (int i = 0; i < 2000 && CountMemory(server.services()).total() > kept - 1000; ++i) {
    client.Call({"SET", "more", "x"});
  }
  EXPECT_LE(CountMemory(server.services()).total(), kept - 1000);
}

TEST(MemoryCeilingTest, TimeAboveTheLimitIsCounted) {
  InProcessServer server({{"maxmemory", "1"}});
  InProcessClient client(server);
  client.Call({"PING"});
  server.clock().AdvanceMs(1500);
  client.Call({"CONFIG", "SET", "maxmemory", "0"});
  server.clock().AdvanceMs(1500);
  const ServerStatistics& statistics = server.services().statistics;
  EXPECT_EQ(statistics.above_maxmemory_ns, 1'500'000'000);
  EXPECT_EQ(statistics.above_maxmemory_since_ns, 0);
}

}  // namespace
}  // namespace thimble
