#include "server/session/transaction.h"

#include <string>

#include <gtest/gtest.h>

#include "server/session/client.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;
using test::Request;

constexpr const char* kNothingRan = "*-1\r\n";

TEST(TransactionTest, WatchedKeysAreForgottenWithTheirLastWatcher) {
  InProcessServer server;
  WatchedKeys& watched = server.services().watched;
  InProcessClient a(server);
  {
    InProcessClient b(server);
    a.Call({"WATCH", "x", "y", "x"});
    b.Call({"WATCH", "y", "z"});
    EXPECT_EQ(watched.size(), 3U);
  }
  EXPECT_EQ(watched.size(), 2U);
  a.Call({"UNWATCH"});
  EXPECT_TRUE(watched.empty());
}

TEST(TransactionTest, OneChangeFailsEveryWatcherOnce) {
  InProcessServer server;
  InProcessClient a(server);
  InProcessClient b(server);
  InProcessClient writer(server);
  for (InProcessClient* client : {&a, &b}) client->Call({"WATCH", "k"});
  writer.Call({"SET", "k", "1"});
  for (InProcessClient* client : {&a, &b}) {
    client->Call({"MULTI"});
    client->Call({"INCR", "n"});
    EXPECT_EQ(client->Call({"EXEC"}), kNothingRan);
    client->Call({"MULTI"});
    EXPECT_EQ(client->Call({"EXEC"}), "*0\r\n");
  }
}

// What was hashed ahead goes with the arguments it belongs to, also where some are empty.
TEST(TransactionTest, QueuedBatchesMeanWhatTheySay) {
  InProcessServer server;
  InProcessClient client(server);
  const auto request = Request;
  std::string batch = request({"MULTI"});
  for (const std::string_view key : {"", "h", "", "g"}) {
    for (const std::string_view field : {"f", "", "key", ""}) {
      batch += request({"HSET", key, field, field, "", "last"});
    }
  }
  batch += request({"HSET", "h", "", "w", "f", ""}) + request({"EXEC"});
  client.Exchange(batch);
  for (const std::string_view key : {"", "h", "g"}) {
    EXPECT_EQ(client.Call({"HLEN", key}), ":3\r\n") << key;
    EXPECT_EQ(client.Call({"HGET", key, "key"}), "$3\r\nkey\r\n") << key;
  }
  EXPECT_EQ(client.Call({"HGET", "h", ""}), "$1\r\nw\r\n");
  EXPECT_EQ(client.Call({"HGET", "h", "f"}), "$0\r\n\r\n");
  EXPECT_EQ(client.Call({"HGET", "g", ""}), "$4\r\nlast\r\n");
  EXPECT_EQ(server.CheckInvariants(), std::nullopt);
}

// What a batch located before EXEC ran is not believed after EXEC flushed, or chose another
// database.
TEST(TransactionTest, WhatItChangesIsSeenBehindIt) {
  InProcessServer server;
  InProcessClient client(server);
  const auto request = Request;
  for (const std::string_view number : {"0", "1"}) {
    client.Call({"SELECT", number});
    client.Call({"FLUSHALL"});
    client.Call({"SADD", "k", "m"});
    std::string batch = request({"MULTI"}) + request({"FLUSHDB"}) + request({"SADD", "new", "m"}) +
                        request({"HSET", "k", "f", number}) + request({"EXEC"}) +
                        request({"HGET", "k", "f"}) + request({"SELECT", "7"}) +
                        request({"HGET", "k", "f"}) + request({"SCARD", "new"});
    EXPECT_TRUE(client.Exchange(batch).ends_with("$1\r\n" + std::string(number) +
                                                 "\r\n+OK\r\n$-1\r\n:0\r\n"));
  }
  EXPECT_EQ(server.CheckInvariants(), std::nullopt);
}

