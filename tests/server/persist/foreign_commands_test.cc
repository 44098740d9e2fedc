#include "server/persist/foreign_commands.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

// The key that is replaced, with its database if that is another; "-" if there is none.
std::string Replaced(const std::vector<Bytes>& request) {
  const auto replaced = KeyReplacedBy(request);
  if (!replaced) return "-";
  std::string text(replaced->key);
  if (replaced->database) text += " in " + std::to_string(*replaced->database);
  return text;
}

std::string Why(const std::vector<Bytes>& request) {
  return WhyForeign(request, 3);
}

TEST(ForeignCommandsTest, KeysThatAreReplaced) {
  EXPECT_EQ(Replaced({"ZUNIONSTORE", "d", "1", "z"}), "d");
  EXPECT_EQ(Replaced({"zrangestore", "d", "z", "0", "-1"}), "d");
  EXPECT_EQ(Replaced({"GEOSEARCHSTORE", "d", "g"}), "d");
  EXPECT_EQ(Replaced({"SETBIT", "b", "7", "1"}), "b");
  EXPECT_EQ(Replaced({"BITFIELD", "b", "SET", "u8", "0", "1"}), "b");
  EXPECT_EQ(Replaced({"BITOP", "AND", "b", "a", "c"}), "b");
  EXPECT_EQ(Replaced({"PFADD", "p", "a"}), "p");
  EXPECT_EQ(Replaced({"PFMERGE", "p", "q"}), "p");
  EXPECT_EQ(Replaced({"RENAME", "a", "b"}), "b");
  EXPECT_EQ(Replaced({"RENAMENX", "a", "b"}), "b");
  EXPECT_EQ(Replaced({"RESTORE", "a", "0", "x"}), "a");
  EXPECT_EQ(Replaced({"SET", "a", "1", "LATER"}), "a");
  EXPECT_EQ(Replaced({"SETNX", "a", "1"}), "a");
  EXPECT_EQ(Replaced({"MOVE", "a", "20"}), "a");
  EXPECT_EQ(Replaced({"COPY", "a", "b", "REPLACE"}), "b");
  EXPECT_EQ(Replaced({"COPY", "a", "b", "DB", "2", "REPLACE"}), "b in 2");
  EXPECT_EQ(Replaced({"COPY", "a", "b", "DB", "x"}), "b");
}

TEST(ForeignCommandsTest, KeysNamedBehindAWord) {
  EXPECT_EQ(Replaced({"SORT", "l", "STORE", "d"}), "d");
  EXPECT_EQ(Replaced({"sort", "l", "by", "x", "store", "d", "store", "e", "alpha"}), "e");
  EXPECT_EQ(Replaced({"GEORADIUS", "g", "1", "1", "10", "km", "STOREDIST", "d"}), "d");
  EXPECT_EQ(Replaced({"GEORADIUSBYMEMBER", "g", "m", "10", "km", "STORE", "d"}), "d");
  EXPECT_EQ(Replaced({"GEORADIUS", "g", "1", "1", "10", "km"}), "-");
  EXPECT_EQ(Replaced({"SORT", "l", "STORE"}), "-");
  EXPECT_EQ(Replaced({"SORT", "store", "store"}), "-");
}

TEST(ForeignCommandsTest, KeysThatWereForeignAlready) {
  EXPECT_EQ(Replaced({"RPUSH", "l", "a"}), "-");
  EXPECT_EQ(Replaced({"RPOPLPUSH", "l", "m"}), "-");
  EXPECT_EQ(Replaced({"ZADD", "z", "1", "a"}), "-");
  EXPECT_EQ(Replaced({"XADD", "s", "*", "f", "v"}), "-");
  EXPECT_EQ(Replaced({"PFCOUNT", "p"}), "-");
  EXPECT_EQ(Replaced({"HSET", "a", "f", "1"}), "-");
  EXPECT_EQ(Replaced({"NONSENSE", "a"}), "-");
  for (const Bytes name : {"ZUNIONSTORE", "BITOP", "RENAME", "COPY", "SORT", "GEORADIUS"}) {
    EXPECT_EQ(Replaced({name}), "-");
  }
}

TEST(ForeignCommandsTest, WhyTheyAreRefused) {
  EXPECT_EQ(Why({"RPUSH", "l", "a"}),
            "Key 'l' in database 3 is a list, a type this server does not hold. Set "
            "'rdb-foreign-types skip' to load the log without such requests");
  EXPECT_EQ(Why({"BITOP", "AND", "b", "a"}).find("Key 'b' in database 3 is a bitmap"), 0U);
  for (const std::vector<Bytes>& request :
       std::vector<std::vector<Bytes>>{{"NONSENSE", "a"}, {"RPUSH"}, {"XGROUP", "x"}}) {
    EXPECT_EQ(Why(request), "Set 'rdb-foreign-types skip' to load the log without such requests");
  }
  EXPECT_LT(Why({"RPUSH", std::string(100'000, 'k')}).size(), 500U);
}

}  // namespace
}  // namespace thimble
