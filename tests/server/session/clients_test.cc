#include "server/session/clients.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;
using test::Request;

TEST(ClientsTest, IdsGrowAndAreNotReused) {
  InProcessServer server;
  Clients& clients = server.services().clients;
  InProcessClient first(server);
  {
    InProcessClient second(server);
    EXPECT_EQ(second.Call({"CLIENT", "ID"}), ":2\r\n");
    EXPECT_EQ(clients.size(), 2U);
    EXPECT_EQ(clients.Find(2), second.state());
  }
  EXPECT_EQ(clients.size(), 1U);
  EXPECT_EQ(clients.Find(2), nullptr);
  InProcessClient third(server);
  EXPECT_EQ(third.Call({"CLIENT", "ID"}), ":3\r\n");
  std::vector<uint64_t> ids;
  clients.ForEach([&](Client& client) { ids.push_back(client.id); });
  EXPECT_EQ(ids, (std::vector<uint64_t>{1, 3}));
}

TEST(ClientsTest, KillingOneselfStillAnswers) {
  InProcessServer server;
  InProcessClient client(server);
  EXPECT_EQ(client.Exchange(Request({"CLIENT", "KILL", "ID", "1", "SKIPME", "no"}) +
                            Request({"SET", "a", "1"})),
            ":1\r\n");
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(server.services().databases[0].size(), 0U);
}

TEST(ClientsTest, KilledClientIsGoneAtOnce) {
  InProcessServer server;
  InProcessClient killer(server);
  InProcessClient killed(server);
  killed.Call({"SUBSCRIBE", "news"});
  const std::string replies = killer.Exchange(
      Request({"CLIENT", "KILL", "ID", "2"}) + Request({"PUBLISH", "news", "x"}) +
      Request({"PUBSUB", "NUMSUB", "news"}) + Request({"CLIENT", "LIST", "ID", "2"}) +
      Request({"CLIENT", "TRACKING", "ON", "REDIRECT", "2"}));
  EXPECT_EQ(replies,
            ":1\r\n:0\r\n*2\r\n$4\r\nnews\r\n:0\r\n$0\r\n\r\n"
            "-ERR The client ID you want redirect to does not exist\r\n");
}

TEST(ClientsTest, KilledClientRunsNothingMore) {
  InProcessServer server;
  InProcessClient victim(server);
  InProcessClient admin(server);
  const std::string set = Request({"SET", "a", "1"});
  // Both stand in their sockets when the loop turns; the victim is dead before it is read.
  EXPECT_EQ(admin.Exchange(Request({"CLIENT", "KILL", "ID", "1"})), ":1\r\n");
  send(victim.fd(), set.data(), set.size(), MSG_NOSIGNAL);
  EXPECT_EQ(victim.Pending(), "");
  EXPECT_TRUE(victim.closed());
  EXPECT_EQ(admin.Call({"EXISTS", "a"}), ":0\r\n");
}

TEST(ClientsTest, NoMoreThanMaxclients) {
  InProcessServer server({{"maxclients", "2"}});
  InProcessClient first(server);
  {
    InProcessClient second(server);
    InProcessClient third(server);
    EXPECT_EQ(third.Pending(), "-ERR max number of clients reached\r\n");
    EXPECT_TRUE(third.closed());
    EXPECT_EQ(second.Call({"PING"}), "+PONG\r\n");
  }
  EXPECT_EQ(server.services().statistics.rejected_connections, 1U);
  InProcessClient fourth(server);
  EXPECT_EQ(fourth.Call({"PING"}), "+PONG\r\n");
}

TEST(ClientsTest, MonitorsHearOthersUntilTheyLeave) {
  InProcessServer server;
  InProcessClient client(server);
  {
    InProcessClient monitor(server);
    EXPECT_EQ(monitor.Call({"MONITOR"}), "+OK\r\n");
    client.Call({"SET", "a", "1"});
    const std::string heard = monitor.Pending();
    EXPECT_NE(heard.find("\"SET\" \"a\" \"1\""), std::string::npos) << heard;
    EXPECT_EQ(server.services().clients.monitors().size(), 1U);
  }
  EXPECT_TRUE(server.services().clients.monitors().empty());
  EXPECT_EQ(client.Call({"PING"}), "+PONG\r\n");
}

TEST(ClientsTest, MonitorFedReadAndKilledInOneTurn) {
  InProcessServer server;
  InProcessClient monitor(server);
  InProcessClient talker(server);
  InProcessClient killer(server);
  EXPECT_EQ(monitor.Call({"MONITOR"}), "+OK\r\n");
  for (const auto& [client, request] :
       {std::pair(&talker, Request({"ECHO", "x"})), std::pair(&monitor, Request({"PING"})),
        std::pair(&killer, Request({"CLIENT", "KILL", "ID", "1"}))}) {
    send(client->fd(), request.data(), request.size(), MSG_NOSIGNAL);
  }
  EXPECT_EQ(killer.Pending(), ":1\r\n");
  EXPECT_EQ(talker.Pending(), "$1\r\nx\r\n");
}

TEST(ClientsTest, ResetForgetsEverything) {
  InProcessServer server;
  InProcessClient client(server);
  client.Exchange(Request({"HELLO", "3", "SETNAME", "me"}) + Request({"SELECT", "3"}) +
                  Request({"CLIENT", "NO-TOUCH", "ON"}) + Request({"CLIENT", "NO-EVICT", "ON"}));
  ASSERT_NE(client.state(), nullptr);
  EXPECT_EQ(client.state()->database, 3);
  EXPECT_EQ(client.Call({"RESET"}), "+RESET\r\n");
  const Client& state = *client.state();
  EXPECT_EQ(state.database, 0);
  EXPECT_EQ(state.protocol, Protocol::kResp2);
  EXPECT_EQ(state.name, "");
  EXPECT_TRUE(state.authenticated);
}

}  // namespace
}  // namespace thimble
