#include "server/command/registry.h"

#include <string>

#include <gtest/gtest.h>

#include "server/command/args.h"
#include "server/commands/all_commands.h"

namespace thimble {
namespace {

Result<void> Nothing(CommandContext&, ArgCursor) {
  return Ok();
}

constexpr CommandSpec kSubcommands[] = {
    {.name = "get", .run = Nothing, .arity = AtLeast(2), .since = "1", .summary = "x"},
    {.name = "set", .run = Nothing, .arity = AtLeast(2), .since = "1", .summary = "x"},
};
constexpr CommandSpec kSpecs[] = {
    {.name = "box", .arity = AtLeast(2), .since = "1", .summary = "x", .subcommands = kSubcommands},
    {.name = "one", .run = Nothing, .arity = Exactly(1), .since = "1", .summary = "x"},
    {.name = "two", .run = Nothing, .arity = Exactly(1), .since = "1", .summary = "x"},
};

// Names that share their first and last eight bytes: the hash cannot tell them apart.
constexpr CommandSpec kAlike[] = {
    {.name = "aaaaaaaa1bbbbbbbb",
     .run = Nothing,
     .arity = Exactly(1),
     .since = "1",
     .summary = "x"},
    {.name = "aaaaaaaa2bbbbbbbb",
     .run = Nothing,
     .arity = Exactly(1),
     .since = "1",
     .summary = "x"},
    {.name = "aaaaaaaa3bbbbbbbb",
     .run = Nothing,
     .arity = Exactly(1),
     .since = "1",
     .summary = "x"},
};

class RegistryTest : public testing::Test {
 protected:
  RegistryTest() { registry_.Add(kSpecs); }
  const CommandSpec* SpecOf(Bytes name) const {
    const Command* command = registry_.Find(name);
    return command == nullptr ? nullptr : command->spec;
  }
  CommandRegistry registry_;
};

TEST_F(RegistryTest, FindsInAnyCase) {
  EXPECT_EQ(SpecOf("one"), &kSpecs[1]);
  EXPECT_EQ(SpecOf("ONE"), &kSpecs[1]);
  EXPECT_EQ(SpecOf("oNe"), &kSpecs[1]);
  EXPECT_EQ(SpecOf("tw"), nullptr);
  EXPECT_EQ(SpecOf("twoo"), nullptr);
  EXPECT_EQ(SpecOf(""), nullptr);
  EXPECT_EQ(SpecOf(Bytes("one\0", 4)), nullptr);
  // Bytes that only the case bit tells from letters are other names.
  EXPECT_EQ(SpecOf("box"), &kSpecs[0]);
  EXPECT_EQ(SpecOf("\x02ox"), nullptr);
}

TEST_F(RegistryTest, Subcommands) {
  const Command* box = registry_.Find("box");
  ASSERT_NE(box, nullptr);
  ASSERT_NE(box->FindSubcommand("GET"), nullptr);
  EXPECT_EQ(box->FindSubcommand("GET")->full_name, "box|get");
  EXPECT_EQ(box->FindSubcommand("GET")->container, box);
  EXPECT_EQ(box->FindSubcommand("nosuch"), nullptr);
  EXPECT_EQ(registry_.FindFull("BOX|Set")->spec, &kSubcommands[1]);
  EXPECT_EQ(registry_.FindFull("box"), box);
  EXPECT_EQ(registry_.FindFull("box|"), nullptr);
  EXPECT_EQ(registry_.FindFull("one|get"), nullptr);
  EXPECT_EQ(registry_.FindFull("|get"), nullptr);
  EXPECT_EQ(registry_.Find("get"), nullptr);
  EXPECT_EQ(registry_.total(), 5U);
}

TEST_F(RegistryTest, NamesThatCollide) {
  registry_.Add(kAlike);
  for (const CommandSpec& spec : kAlike) EXPECT_EQ(SpecOf(spec.name), &spec);
  EXPECT_EQ(SpecOf("aaaaaaaa4bbbbbbbb"), nullptr);
  // What is taken out does not hide what stands behind it.
  EXPECT_TRUE(registry_.Rename("aaaaaaaa1bbbbbbbb", ""));
  EXPECT_EQ(SpecOf("aaaaaaaa1bbbbbbbb"), nullptr);
  EXPECT_EQ(SpecOf("aaaaaaaa2bbbbbbbb"), &kAlike[1]);
  EXPECT_EQ(SpecOf("aaaaaaaa3bbbbbbbb"), &kAlike[2]);
}

TEST_F(RegistryTest, Rename) {
  EXPECT_TRUE(registry_.Rename("ONE", "Uno"));
  EXPECT_EQ(SpecOf("one"), nullptr);
  EXPECT_EQ(SpecOf("UNO"), &kSpecs[1]);
  EXPECT_EQ(registry_.Find("uno")->full_name, "one");
  EXPECT_FALSE(registry_.Rename("one", "other"));
  EXPECT_FALSE(registry_.Rename("nosuch", "other"));
  EXPECT_FALSE(registry_.Rename("two", "uno"));
  EXPECT_EQ(SpecOf("two"), &kSpecs[2]);
  EXPECT_TRUE(registry_.Rename("two", "one"));  // A name that has become free.
  EXPECT_EQ(SpecOf("one"), &kSpecs[2]);
  EXPECT_TRUE(registry_.Rename("uno", "two"));
  EXPECT_EQ(SpecOf("two"), &kSpecs[1]);
}

TEST_F(RegistryTest, TwoOfOneNameAreOurMistake) {
  EXPECT_DEATH(registry_.Add(kSpecs), "ASSERTION FAILED");
}

TEST(AllCommandsTest, EveryNameIsFound) {
  CommandRegistry registry;
  AddAllCommands(registry);
  std::vector<bool> seen(registry.total());
  for (const auto& command : registry.commands()) {
    EXPECT_EQ(registry.Find(command->spec->name), command.get());
    ASSERT_LT(command->id, seen.size());
    EXPECT_FALSE(seen[command->id]);
    seen[command->id] = true;
    for (const auto& subcommand : command->subcommands) {
      EXPECT_EQ(registry.FindFull(subcommand->full_name), subcommand.get());
      ASSERT_LT(subcommand->id, seen.size());
      EXPECT_FALSE(seen[subcommand->id]);
      seen[subcommand->id] = true;
    }
  }
}

// What runs without a look at anything but the data: the everyday commands, and none that does
// something to clients, waits, or runs others.
TEST(AllCommandsTest, PlainAreThoseOnDataAlone) {
  CommandRegistry registry;
  AddAllCommands(registry);
  for (const char* const name : {"get", "set", "incr", "mset", "del", "expire", "hget", "hset",
                                 "hincrby", "hgetall", "hscan", "sadd", "sismember", "sinter"}) {
    EXPECT_TRUE(registry.Find(name)->plain) << name;
  }
  for (const auto& command : registry.commands()) {
    if (!command->plain) continue;
    const Group group = command->spec->group;
    EXPECT_TRUE(group == Group::kGeneric || group == Group::kString || group == Group::kHash ||
                group == Group::kSet)
        << command->full_name;
    EXPECT_FALSE(command->spec->Is(kMovableKeys)) << command->full_name;
  }
  for (const char* const name : {"migrate", "sort", "wait", "object", "scan", "flushall", "swapdb",
                                 "eval", "exec", "watch", "publish", "spublish", "subscribe"}) {
    EXPECT_FALSE(registry.Find(name)->plain) << name;
  }
}

}  // namespace
}  // namespace thimble
