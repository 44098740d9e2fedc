// What must hold for every row of the command table.

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/command/keys.h"
#include "server/command/names.h"
#include "server/command/registry.h"
#include "server/command/syntax.h"
#include "server/commands/all_commands.h"

namespace thimble {
namespace {

class RowsTest : public testing::Test {
 protected:
  RowsTest() { AddAllCommands(registry_); }

  // Subcommands included.
  void ForEach(const std::function<void(const Command&)>& visit) const {
    for (const auto& command : registry_.commands()) {
      SCOPED_TRACE(command->full_name);
      visit(*command);
      for (const auto& subcommand : command->subcommands) {
        SCOPED_TRACE(subcommand->full_name);
        visit(*subcommand);
      }
    }
  }

  CommandRegistry registry_;
};

// Whether the range names keys: shard channels only look like some.
bool NamesKeys(const KeyRange& range) {
  return range.kind != KeyRange::Kind::kNone && (range.flags & kNotKey) == 0;
}

void ForEachArgument(const std::vector<ArgumentDoc>& arguments,
                     const std::function<void(const ArgumentDoc&)>& visit) {
  for (const ArgumentDoc& argument : arguments) {
    visit(argument);
    ForEachArgument(argument.arguments, visit);
  }
}

// The words of a syntax in upper case, without repetitions ("[PX x]" twice is one word).
std::set<std::string> TokensOfText(std::string_view syntax) {
  std::set<std::string> tokens;
  std::string word;
  for (const char c : std::string(syntax) + " ") {
    if (std::string_view(" []<>|").find(c) == std::string_view::npos) {
      word += c;
      continue;
    }
    const bool upper =
        std::none_of(word.begin(), word.end(),
                     [](unsigned char x) { return std::islower(x) != 0; }) &&
        std::any_of(word.begin(), word.end(), [](unsigned char x) { return std::isupper(x) != 0; });
    if (upper) tokens.insert(word);
    word.clear();
  }
  return tokens;
}

// The fewest arguments that a syntax asks for.
int Fewest(const std::vector<ArgumentDoc>& arguments) {
  int fewest = 0;
  for (const ArgumentDoc& argument : arguments) {
    if (argument.optional) continue;
    const bool has_own_token = !argument.token.empty() && argument.type != "pure-token";
    if (has_own_token) ++fewest;
    if (argument.type == "block") {
      fewest += Fewest(argument.arguments);
    } else if (argument.type == "oneof") {
      int least = INT32_MAX;
      for (const ArgumentDoc& choice : argument.arguments)
        least = std::min(least, Fewest({choice}));
      fewest += least;
    } else {
      ++fewest;
    }
  }
  return fewest;
}

TEST_F(RowsTest, EachDoesSomething) {
  ForEach([](const Command& command) {
    const CommandSpec& spec = *command.spec;
    EXPECT_TRUE(spec.run != nullptr || !spec.subcommands.empty());
    EXPECT_FALSE(spec.summary.empty());
    EXPECT_TRUE(spec.summary.ends_with('.')) << spec.summary;
    EXPECT_TRUE(std::none_of(spec.name.begin(), spec.name.end(),
                             [](unsigned char c) { return std::isupper(c) != 0; }));
    EXPECT_GE(spec.arity.Min(), command.container == nullptr ? 1 : 2);
  });
}

TEST_F(RowsTest, SubcommandsAreSorted) {
  for (const auto& command : registry_.commands()) {
    EXPECT_TRUE(
        std::is_sorted(command->subcommands.begin(), command->subcommands.end(),
                       [](const auto& a, const auto& b) { return a->spec->name < b->spec->name; }))
        << command->full_name;
  }
}

TEST_F(RowsTest, SyntaxIsBalanced) {
  ForEach([](const Command& command) {
    std::string open;
    for (const char c : command.spec->syntax) {
      if (c == '[') open += ']';
      if (c == '<') open += '>';
      if (c != ']' && c != '>') continue;
      ASSERT_FALSE(open.empty()) << command.spec->syntax;
      EXPECT_EQ(open.back(), c) << command.spec->syntax;
      open.pop_back();
    }
    EXPECT_TRUE(open.empty()) << command.spec->syntax;
  });
}

TEST_F(RowsTest, SyntaxYieldsKnownTypesAndAllItsTokens) {
  static const std::set<std::string> kTypes = {
      "key", "string", "integer", "double", "pattern", "unix-time", "pure-token", "oneof", "block"};
  ForEach([](const Command& command) {
    const std::vector<ArgumentDoc> arguments = ParseSyntax(command.spec->syntax);
    EXPECT_EQ(arguments.empty(), command.spec->syntax.empty());
    std::set<std::string> tokens;
    ForEachArgument(arguments, [&](const ArgumentDoc& argument) {
      EXPECT_TRUE(kTypes.contains(argument.type)) << argument.type;
      EXPECT_FALSE(argument.name.empty());
      const bool is_group = argument.type == "oneof" || argument.type == "block";
      EXPECT_EQ(is_group, !argument.arguments.empty()) << argument.name;
      if (argument.type == "oneof") {
        EXPECT_GE(argument.arguments.size(), 2U);
      }
      if (argument.type == "pure-token") {
        EXPECT_FALSE(argument.token.empty());
      }
      if (!argument.token.empty()) tokens.insert(argument.token);
    });
    EXPECT_EQ(tokens, TokensOfText(command.spec->syntax)) << command.spec->syntax;
  });
}

TEST_F(RowsTest, SyntaxAgreesWithArity) {
  // Rows whose arity is one higher than their syntax asks for, as in the reference.
  static const std::set<std::string> kHigher = {"client|kill", "command|getkeys",
                                                "command|getkeysandflags"};
  ForEach([](const Command& command) {
    const CommandSpec& spec = *command.spec;
    if (spec.syntax.empty()) return;
    const int higher = kHigher.contains(command.full_name) ? 1 : 0;
    const std::vector<ArgumentDoc> arguments = ParseSyntax(spec.syntax);
    const int own_words = command.container == nullptr ? 1 : 2;
    EXPECT_EQ(own_words + Fewest(arguments) + higher, spec.arity.Min()) << spec.syntax;
    bool open_ended = false;
    ForEachArgument(arguments, [&](const ArgumentDoc& argument) {
      open_ended |= argument.optional || argument.multiple;
    });
    EXPECT_EQ(spec.arity.exact(), !open_ended) << spec.syntax;
  });
}

TEST_F(RowsTest, KeySpecsAgreeWithSyntax) {
  ForEach([](const Command& command) {
    const CommandSpec& spec = *command.spec;
    int highest = -1;
    ForEachArgument(ParseSyntax(spec.syntax), [&](const ArgumentDoc& argument) {
      if (argument.type == "key") {
        EXPECT_EQ(argument.key_spec, highest + 1);
        highest = std::max(highest, argument.key_spec);
      } else {
        EXPECT_EQ(argument.key_spec, -1);
      }
    });
    int ranges = 0;
    for (const KeyRange& range : spec.keys.ranges) {
      if (NamesKeys(range)) ++ranges;
    }
    EXPECT_EQ(highest + 1, ranges) << spec.syntax;
  });
}

TEST_F(RowsTest, KeyFlagsAgreeWithFlags) {
  ForEach([](const Command& command) {
    const CommandSpec& spec = *command.spec;
    for (const KeyRange& range : spec.keys.ranges) {
      if (!NamesKeys(range)) continue;
      const int modes = ((range.flags & kKeyReadOnly) != 0) + ((range.flags & kKeyReadWrite) != 0) +
                        ((range.flags & kKeyOverwrite) != 0) + ((range.flags & kKeyRemove) != 0);
      EXPECT_EQ(modes, 1);
      if (spec.Is(kReadOnly)) {
        EXPECT_NE(range.flags & kKeyReadOnly, 0);
      }
      EXPECT_GT(range.step, 0);
      EXPECT_GE(range.first, command.container == nullptr ? 1 : 2);
    }
    const KeyRange& first = spec.keys.ranges[0];
    const bool write = first.kind != KeyRange::Kind::kNone &&
                       (first.flags & (kKeyReadWrite | kKeyOverwrite | kKeyRemove)) != 0;
    if (write && !spec.Is(kNoMandatoryKeys)) {  // What a script does is not known ahead.
      EXPECT_TRUE(spec.Is(kWrite));
    }
  });
}

TEST_F(RowsTest, FewestArgumentsNameTheirKeys) {
  // The shortest legal call of a command with keys names at least one, within its arguments.
  ForEach([](const Command& command) {
    const CommandSpec& spec = *command.spec;
    if (!NamesKeys(spec.keys.ranges[0]) || spec.Is(kNoMandatoryKeys)) return;
    const std::vector<Bytes> args(static_cast<size_t>(spec.arity.Min()), "1");
    const std::vector<KeyArgument> keys = KeysOf(spec, args);
    EXPECT_FALSE(keys.empty());
    for (const KeyArgument& key : keys) EXPECT_LT(key.index, args.size());
  });
}

TEST_F(RowsTest, Categories) {
  static const std::set<std::string_view> kKnown = {
      "keyspace", "read",   "write",       "set",       "sortedset",  "list",        "hash",
      "string",   "bitmap", "hyperloglog", "geo",       "stream",     "pubsub",      "admin",
      "fast",     "slow",   "blocking",    "dangerous", "connection", "transaction", "scripting"};
  ForEach([](const Command& command) {
    const std::vector<std::string_view> names = CategoryNames(*command.spec);
    for (const std::string_view name : names) EXPECT_TRUE(kKnown.contains(name)) << name;
    EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size()) << "a category twice";
    const auto has = [&](std::string_view name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    EXPECT_NE(has("fast"), has("slow"));
    if (command.spec->run == nullptr) return;
    EXPECT_EQ(has("write"), command.spec->Is(kWrite));
    const bool scripted = command.spec->group == Group::kScripting;
    EXPECT_EQ(has("read"), command.spec->Is(kReadOnly) && !scripted);
    if (command.spec->Is(kAdmin)) {
      EXPECT_TRUE(has("admin") && has("dangerous"));
    }
  });
}

}  // namespace
}  // namespace thimble
