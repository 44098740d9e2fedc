// Counts that ask for more than any machine holds.

#include <string>

#include <gtest/gtest.h>

#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;

constexpr std::string_view kTooLong = "-ERR value is out of range, the reply would be too long\r\n";

class RandomCountTest : public testing::Test {
 protected:
  RandomCountTest() : client_(server_) {
    // Large elements, so that the bound is met after few of them.
    const std::string large(8 << 20, 'x');
    client_.Call({"HSET", "h", "f", large});
    client_.Call({"SADD", "s", large});
  }

  InProcessServer server_;
  InProcessClient client_;
};

TEST_F(RandomCountTest, HugeNegativeCountsFail) {
  EXPECT_EQ(client_.Call({"HRANDFIELD", "h", "-4611686018427387903", "WITHVALUES"}), kTooLong);
  EXPECT_EQ(client_.Call({"SRANDMEMBER", "s", "-9223372036854775807"}), kTooLong);
  ASSERT_NE(client_.state(), nullptr);
  EXPECT_EQ(client_.state()->connection->output().size(), 0U);
  EXPECT_EQ(client_.Call({"PING"}), "+PONG\r\n");
}

TEST_F(RandomCountTest, HopelessCountsFailAtOnce) {
  client_.Call({"HSET", "small", "f", "v"});
  client_.Call({"SADD", "one", "1"});
  EXPECT_EQ(client_.Call({"HRANDFIELD", "small", "-4611686018427387903"}), kTooLong);
  EXPECT_EQ(client_.Call({"SRANDMEMBER", "one", "-4611686018427387903"}), kTooLong);
  constexpr uint64_t kSecondNs = 1'000'000'000;
  for (const char* name : {"hrandfield", "srandmember"}) {
    const Command* command = server_.services().registry.Find(name);
    EXPECT_LT(server_.services().statistics.commands[command->id].total_ns, kSecondNs);
  }
}

TEST_F(RandomCountTest, CountsThatDoNotExist) {
  for (const char* command : {"HRANDFIELD", "SRANDMEMBER"}) {
    const char* key = *command == 'H' ? "h" : "s";
    EXPECT_TRUE(client_.Call({command, key, "-9223372036854775808"})
                    .starts_with("-ERR value is out of range"));
    EXPECT_TRUE(client_.Call({command, key, "9223372036854775808"})
                    .starts_with("-ERR value is not an integer or out of range"));
  }
  EXPECT_TRUE(client_.Call({"HRANDFIELD", "h", "-4611686018427387905", "WITHVALUES"})
                  .starts_with("-ERR value is out of range"));
  EXPECT_TRUE(client_.Call({"SPOP", "s", "-1"})
                  .starts_with("-ERR value is out of range, must be positive"));
}

TEST_F(RandomCountTest, HugePositiveCountsAnswerWhatIsThere) {
  EXPECT_EQ(client_.Call({"HRANDFIELD", "h", "9223372036854775807"}), "*1\r\n$1\r\nf\r\n");
  EXPECT_TRUE(client_.Call({"SPOP", "s", "9223372036854775807"}).starts_with("*1\r\n"));
  EXPECT_EQ(client_.Call({"EXISTS", "s"}), ":0\r\n");
}

}  // namespace
}  // namespace thimble
