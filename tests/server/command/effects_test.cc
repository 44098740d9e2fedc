// What goes to files and replicas instead of the commands that were run.
#include "server/command/effects.h"

#include <string>

#include <gtest/gtest.h>

#include "storage/common/words.h"
#include "storage/keyspace/databases.h"
#include "storage/rdb/crc64.h"
#include "storage/rdb/dump_payload.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;

// "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n" as "GET k". Leaves `at` behind it.
std::string RequestAt(const std::string& text, size_t& at) {
  size_t left = std::stoul(text.substr(at + 1));
  at = text.find('\n', at) + 1;
  std::string words;
  for (; left > 0; --left) {
    const size_t length = std::stoul(text.substr(at + 1));
    at = text.find('\n', at) + 1;
    if (!words.empty()) words += ' ';
    words += text.substr(at, length);
    at += length + 2;
  }
  return words;
}

// What a stream says: requests with their databases, those that belong together in one line.
std::string Heard(EffectStream& stream) {
  const std::string text = stream.Take();
  std::string heard;
  std::string database;
  bool together = false;
  bool first = true;
  for (size_t at = 0; at < text.size();) {
    const std::string words = RequestAt(text, at);
    if (words.starts_with("SELECT ")) {
      database = words.substr(7);
    } else if (words == "MULTI") {
      together = true;
      first = true;
    } else if (words == "EXEC") {
      together = false;
      heard += '\n';
    } else {
      if (together && !first) heard += " | ";
      heard += database + ":" + words;
      if (!together) heard += '\n';
      first = false;
    }
  }
  return heard;
}

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
  EffectStream stream;
  server.services().effects.SetStream(&stream);
  const std::string reply = client.Exchange(GetParam().commands + std::string("\n"));
  EXPECT_EQ(Heard(stream), GetParam().effects) << reply;
  server.services().effects.SetStream(nullptr);
}

TEST(EffectsOfRestoreTest, KeepsWhatIsSaidOfItsUse) {
  const std::string payload = R"("\x00\x05hello\n\x00cr\xdfve4 \n")";
  for (const std::string use : {"", " freq 7", " IDLETIME 100"}) {
    InProcessServer server;
    InProcessClient client(server);
    EffectStream stream;
    server.services().effects.SetStream(&stream);
    EXPECT_EQ(client.Exchange("restore k 0 " + payload + use + " replace\n"), "+OK\r\n");
    EXPECT_TRUE(Heard(stream).ends_with("REPLACE ABSTTL" + use + "\n")) << use;
    server.services().effects.SetStream(nullptr);
  }
}

// Servers from Redis 7.0 on are to read the log, whatever server the value came from.
TEST(EffectsOfRestoreTest, TellsNewerPayloadsInTheOldForm) {
  InProcessServer server;
  InProcessClient client(server);
  client.Call({"SET", "k", "hello"});
  const auto item =
      server.services().databases[0].ItemOf(server.services().environment.hash_key.Of("k"));
  const std::string old_form = MakeDumpPayload(*item, {});
  for (const char version : {10, 11, 12, 80}) {
    std::string payload = old_form.substr(0, old_form.size() - sizeof(uint64_t));
    payload[payload.size() - 2] = version;
    const uint64_t checksum = Crc64(0, payload);
    payload.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
    EffectStream stream;
    server.services().effects.SetStream(&stream);
    EXPECT_EQ(client.Call({"RESTORE", "k", "0", payload, "REPLACE"}), "+OK\r\n");
    EXPECT_NE(stream.Take().find(old_form), std::string::npos) << int{version};
    server.services().effects.SetStream(nullptr);
  }
}

