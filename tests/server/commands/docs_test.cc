// COMMAND and COMMAND DOCS answer the table they are made from.

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "protocol/reply_parser.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

using test::InProcessClient;
using test::InProcessServer;

Reply Parsed(const std::string& bytes) {
  Reply reply;
  ReplyParser parser;
  const ReplyParser::Step step = parser.Parse(bytes, reply);
  EXPECT_EQ(step.outcome, ReplyParser::Outcome::kReply);
  EXPECT_EQ(step.consumed, bytes.size()) << "more or less than one reply";
  return reply;
}

std::map<std::string, const Reply*> Fields(const Reply& map) {
  EXPECT_EQ(map.type, Reply::Type::kMap);
  std::map<std::string, const Reply*> fields;
  for (size_t i = 0; i + 1 < map.elements.size(); i += 2) {
    EXPECT_TRUE(fields.emplace(map.elements[i].text, &map.elements[i + 1]).second)
        << map.elements[i].text << " twice";
  }
  return fields;
}

void CheckArguments(const Reply& arguments) {
  for (const Reply& argument : arguments.elements) {
    const auto fields = Fields(argument);
    ASSERT_TRUE(fields.contains("name") && fields.contains("type"));
    const std::string& type = fields.at("type")->text;
    const bool is_group = type == "oneof" || type == "block";
    EXPECT_EQ(fields.contains("arguments"), is_group);
    EXPECT_EQ(fields.contains("key_spec_index"), type == "key");
    if (is_group) CheckArguments(*fields.at("arguments"));
  }
}

void CheckDocs(const CommandRegistry& registry, const std::string& name, const Reply& docs) {
  SCOPED_TRACE(name);
  const Command* command = registry.FindFull(name);
  ASSERT_NE(command, nullptr);
  const auto fields = Fields(docs);
  EXPECT_EQ(fields.at("summary")->text, command->spec->summary);
  EXPECT_EQ(fields.at("since")->text, command->spec->since);
  EXPECT_EQ(fields.contains("arguments"), !command->spec->syntax.empty());
  if (fields.contains("arguments")) CheckArguments(*fields.at("arguments"));
  EXPECT_EQ(fields.contains("subcommands"), !command->subcommands.empty());
  if (!fields.contains("subcommands")) return;
  const auto subcommands = Fields(*fields.at("subcommands"));
  EXPECT_EQ(subcommands.size(), command->subcommands.size());
  for (const auto& [subname, subdocs] : subcommands) CheckDocs(registry, subname, *subdocs);
}

TEST(CommandDocsTest, EveryRow) {
  InProcessServer server;
  InProcessClient client(server);
  client.Call({"HELLO", "3"});
  const CommandRegistry& registry = server.services().registry;
  const Reply docs = Parsed(client.Call({"COMMAND", "DOCS"}));
  const auto commands = Fields(docs);
  EXPECT_EQ(commands.size(), registry.commands().size());
  for (const auto& [name, described] : commands) CheckDocs(registry, name, *described);
}

TEST(CommandInfoTest, EveryRowHasTenFields) {
  for (const char* protocol : {"2", "3"}) {
    InProcessServer server;
    InProcessClient client(server);
    client.Call({"HELLO", protocol});
    const CommandRegistry& registry = server.services().registry;
    const Reply rows = Parsed(client.Call({"COMMAND"}));
    EXPECT_EQ(rows.elements.size(), registry.commands().size());
    for (const Reply& row : rows.elements) {
      ASSERT_EQ(row.elements.size(), 10U);
      const Command* command = registry.Find(row.elements[0].text);
      ASSERT_NE(command, nullptr);
      EXPECT_EQ(row.elements[1].integer, command->spec->arity.Signed());
      EXPECT_EQ(row.elements[9].elements.size(), command->subcommands.size());
    }
  }
}

TEST(CommandListTest, NamesSubcommandsToo) {
  InProcessServer server;
  InProcessClient client(server);
  const Reply names = Parsed(client.Call({"COMMAND", "LIST"}));
  EXPECT_EQ(names.elements.size(), server.services().registry.total());
}

}  // namespace
}  // namespace thimble
