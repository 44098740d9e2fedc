#include "server/command/keys.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/command/registry.h"
#include "server/commands/all_commands.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

struct KeysCase {
  std::string command;
  std::string keys;  // Their positions.
};

class KeysOfTest : public testing::TestWithParam<KeysCase> {};

TEST_P(KeysOfTest, Positions) {
  CommandRegistry registry;
  AddAllCommands(registry);
  const auto words = SplitWords(GetParam().command);
  ASSERT_TRUE(words.has_value());
  const std::vector<Bytes> args(words->begin(), words->end());
  const Command* command = registry.Find(args[0]);
  ASSERT_NE(command, nullptr);
  if (!command->subcommands.empty()) command = command->FindSubcommand(args[1]);
  ASSERT_NE(command, nullptr);
  std::string positions;
  for (const KeyArgument& key : KeysOf(*command->spec, args)) {
    positions += (positions.empty() ? "" : " ") + std::to_string(key.index);
  }
  EXPECT_EQ(positions, GetParam().keys);
}

INSTANTIATE_TEST_SUITE_P(
    Table, KeysOfTest,
    testing::Values(KeysCase{"get a", "1"}, KeysCase{"hset a f v g w", "1"},
                    KeysCase{"mset a 1 b 2", "1 3"}, KeysCase{"mset a 1 b", "1 3"},
                    KeysCase{"del a b c", "1 2 3"}, KeysCase{"smove a b m", "1 2"},
                    KeysCase{"rename a b", "1 2"}, KeysCase{"sinterstore d a b", "1 2 3"},
                    KeysCase{"sintercard 2 a b", "2 3"},
                    KeysCase{"sintercard 2 a b LIMIT 1", "2 3"}, KeysCase{"sintercard 3 a b", ""},
                    KeysCase{"sintercard 0 a", ""}, KeysCase{"sintercard -1 a", ""},
                    KeysCase{"sintercard x a", ""},
                    KeysCase{"sintercard 9223372036854775807 a", ""},
                    KeysCase{"object encoding a", "2"}, KeysCase{"memory usage a", "2"},
                    KeysCase{"ping", ""}, KeysCase{"copy a b DB 1", "1 2"}));

}  // namespace
}  // namespace thimble
