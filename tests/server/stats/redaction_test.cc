#include "server/stats/redaction.h"

#include <gtest/gtest.h>

#include "server/command/registry.h"
#include "server/commands/all_commands.h"
#include "server/stats/command_log.h"

namespace thimble {
namespace {

std::string Shown(std::vector<Bytes> args) {
  CommandRegistry registry;
  AddAllCommands(registry);
  registry.Rename("config", "settings");
  std::string line;
  for (const Bytes arg : Redacted(registry, args)) line += std::string(arg) + " ";
  return line;
}

TEST(RedactionTest, HidesPasswordsAndNothingElse) {
  EXPECT_EQ(Shown({"SET", "auth", "x"}), "SET auth x ");
  EXPECT_EQ(Shown({"auth", "pw"}), "auth (redacted) ");
  EXPECT_EQ(Shown({"AUTH", "user", "pw"}), "AUTH (redacted) (redacted) ");
  EXPECT_EQ(Shown({"HELLO", "3", "auth", "u", "p", "SETNAME", "n"}),
            "HELLO 3 auth (redacted) (redacted) SETNAME n ");
  EXPECT_EQ(Shown({"hello"}), "hello ");
  EXPECT_EQ(Shown({"SETTINGS", "SET", "timeout", "1", "RequirePass", "pw"}),
            "SETTINGS SET timeout 1 RequirePass (redacted) ");
  EXPECT_EQ(Shown({"settings", "GET", "requirepass", "x"}), "settings GET requirepass x ");
  EXPECT_EQ(
      Shown({"MIGRATE", "h", "1", "auth", "0", "9", "COPY", "auth", "pw", "KEYS", "auth", "a"}),
      "MIGRATE h 1 auth 0 9 COPY auth (redacted) KEYS auth a ");
  EXPECT_EQ(Shown({"migrate", "h", "1", "k", "0", "9", "AUTH2", "name", "pw", "replace"}),
            "migrate h 1 k 0 9 AUTH2 (redacted) (redacted) replace ");
  EXPECT_EQ(Shown({"migrate", "h", "1", "k", "0", "9", "auth2", "name"}),
            "migrate h 1 k 0 9 auth2 (redacted) ");
}

TEST(CommandLogArgsTest, CutsLongArguments) {
  const std::string long_arg(130, 'x');
  const std::vector<Bytes> args = {"SET", long_arg};
  EXPECT_EQ(CommandLogArgs(args),
            (std::vector<std::string>{"SET", std::string(128, 'x') + "... (2 more bytes)"}));
}

TEST(CommandLogArgsTest, CutsLongCommands) {
  const std::vector<Bytes> at_limit(32, "a");
  EXPECT_EQ(CommandLogArgs(at_limit).size(), 32U);
  EXPECT_EQ(CommandLogArgs(at_limit).back(), "a");
  const std::vector<Bytes> above(40, "a");
  EXPECT_EQ(CommandLogArgs(above).size(), 32U);
  EXPECT_EQ(CommandLogArgs(above).back(), "... (9 more arguments)");
}

}  // namespace
}  // namespace thimble