// The clock of these tests stands at 1700000000000.
INSTANTIATE_TEST_SUITE_P(
    Table, EffectsTest,
    testing::Values(
        EffectsCase{"", "SeT k v", "0:set k v\n"}, EffectsCase{"", "get k", ""},
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
        EffectsCase{"", "multi\nset a 1\nget a\nincr a\nexec", "0:set a 1 | 0:incr a\n"},
        EffectsCase{"", "multi\nset a 1\nexec", "0:set a 1\n"}, EffectsCase{"", "multi\nexec", ""},
        EffectsCase{"", "multi\nset a 1\nselect 3\nset a 2\nexec", "0:set a 1 | 3:set a 2\n"},
        EffectsCase{"set a 1", "flushall", "0:flushall\n"},
        EffectsCase{"", "swapdb 0 1", "0:swapdb 0 1\n"},
        EffectsCase{"set a 1", "move a 3", "0:move a 3\n"},
        EffectsCase{"set a 1", "rename a b", "0:rename a b\n"},
        EffectsCase{"", "set a 1\nset a 2\nget a", "0:set a 1\n0:set a 2\n"},
        EffectsCase{"set a x", "incr a", ""}));

// Deadlines of fields are told as points in time, for the fields that got them.
INSTANTIATE_TEST_SUITE_P(
    Fields, EffectsTest,
    testing::Values(
        EffectsCase{"hset h f 1 g 2", "hexpire h 10 fields 3 f z g",
                    "0:HPEXPIREAT h 1700000010000 FIELDS 2 f g\n"},
        EffectsCase{"hset h f 1", "hpexpire h 10 fields 1 f",
                    "0:HPEXPIREAT h 1700000000010 FIELDS 1 f\n"},
        EffectsCase{"hset h f 1", "hexpireat h 1700000001 fields 1 f",
                    "0:HPEXPIREAT h 1700000001000 FIELDS 1 f\n"},
        EffectsCase{"hset h f 1", "hpexpireat h 1700000000001 fields 1 f",
                    "0:HPEXPIREAT h 1700000000001 FIELDS 1 f\n"},
        EffectsCase{"hset h f 1 g 2\nhexpire h 9 fields 1 f", "hexpire h 10 nx fields 2 f g",
                    "0:HPEXPIREAT h 1700000010000 FIELDS 1 g\n"},
        EffectsCase{"hset h f 1", "hexpire h 10 xx fields 1 f", ""},
        EffectsCase{"hset h f 1", "hexpire h 10 fields 1 z", ""},
        EffectsCase{"hset h f 1 g 2 i 3", "hexpire h 0 fields 3 f z g", "0:HDEL h f g\n"},
        EffectsCase{"hset h f 1", "hpexpireat h 1700000000000 fields 1 f", "0:HDEL h f\n"},
        EffectsCase{"hset h f 1 g 2\nhexpire h 10 fields 1 f", "hpersist h fields 3 f g z",
                    "0:HPERSIST h FIELDS 1 f\n"},
        EffectsCase{"hset h f 1", "hpersist h fields 1 f", ""},
        EffectsCase{"hset h f 1 g 2", "hgetex h ex 10 fields 3 f z g",
                    "0:HPEXPIREAT h 1700000010000 FIELDS 2 f g\n"},
        EffectsCase{"hset h f 1 g 2\nhexpire h 10 fields 1 f", "hgetex h persist fields 2 f g",
                    "0:HPERSIST h FIELDS 1 f\n"},
        EffectsCase{"hset h f 1", "hgetex h px 0 fields 2 f f", "0:HDEL h f\n"},
        EffectsCase{"hset h f 1", "hgetex h fields 1 f", ""},
        EffectsCase{"hset h f 1", "hgetex h ex 10 fields 1 z", ""},
        EffectsCase{"", "hsetex h fields 2 f 1 g 2", "0:HSET h f 1 g 2\n"},
        EffectsCase{"", "hsetex h ex 10 fields 2 f 1 g 2",
                    "0:HSET h f 1 g 2 | 0:HPEXPIREAT h 1700000010000 FIELDS 2 f g\n"},
        EffectsCase{"hset h f 1 g 2 i 3\nhexpire h 20 fields 1 f\nhexpire h 10 fields 1 g",
                    "hsetex h keepttl fields 3 f 4 g 5 i 6",
                    "0:HSET h f 4 g 5 i 6 | 0:HPEXPIREAT h 1700000010000 FIELDS 1 g | "
                    "0:HPEXPIREAT h 1700000020000 FIELDS 1 f\n"},
        EffectsCase{"hset h f 1 g 2", "hsetex h ex 0 fields 2 f 3 z 4", "0:HDEL h f\n"},
        EffectsCase{"", "hsetex h ex 0 fields 1 f 1", ""},
        EffectsCase{"hset h f 1", "hsetex h fnx fields 1 f 2", ""},
        EffectsCase{"hset h f 1\nhexpire h 10 fields 1 f", "hincrbyfloat h f 1.5",
                    "0:HSET h f 2.5 | 0:HPEXPIREAT h 1700000010000 FIELDS 1 f\n"},
        EffectsCase{"hset h f 1\nhexpire h 10 fields 1 f", "hincrby h f 1", "0:hincrby h f 1\n"},
        EffectsCase{"hset h f 1", "multi\nhexpire h 10 fields 1 f\nhexpire h 0 fields 1 f\nexec",
                    "0:HPEXPIREAT h 1700000010000 FIELDS 1 f | 0:HDEL h f\n"}));

