// How many changes each command reports: what save points, notifications and the file count by.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/stats/statistics.h"
#include "storage/common/words.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;

struct Case {
  std::string before;  // Commands, one a line.
  std::string command;
  uint64_t changes;
};

std::ostream& operator<<(std::ostream& out, const Case& tested) {
  return out << tested.before << " / " << tested.command;
}

class ChangesTest : public testing::TestWithParam<Case> {};

TEST_P(ChangesTest, AreCountedOnce) {
  InProcessServer server;
  InProcessClient client(server);
  if (!GetParam().before.empty()) client.Exchange(GetParam().before + "\n");
  const uint64_t dirty_before = server.services().statistics.dirty;
  const std::string reply = client.Exchange(GetParam().command + "\n");
  EXPECT_EQ(server.services().statistics.dirty - dirty_before, GetParam().changes) << reply;
}

INSTANTIATE_TEST_SUITE_P(
    Table, ChangesTest,
    testing::Values(Case{"", "set a 1", 1}, Case{"set a 1", "set a 1", 1},
                    Case{"set a 1", "set a 2 nx", 0}, Case{"", "mset a 1 b 2", 2},
                    Case{"", "incr a", 1}, Case{"", "append a x", 1}, Case{"", "hset a f 1 g 2", 2},
                    Case{"hset a f 1", "hset a f 1", 1}, Case{"hset a f 1", "hsetnx a f 1", 0},
                    Case{"", "hincrby a f 1", 1}, Case{"hset a f 1 g 2", "hdel a f g x", 2},
                    Case{"hset a f 1", "hdel a x", 0}, Case{"", "sadd a 1 2 3", 3},
                    Case{"sadd a 1", "sadd a 1", 0}, Case{"sadd a 1 2", "srem a 1 2 3", 2},
                    Case{"sadd a 1", "smove a b 1", 2}, Case{"sadd a 1", "smove a b 2", 0},
                    Case{"sadd a 1 2 3", "spop a 2", 2}, Case{"sadd a 1", "sunionstore d a", 1},
                    Case{"", "sunionstore d a", 0}, Case{"set d 1", "sunionstore d a", 1},
                    Case{"set a 1\nset b 1", "del a b c", 2}, Case{"set a 1", "expire a 10", 1},
                    Case{"", "expire a 10", 0}, Case{"set a 1 ex 10", "persist a", 1},
                    Case{"set a 1", "persist a", 0}, Case{"set a 1", "rename a b", 1},
                    Case{"set a 1", "copy a b", 1}, Case{"set a 1", "move a 1", 1},
                    Case{"set a 1", "getdel a", 1}, Case{"set a 1", "getex a", 0},
                    Case{"set a 1", "getex a ex 10", 1}, Case{"set a 1", "get a", 0},
                    Case{"set a 1", "touch a", 0}, Case{"set a 1", "hset a f 1", 0},
                    Case{"set a x", "incr a", 0}));

}  // namespace
}  // namespace thimble
