#include "server/pubsub/pubsub.h"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/session/clients.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;
using test::Request;

TEST(PubSubTest, LeavingInAnyOrderKeepsTheOthers) {
  InProcessServer server;
  std::vector<std::unique_ptr<InProcessClient>> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(std::make_unique<InProcessClient>(server));
    clients.back()->Call({"SUBSCRIBE", "a", "b"});
  }
  PubSub& pubsub = server.services().pubsub;
  EXPECT_EQ(pubsub.SubscribersOf(TopicKind::kChannel, "a"), 5U);
  clients[0]->Call({"UNSUBSCRIBE", "a"});
  clients[2]->Call({"UNSUBSCRIBE", "a"});
  clients.pop_back();  // Disconnects.
  EXPECT_EQ(pubsub.SubscribersOf(TopicKind::kChannel, "a"), 2U);
  EXPECT_EQ(pubsub.SubscribersOf(TopicKind::kChannel, "b"), 4U);

  InProcessClient publisher(server);
  EXPECT_EQ(publisher.Call({"PUBLISH", "a", "x"}), ":2\r\n");
  const std::string message = "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n";
  EXPECT_EQ(clients[0]->Pending(), "");
  EXPECT_EQ(clients[1]->Pending(), message);
  EXPECT_EQ(clients[2]->Pending(), "");
  EXPECT_EQ(clients[3]->Pending(), message);
  clients.clear();
  EXPECT_EQ(pubsub.topics(TopicKind::kChannel), 0U);
  EXPECT_TRUE(pubsub.idle());
}

// A message is never inside a reply, and reaches even a client that wants no replies.
TEST(PubSubTest, OwnMessagesFollowTheReply) {
  InProcessServer server;
  InProcessClient client(server);
  client.Call({"HELLO", "3"});
  client.Call({"SUBSCRIBE", "a"});
  const std::string message = ">3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n";
  EXPECT_EQ(client.Call({"PUBLISH", "a", "x"}), ":1\r\n" + message);
  EXPECT_EQ(client.Call({"CLIENT", "REPLY", "OFF"}), "");
  EXPECT_EQ(client.Call({"PUBLISH", "a", "x"}), message);
}

TEST(PubSubTest, SlowSubscribersAreClosed) {
  InProcessServer server({{"client-output-buffer-limit", "pubsub 200000 0 0"}});
  InProcessClient slow(server);
  InProcessClient publisher(server);
  slow.Call({"SUBSCRIBE", "a"});
  const std::string message(100'000, 'x');
  std::string request;
  for (int i = 0; i < 30; ++i) request += Request({"PUBLISH", "a", message});
  publisher.Exchange(request);
  EXPECT_EQ(server.services().pubsub.SubscribersOf(TopicKind::kChannel, "a"), 0U);
  EXPECT_EQ(publisher.Call({"PING"}), "+PONG\r\n");
}

}  // namespace
}  // namespace thimble
