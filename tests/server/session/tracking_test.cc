#include "server/session/tracking.h"

#include <string>

#include <gtest/gtest.h>

#include "server/session/client.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;

std::string Invalidation(const std::string& key) {
  return ">2\r\n$10\r\ninvalidate\r\n*1\r\n$" + std::to_string(key.size()) + "\r\n" + key + "\r\n";
}

class TrackingTest : public testing::Test {
 protected:
  TrackingTest() {
    client_.Call({"HELLO", "3"});
    client_.Call({"CLIENT", "TRACKING", "ON"});
  }
  InProcessServer server_{{"tracking-table-max-keys", "2"}};
  InProcessClient client_{server_};
  InProcessClient writer_{server_};
};

TEST_F(TrackingTest, ExpiryTells) {
  writer_.Call({"SET", "k", "v", "PX", "10"});
  client_.Call({"GET", "k"});
  server_.clock().AdvanceMs(20);
  writer_.Call({"GET", "k"});
  EXPECT_EQ(client_.Pending(), Invalidation("k"));
}

TEST_F(TrackingTest, TheTableIsBounded) {
  client_.Call({"GET", "a"});
  client_.Call({"GET", "b"});
  EXPECT_EQ(server_.services().tracking.keys(), 2U);
  const std::string reply = client_.Call({"GET", "c"});
  EXPECT_NE(reply.find("invalidate"), std::string::npos);
  EXPECT_EQ(server_.services().tracking.keys(), 2U);
  EXPECT_EQ(server_.services().tracking.items(), 2U);
}

TEST_F(TrackingTest, AClientThatLeavesIsNotTold) {
  {
    InProcessClient other(server_);
    other.Call({"HELLO", "3"});
    other.Call({"CLIENT", "TRACKING", "ON", "BCAST"});
    other.Call({"SET", "z", "1"});
  }
  {
    InProcessClient other(server_);
    other.Call({"HELLO", "3"});
    other.Call({"CLIENT", "TRACKING", "ON"});
    other.Call({"GET", "z"});
  }
  EXPECT_EQ(writer_.Call({"SET", "z", "2"}), "+OK\r\n");
  EXPECT_EQ(server_.services().tracking.clients(), 1U);
  EXPECT_EQ(server_.services().tracking.prefixes(), 0U);
}

}  // namespace
}  // namespace thimble
