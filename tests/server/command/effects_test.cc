// What goes to files and replicas instead of the commands that were run.
#include "server/command/effects.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/words.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;

// Writes down what it hears: requests in one line each, what belongs together between brackets.
class RecordingSink final : public EffectSink {
 public:
  void OnEffects(std::span<const Effect> effects) override {
    std::string line;
    for (const Effect& effect : effects) {
      if (!line.empty()) line += " | ";
      line += std::to_string(effect.database) + ":" + Words(effect.request);
    }
    heard += line + "\n";
  }
  std::string Take() { return std::exchange(heard, {}); }

  std::string heard;

 private:
  // "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n" as "GET k".
  static std::string Words(Bytes request) {
    std::string words;
    size_t at = request.find('\n') + 1;
    while (at < request.size()) {
      const size_t end = request.find('\r', at);
      const size_t length = std::stoul(std::string(request.substr(at + 1, end - at - 1)));
      if (!words.empty()) words += ' ';
      words += request.substr(end + 2, length);
      at = end + 2 + length + 2;
    }
    return words;
  }
};

struct EffectsCase {
  const char* before;
  const char* commands;
  const char* effects;
};

std::ostream& operator<<(std::ostream& out, const EffectsCase& tested) {
  return out << tested.before << " / " << tested.commands;
}

class EffectsTest : public testing::TestWithParam<EffectsCase> {};

TEST_P(EffectsTest, AreToldOnce) {
  InProcessServer server;
  InProcessClient client(server);
  if (*GetParam().before != '\0') client.Exchange(GetParam().before + std::string("\n"));
  RecordingSink sink;
  server.services().effects.SetSink(&sink);
  const std::string reply = client.Exchange(GetParam().commands + std::string("\n"));
  EXPECT_EQ(sink.Take(), GetParam().effects) << reply;
  server.services().effects.SetSink(nullptr);
}

// The clock of these tests stands at 1700000000000.
INSTANTIATE_TEST_SUITE_P(
    Table, EffectsTest,
    testing::Values(
        EffectsCase{"", "SeT k v", "0:SET k v\n"}, EffectsCase{"", "get k", ""},
        EffectsCase{"", "hset h f v", "0:hset h f v\n"},
        EffectsCase{"", "set k v ex 10", "0:SET k v PXAT 1700000010000\n"},
        EffectsCase{"set k v ex 10", "set k w keepttl", "0:SET k w PXAT 1700000010000\n"},
        EffectsCase{"", "set k v get", "0:SET k v\n"}, EffectsCase{"set k v", "set k w nx", ""},
        EffectsCase{"", "setex k 10 v", "0:SET k v PXAT 1700000010000\n"},
        EffectsCase{"", "psetex k 10 v", "0:SET k v PXAT 1700000000010\n"},
        EffectsCase{"set k v", "expire k 10", "0:PEXPIREAT k 1700000010000\n"},
        EffectsCase{"set k v", "expireat k 1", "0:DEL k\n"}, EffectsCase{"", "expire k 10", ""},
        EffectsCase{"set k v ex 10", "persist k", "0:persist k\n"},
        EffectsCase{"set k v", "getex k px 10", "0:PEXPIREAT k 1700000000010\n"},
        EffectsCase{"set k v ex 10", "getex k persist", "0:PERSIST k\n"},
        EffectsCase{"set k v", "getex k", ""}, EffectsCase{"set k v", "getdel k", "0:DEL k\n"},
        EffectsCase{"set k v", "getset k w", "0:SET k w\n"},
        EffectsCase{"set k 1.5", "incrbyfloat k 1", "0:SET k 2.5\n"},
        EffectsCase{"set k 1 ex 10", "incrbyfloat k 1", "0:SET k 2 PXAT 1700000010000\n"},
        EffectsCase{"", "hincrbyfloat h f 1.5", "0:HSET h f 1.5\n"},
        EffectsCase{"", "incr k", "0:incr k\n"},
        EffectsCase{"hset h f 1 g 2", "hgetdel h fields 1 f", "0:HDEL h f\n"},
        EffectsCase{"sadd s a", "spop s", "0:SREM s a\n"},
        EffectsCase{"sadd s a", "spop s 5", "0:DEL s\n"}, EffectsCase{"sadd s a", "spop s 0", ""},
        EffectsCase{"", "spop s", ""},
        EffectsCase{"", "msetex 2 a 1 b 2 ex 10",
                    "0:SET a 1 PXAT 1700000010000 | 0:SET b 2 PXAT 1700000010000\n"},
        EffectsCase{"", "multi\nset a 1\nget a\nincr a\nexec", "0:SET a 1 | 0:incr a\n"},
        EffectsCase{"", "multi\nset a 1\nexec", "0:SET a 1\n"}, EffectsCase{"", "multi\nexec", ""},
        EffectsCase{"", "multi\nset a 1\nselect 3\nset a 2\nexec", "0:SET a 1 | 3:SET a 2\n"},
        EffectsCase{"set a 1", "flushall", "0:flushall\n"},
        EffectsCase{"", "swapdb 0 1", "0:swapdb 0 1\n"},
        EffectsCase{"set a 1", "move a 3", "0:move a 3\n"},
        EffectsCase{"set a 1", "rename a b", "0:rename a b\n"},
        EffectsCase{"", "set a 1\nset a 2\nget a", "0:SET a 1\n0:SET a 2\n"},
        EffectsCase{"set a x", "incr a", ""}));

// A key that expires is deleted for everyone, before whatever found it gone.
TEST(EffectsOfTimeTest, ExpiredKeys) {
  InProcessServer server;
  InProcessClient client(server);
  client.Call({"set", "k", "1", "px", "10"});
  RecordingSink sink;
  server.services().effects.SetSink(&sink);
  server.clock().AdvanceMs(20);
  client.Call({"get", "k"});
  EXPECT_EQ(sink.Take(), "0:DEL k\n");
  client.Call({"set", "k", "1", "px", "10"});
  server.clock().AdvanceMs(20);
  sink.Take();
  client.Call({"incr", "k"});
  EXPECT_EQ(sink.Take(), "0:DEL k | 0:incr k\n");
  server.services().effects.SetSink(nullptr);
}

}  // namespace
}  // namespace thimble
