#include "server/config/config.h"

#include <gtest/gtest.h>

#include "server/config/settings.h"

namespace thimble {
namespace {

class ConfigTest : public testing::Test {
 protected:
  // What CONFIG SET answers: "OK", or the error's line.
  std::string Set(std::vector<Config::Change> changes, bool trusted = false) {
    Result<void> done = config.Set(changes, trusted);
    return done.ok() ? "OK" : done.error().text();
  }
  // What CONFIG GET shows, as "name=value" in one line.
  std::string Get(std::vector<Bytes> patterns) {
    std::string shown;
    config.ForEachMatch(patterns, [&](Bytes name, const std::string& value) {
      shown += std::string(name) + "=" + value + " ";
    });
    return shown;
  }
  static std::string Failed(const std::string& name, const std::string& reason) {
    return "ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + reason;
  }

  Settings settings;
  Config config{settings};
};

TEST_F(ConfigTest, BothSpellingsOfAnOptionShareAValue) {
  EXPECT_EQ(Set({{"hash-max-ziplist-entries", "99"}}), "OK");
  EXPECT_EQ(settings.hash_max_listpack_entries, 99);
  EXPECT_EQ(Get({"hash-max-*-entries"}),
            "hash-max-listpack-entries=99 hash-max-ziplist-entries=99 ");
}

TEST_F(ConfigTest, GetEchoesNamesAndShowsEachOptionOnce) {
  EXPECT_EQ(Get({"PORT", "port", "p?rt", "nosuch"}), "PORT=6379 ");
}

TEST_F(ConfigTest, HiddenOptionsAreShownByFullNameOnly) {
  EXPECT_EQ(Get({"key-load-*"}), "");
  EXPECT_EQ(Get({"key-load-delay"}), "key-load-delay=0 ");
}

TEST_F(ConfigTest, SetIsAllOrNothing) {
  EXPECT_EQ(Set({{"maxmemory", "1gb"}, {"timeout", "x"}}),
            Failed("timeout", "argument couldn't be parsed into an integer"));
  EXPECT_EQ(settings.maxmemory, 0);
  EXPECT_EQ(Set({{"maxmemory", "1gb"}, {"timeout", "5"}}), "OK");
  EXPECT_EQ(settings.maxmemory, 1 << 30);
  EXPECT_EQ(settings.timeout_s, 5);
}

TEST_F(ConfigTest, NamesAreCheckedBeforeValues) {
  EXPECT_EQ(Set({{"port", "70000"}, {"nosuch", "1"}}),
            "ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'");
  EXPECT_EQ(Set({{"timeout", "1"}, {"TIMEOUT", "2"}}), Failed("TIMEOUT", "duplicate parameter"));
  EXPECT_EQ(Set({{"databases", "5"}}), Failed("databases", "can't set immutable config"));
}

TEST_F(ConfigTest, GuardedOptionsNeedTrust) {
  EXPECT_EQ(Set({{"dbfilename", "x.rdb"}}), Failed("dbfilename", "can't set protected config"));
  EXPECT_EQ(Set({{"dbfilename", "x.rdb"}}, true), "OK");
}

TEST_F(ConfigTest, WhatWouldBePretendedIsRefused) {
  for (const char* name : {"tls-port", "tls-session-cache-size"}) {
    EXPECT_NE(Set({{name, "1"}}), "OK") << name;
    EXPECT_EQ(Set({{name, config.Value(name)}}), "OK") << name;
  }
  EXPECT_FALSE(config.ApplyLine({"replicaof", "127.0.0.1", "7000"}).ok());
  EXPECT_TRUE(config.ApplyLine({"replicaof", "no", "one"}).ok());
  EXPECT_FALSE(config.ApplyLine({"user", "bob", "on"}).ok());
  EXPECT_FALSE(config.ApplyLine({"aclfile", "users.acl"}).ok());
  EXPECT_FALSE(config.ApplyLine({"cluster-enabled", "yes"}).ok());
}

TEST_F(ConfigTest, AFailingHookPutsEverythingBack) {
  int calls = 0;
  config.OnChange({"port", "bind"}, [&]() -> Result<void> {
    ++calls;
    if (settings.port == 7) return Error::Message("port 7 is taken");
    return Ok();
  });
  EXPECT_EQ(Set({{"timeout", "9"}, {"port", "7"}, {"bind", "127.0.0.1"}}),
            Failed("port", "port 7 is taken"));
  EXPECT_EQ(calls, 2);  // Once for both options, once to put them back.
  EXPECT_EQ(settings.port, 6379);
  EXPECT_EQ(settings.timeout_s, 0);
  EXPECT_EQ(settings.bind, (std::vector<std::string>{"*", "-::*"}));
}

TEST_F(ConfigTest, SavePointsOfAFileAddUp) {
  ASSERT_TRUE(config.ApplyLine({"save", "60", "1"}).ok());
  ASSERT_TRUE(config.ApplyLine({"save", "300 10"}).ok());
  EXPECT_EQ(config.Value("save"), "60 1 300 10");
  ASSERT_TRUE(config.ApplyLine({"save", ""}).ok());
  EXPECT_EQ(config.Value("save"), "");
}

TEST_F(ConfigTest, WarnsOfOptionsWithoutEffect) {
  ASSERT_TRUE(config.ApplyLine({"save", ""}).ok());
  EXPECT_TRUE(config.Warnings().empty());
  ASSERT_TRUE(config.ApplyLine({"io-threads", "2"}).ok());
  ASSERT_TRUE(config.ApplyLine({"list-compress-depth", "1"}).ok());  // Outside: silent.
  ASSERT_EQ(config.Warnings().size(), 1U);
  EXPECT_NE(config.Warnings()[0].find("'io-threads'"), std::string::npos);
}

// Whatever CONFIG GET shows, CONFIG SET takes back, unless it may not be set at all.
TEST_F(ConfigTest, EveryDefaultCanBeSet) {
  for (const OptionSpec& option : AllOptions()) {
    if (option.Is(kImmutable)) continue;
    const std::string value = config.Value(option);
    EXPECT_EQ(Set({{option.name, value}}, true), "OK") << option.name;
    EXPECT_EQ(config.Value(option), value) << option.name;
  }
}

TEST_F(ConfigTest, NoNameIsUsedTwice) {
  for (const OptionSpec& option : AllOptions()) {
    EXPECT_EQ(FindOption(option.name), &option) << option.name;
    if (!option.alias.empty()) {
      EXPECT_EQ(FindOption(option.alias), &option) << option.alias;
    }
  }
}

}  // namespace
}  // namespace thimble