TEST(TransactionTest, ItsCommandsSeeOneTime) {
  InProcessServer server;
  server.clock().set_step_us(10'000);
  InProcessClient client(server);
  client.Call({"MULTI"});
  client.Call({"SET", "k", "v", "PX", "25"});
  for (int i = 0; i < 3; ++i) client.Call({"PTTL", "k"});
  EXPECT_EQ(client.Call({"EXEC"}), "*4\r\n+OK\r\n:25\r\n:25\r\n:25\r\n");
  for (int i = 0; i < 3; ++i) client.Call({"PTTL", "k"});
  EXPECT_EQ(client.Call({"PTTL", "k"}), ":-2\r\n");
}

TEST(TransactionTest, ClientReplySilencesWhatFollows) {
  InProcessServer server;
  InProcessClient client(server);
  for (const char* mode : {"OFF", "ON"}) {
    client.Call({"MULTI"});
    client.Call({"PING"});
    client.Call({"CLIENT", "REPLY", mode});
    client.Call({"PING"});
    const char* const expected =
        mode[1] == 'F' ? "*3\r\n+PONG\r\n" : "*3\r\n+PONG\r\n+OK\r\n+PONG\r\n";
    EXPECT_EQ(client.Call({"EXEC"}), expected);
    EXPECT_EQ(client.Call({"CLIENT", "REPLY", "ON"}), "+OK\r\n");
  }
  client.Call({"MULTI"});
  client.Call({"CLIENT", "REPLY", "SKIP"});
  client.Call({"PING"});
  EXPECT_EQ(client.Call({"EXEC"}), "*2\r\n+PONG\r\n");
  EXPECT_EQ(client.Call({"PING"}), "");
  EXPECT_EQ(client.Call({"PING"}), "+PONG\r\n");
}

TEST(TransactionTest, SwappingADatabaseWithItselfChangesNothing) {
  InProcessServer server;
  InProcessClient client(server);
  InProcessClient other(server);
  client.Call({"SET", "k", "v"});
  client.Call({"WATCH", "k"});
  EXPECT_EQ(other.Call({"SWAPDB", "0", "0"}), "+OK\r\n");
  client.Call({"MULTI"});
  client.Call({"PING"});
  EXPECT_EQ(client.Call({"EXEC"}), "*1\r\n+PONG\r\n");
}

TEST(TransactionTest, ExpiryAndEvictionCount) {
  InProcessServer server;
  InProcessClient client(server);
  client.Call({"SET", "k", "v", "PX", "10"});
  client.Call({"WATCH", "k"});
  server.clock().AdvanceMs(20);
  client.Call({"MULTI"});
  client.Call({"PING"});
  EXPECT_EQ(client.Call({"EXEC"}), kNothingRan);
  // Gone before it was watched: no change.
  client.Call({"SET", "k", "v", "PX", "10"});
  server.clock().AdvanceMs(20);
  client.Call({"WATCH", "k"});
  client.Call({"MULTI"});
  EXPECT_EQ(client.Call({"EXEC"}), "*0\r\n");
}

// What is queued counts as input not yet executed.
TEST(TransactionTest, QueuedCommandsAreBounded) {
  InProcessServer server({{"client-query-buffer-limit", "1mb"}});
  InProcessClient client(server);
  client.Call({"MULTI"});
  const std::string value(100'000, 'x');
  for (int i = 0; i < 30 && !client.closed(); ++i) client.Call({"SET", "k", value});
  EXPECT_TRUE(client.closed());
}

TEST(TransactionTest, ManyCommandsInOneBatch) {
  InProcessServer server;
  InProcessClient client(server);
  std::string request = Request({"MULTI"});
  std::string expected = "+OK\r\n";
  for (int i = 0; i < 200; ++i) {
    request += Request({"HINCRBY", "h", "f", "1"});
    expected += "+QUEUED\r\n";
  }
  request += Request({"EXEC"});
  expected += "*200\r\n";
  for (int i = 1; i <= 200; ++i) expected += ":" + std::to_string(i) + "\r\n";
  EXPECT_EQ(client.Exchange(request), expected);
}

}  // namespace
}  // namespace thimble
