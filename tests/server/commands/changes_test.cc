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

struct ChangesCase {
  std::string before;  // Commands, one a line.
  std::string command;
  uint64_t changes;
};

std::ostream& operator<<(std::ostream& out, const ChangesCase& tested) {
  return out << tested.before << " / " << tested.command;
}

class ChangesTest : public testing::TestWithParam<ChangesCase> {};

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
    testing::Values(
        ChangesCase{"", "set a 1", 1}, ChangesCase{"set a 1", "set a 1", 1},
        ChangesCase{"set a 1", "set a 2 nx", 0}, ChangesCase{"", "mset a 1 b 2", 2},
        ChangesCase{"", "incr a", 1}, ChangesCase{"", "append a x", 1},
        ChangesCase{"", "hset a f 1 g 2", 2}, ChangesCase{"hset a f 1", "hset a f 1", 1},
        ChangesCase{"hset a f 1", "hsetnx a f 1", 0}, ChangesCase{"", "hincrby a f 1", 1},
        ChangesCase{"hset a f 1 g 2", "hdel a f g x", 2}, ChangesCase{"hset a f 1", "hdel a x", 0},
        ChangesCase{"", "sadd a 1 2 3", 3}, ChangesCase{"sadd a 1", "sadd a 1", 0},
        ChangesCase{"sadd a 1 2", "srem a 1 2 3", 2}, ChangesCase{"sadd a 1", "smove a b 1", 2},
        ChangesCase{"sadd a 1", "smove a b 2", 0}, ChangesCase{"sadd a 1 2 3", "spop a 2", 2},
        ChangesCase{"sadd a 1", "sunionstore d a", 1}, ChangesCase{"", "sunionstore d a", 0},
        ChangesCase{"set d 1", "sunionstore d a", 1},
        ChangesCase{"set a 1\nset b 1", "del a b c", 2}, ChangesCase{"set a 1", "expire a 10", 1},
        ChangesCase{"", "expire a 10", 0}, ChangesCase{"set a 1 ex 10", "persist a", 1},
        ChangesCase{"set a 1", "persist a", 0}, ChangesCase{"set a 1", "rename a b", 1},
        ChangesCase{"set a 1", "copy a b", 1}, ChangesCase{"set a 1", "move a 1", 1},
        ChangesCase{"set a 1", "getdel a", 1}, ChangesCase{"set a 1", "getex a", 0},
        ChangesCase{"set a 1", "getex a ex 10", 1}, ChangesCase{"set a 1", "get a", 0},
        ChangesCase{"set a 1", "touch a", 0}, ChangesCase{"set a 1", "hset a f 1", 0},
        ChangesCase{"set a x", "incr a", 0}));

}  // namespace
}  // namespace thimble