// As it was sent, if that is the one form that requests are written in.
TEST(EffectsOfRequestsTest, KeepTheirOwnWords) {
  InProcessServer server;
  InProcessClient client(server);
  EffectStream stream;
  server.services().effects.SetStream(&stream);
  client.Call({"HsEt", "h", "f", "v"});
  client.Exchange("*4\r\n$4\r\nHSET\r\n$1\r\nh\r\n$1\r\nf\r\n$1\r\nwxx");
  EXPECT_EQ(Heard(stream), "0:HsEt h f v\n0:hset h f w\n");
  server.services().effects.SetStream(nullptr);
}

// A key that expires is deleted for everyone, before whatever found it gone.
TEST(EffectsOfTimeTest, ExpiredKeys) {
  InProcessServer server;
  InProcessClient client(server);
  client.Call({"set", "k", "1", "px", "10"});
  EffectStream stream;
  server.services().effects.SetStream(&stream);
  server.clock().AdvanceMs(20);
  client.Call({"get", "k"});
  EXPECT_EQ(Heard(stream), "0:DEL k\n");
  client.Call({"set", "k", "1", "px", "10"});
  server.clock().AdvanceMs(20);
  stream.Clear();
  client.Call({"incr", "k"});
  EXPECT_EQ(Heard(stream), "0:DEL k | 0:incr k\n");
  server.services().effects.SetStream(nullptr);
}

// So are fields: of a compact hash by who opens it for change, of a table by who sets them anew.
TEST(EffectsOfTimeTest, ExpiredFields) {
  for (const bool compact : {true, false}) {
    InProcessServer server;
    InProcessClient client(server);
    client.Call({"hset", "h", "f", std::string(compact ? 1 : 100, '1'), "g", "1"});
    client.Call({"hpexpire", "h", "10", "fields", "1", "f"});
    EffectStream stream;
    server.services().effects.SetStream(&stream);
    server.clock().AdvanceMs(20);
    client.Call({"hget", "h", "f"});
    EXPECT_EQ(Heard(stream), "");
    EXPECT_EQ(client.Call({"hexpire", "h", "10", "fields", "1", "f"}), "*1\r\n:-2\r\n");
    EXPECT_EQ(Heard(stream), compact ? "0:HDEL h f\n" : "");
    stream.Clear();
    client.Call({"hsetex", "h", "keepttl", "fields", "1", "f", "2"});
    EXPECT_EQ(Heard(stream), compact ? "0:HSET h f 2\n" : "0:HDEL h f | 0:HSET h f 2\n");
    server.services().effects.SetStream(nullptr);
  }
}

}  // namespace
}  // namespace thimble
