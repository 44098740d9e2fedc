#include "server/commands/command_commands.h"

#include <algorithm>

#include "server/command/context.h"
#include "server/command/help.h"
#include "server/command/keys.h"
#include "server/command/names.h"
#include "server/commands/command_docs.h"
#include "server/commands/row_words.h"
#include "storage/common/glob.h"

namespace thimble {
namespace {

void ReplyStatuses(ReplyWriter& reply, const std::vector<std::string_view>& names,
                   std::string_view prefix = "") {
  reply.Set(names.size());
  for (const std::string_view name : names) reply.Status(std::string(prefix) + std::string(name));
}

// --- COMMAND INFO -----------------------------------------------------------------------------

void ReplyKeySpec(ReplyWriter& reply, const KeyRange& range) {
  reply.Map(3);
  reply.Bulk("flags");
  ReplyStatuses(reply, KeyFlagNames(range.flags));

  if (range.kind == KeyRange::Kind::kAfterStoreWord) {  // No rule that clients know.
    for (const char* const step : {"begin_search", "find_keys"}) {
      reply.Bulk(step);
      reply.Map(2);
      reply.Bulk("type");
      reply.Bulk("unknown");
      reply.Bulk("spec");
      reply.Map(0);
    }
    return;
  }

  reply.Bulk("begin_search");
  reply.Map(2);
  const bool behind_word = range.kind == KeyRange::Kind::kAfterKeysWord;
  reply.Bulk("type");
  reply.Bulk(behind_word ? "keyword" : "index");
  reply.Bulk("spec");
  if (behind_word) {
    reply.Map(2);
    reply.Bulk("keyword");
    reply.Bulk("KEYS");
    reply.Bulk("startfrom");
    reply.Integer(-2);
  } else {
    reply.Map(1);
    reply.Bulk("index");
    reply.Integer(range.first);
  }

  reply.Bulk("find_keys");
  reply.Map(2);
  reply.Bulk("type");
  const bool counted = range.kind == KeyRange::Kind::kCounted;
  reply.Bulk(counted ? "keynum" : "range");
  reply.Bulk("spec");
  reply.Map(3);
  reply.Bulk(counted ? "keynumidx" : "lastkey");
  reply.Integer(counted ? 0 : range.last);
  if (counted) {
    reply.Bulk("firstkey");
    reply.Integer(1);
  }
  reply.Bulk("keystep");
  reply.Integer(range.step);
  if (!counted) {
    reply.Bulk("limit");
    reply.Integer(0);
  }
}

struct KeyPositions {
  int64_t first = 0;
  int64_t last = 0;
  int64_t step = 0;
};

// The older summary of key positions: one run of them, as far as one can tell it.
KeyPositions PositionsOf(const CommandSpec& spec) {
  KeyPositions positions;
  for (const KeyRange& range : spec.keys.ranges) {
    if (range.kind != KeyRange::Kind::kRange) continue;
    const int64_t last = range.last < 0 ? -1 : range.first + range.last;
    if (positions.first == 0) {
      positions = {range.first, last, range.step};
    } else {
      positions.last = last;
    }
  }
  return positions;
}

void ReplyInfo(ReplyWriter& reply, const Command& command) {
  const CommandSpec& spec = *command.spec;
  const KeyPositions positions = PositionsOf(spec);
  reply.Array(10);
  reply.Bulk(Bytes(command.full_name));
  reply.Integer(spec.arity.Signed());
  ReplyStatuses(reply, FlagNames(spec.flags));
  reply.Integer(positions.first);
  reply.Integer(positions.last);
  reply.Integer(positions.step);
  ReplyStatuses(reply, CategoryNames(spec), "@");
  reply.Set(spec.tips.size());
  for (const std::string_view tip : spec.tips) reply.Bulk(tip);
  const auto is_used = [](const KeyRange& range) { return range.kind != KeyRange::Kind::kNone; };
  reply.Set(static_cast<size_t>(
      std::count_if(spec.keys.ranges.begin(), spec.keys.ranges.end(), is_used)));
  for (const KeyRange& range : spec.keys.ranges) {
    if (is_used(range)) ReplyKeySpec(reply, range);
  }
  // None are a set in Redis, some an array.
  if (command.subcommands.empty()) return reply.Set(0);
  reply.Array(command.subcommands.size());
  for (const auto& subcommand : command.subcommands) ReplyInfo(reply, *subcommand);
}

Result<void> All(CommandContext& ctx, ArgCursor) {
  const auto commands = ctx.services().registry.commands();
  ctx.reply().Array(commands.size());
  for (const auto& command : commands) ReplyInfo(ctx.reply(), *command);
  return Ok();
}

Result<void> DescribeNamed(CommandContext& ctx, ArgCursor args) {
  if (!args.HasNext()) return All(ctx, args);
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) {
    const Command* command = ctx.services().registry.FindFull(args.Next());
    if (command == nullptr) {
      ctx.reply().Null();
    } else {
      ReplyInfo(ctx.reply(), *command);
    }
  }
  return Ok();
}

Result<void> Count(CommandContext& ctx, ArgCursor) {
  ctx.reply().Integer(static_cast<int64_t>(ctx.services().registry.commands().size()));
  return Ok();
}

Result<void> Docs(CommandContext& ctx, ArgCursor args) {
  std::vector<const Command*> chosen;
  if (args.HasNext()) {
    while (args.HasNext()) {
      const Command* command = ctx.services().registry.FindFull(args.Next());
      if (command != nullptr) chosen.push_back(command);
    }
  } else {
    for (const auto& command : ctx.services().registry.commands()) chosen.push_back(command.get());
  }
  ctx.reply().Map(chosen.size());
  for (const Command* command : chosen) {
    ctx.reply().Bulk(Bytes(command->full_name));
    ReplyCommandDocs(ctx.reply(), *command);
  }
  return Ok();
}

// --- COMMAND LIST -----------------------------------------------------------------------------

// FILTERBY: one way to choose among all names.
struct Filter {
  std::optional<Bytes> category;
  std::optional<Bytes> pattern;
  bool none = false;  // MODULE: there are no modules.

  bool Accepts(const Command& command) const {
    if (none) return false;
    if (pattern) return GlobMatch(*pattern, command.full_name, GlobCase::kInsensitive);
    if (!category) return true;
    const std::vector<std::string_view> names = CategoryNames(*command.spec);
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return IsWord(*category, name); });
  }
};

Result<Filter> ParseFilter(ArgCursor args) {
  Filter filter;
  if (!args.HasNext()) return filter;
  if (args.Remaining() != 3 || !args.TakeWord("filterby")) return Errc::kSyntax;
  if (args.TakeWord("module")) {
    filter.none = true;
  } else if (args.TakeWord("aclcat")) {
    filter.category = args.Next();
  } else if (args.TakeWord("pattern")) {
    filter.pattern = args.Next();
  } else {
    return Errc::kSyntax;
  }
  return filter;
}

Result<void> List(CommandContext& ctx, ArgCursor args) {
  Result<Filter> filter = ParseFilter(args);
  if (!filter.ok()) return filter.error();
  ReplyWriter& reply = ctx.reply();
  const OutputBuffer::Mark start = reply.Defer();
  size_t count = 0;
  const auto add = [&](const Command& command) {
    if (!filter->Accepts(command)) return;
    reply.Bulk(Bytes(command.full_name));
    ++count;
  };
  for (const auto& command : ctx.services().registry.commands()) {
    add(*command);
    for (const auto& subcommand : command->subcommands) add(*subcommand);
  }
  reply.FinishDeferred(start, ReplyWriter::Aggregate::kArray, count);
  return Ok();
}

// --- COMMAND GETKEYS --------------------------------------------------------------------------

// The command that `args` spell, and its keys.
Result<std::vector<KeyArgument>> KeysOfCall(CommandContext& ctx, std::span<const Bytes> args) {
  const Command* command = ctx.services().registry.Find(args[0]);
  if (command != nullptr && !command->subcommands.empty() && args.size() > 1) {
    command = command->FindSubcommand(args[1]);
  }
  if (command == nullptr) return Error::Message("ERR Invalid command specified");
  const CommandSpec& spec = *command->spec;
  const KeyRange& first = spec.keys.ranges[0];
  if (first.kind == KeyRange::Kind::kNone || (first.flags & kNotKey) != 0) {
    return Error::Message("ERR The command has no key arguments");
  }
  if (!spec.arity.Accepts(args.size())) {
    return Error::Message("ERR Invalid number of arguments specified for command");
  }
  std::vector<KeyArgument> keys = KeysOf(spec, args);
  if (keys.empty() && !spec.Is(kNoMandatoryKeys))
    return Error::Message("ERR Invalid arguments specified for command");
  return keys;
}

Result<void> GetKeys(CommandContext& ctx, ArgCursor args) {
  auto keys = KeysOfCall(ctx, args.rest());
  if (!keys.ok()) return keys.error();
  ctx.reply().Array(keys->size());
  for (const KeyArgument& key : *keys) ctx.reply().Bulk(args.rest()[key.index]);
  return Ok();
}

Result<void> GetKeysAndFlags(CommandContext& ctx, ArgCursor args) {
  auto keys = KeysOfCall(ctx, args.rest());
  if (!keys.ok()) return keys.error();
  ctx.reply().Array(keys->size());
  for (const KeyArgument& key : *keys) {
    ctx.reply().Array(2);
    ctx.reply().Bulk(args.rest()[key.index]);
    ReplyStatuses(ctx.reply(), KeyFlagNames(key.flags));
  }
  return Ok();
}

// --- Rows -------------------------------------------------------------------------------------

constexpr uint32_t kWhileLoading = kLoading | kStale;

constexpr CommandSpec kSubcommands[] = {
    {.name = "count",
     .run = Count,
     .arity = Exactly(2),
     .flags = kWhileLoading,
     .categories = kConnectionCategory,
     .group = Group::kServer,
     .since = "2.8.13",
     .complexity = "O(1)",
     .summary = "Counts the commands.",
     .syntax = ""},
    {.name = "docs",
     .run = Docs,
     .arity = AtLeast(2),
     .flags = kWhileLoading,
     .categories = kConnectionCategory,
     .group = Group::kServer,
     .since = "7.0.0",
     .complexity = "O(N) in the number of commands asked for.",
     .summary = "Documents commands: what they do, since when, and their arguments.",
     .syntax = "[command-name [command-name ...]]",
     .tips = kAnyOrder},
    {.name = "getkeys",
     .run = GetKeys,
     .arity = AtLeast(4),
     .flags = kWhileLoading,
     .categories = kConnectionCategory,
     .group = Group::kServer,
     .since = "2.8.13",
     .complexity = "O(N) in the number of arguments.",
     .summary = "Tells which arguments of a command are keys.",
     .syntax = "command [arg [arg ...]]"},
    {.name = "getkeysandflags",
     .run = GetKeysAndFlags,
     .arity = AtLeast(4),
     .flags = kWhileLoading,
     .categories = kConnectionCategory,
     .group = Group::kServer,
     .since = "7.0.0",
     .complexity = "O(N) in the number of arguments.",
     .summary = "Tells which arguments are keys and what happens to them.",
     .syntax = "command [arg [arg ...]]"},
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kWhileLoading,
     .categories = kConnectionCategory,
     .group = Group::kServer,
     .since = "5.0.0",
     .complexity = "O(1)",
     .summary = "Lists the subcommands.",
     .syntax = ""},
    {.name = "info",
     .run = DescribeNamed,
     .arity = AtLeast(2),
     .flags = kWhileLoading,
     .categories = kConnectionCategory,
     .group = Group::kServer,
     .since = "2.8.13",
     .complexity = "O(N) in the number of commands asked for.",
     .summary = "Describes commands to clients: arity, flags, keys.",
     .syntax = "[command-name [command-name ...]]",
     .tips = kAnyOrder},
    {.name = "list",
     .run = List,
     .arity = AtLeast(2),
     .flags = kWhileLoading,
     .categories = kConnectionCategory,
     .group = Group::kServer,
     .since = "7.0.0",
     .complexity = "O(N) in the number of commands.",
     .summary = "Lists the names of commands and subcommands.",
     .syntax = "[FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern>]",
     .tips = kAnyOrder},
};
static_assert(WellFormed(kSubcommands));

constexpr CommandSpec kCommands[] = {
    {.name = "command",
     .run = All,
     .arity = AtLeast(1),
     .flags = kWhileLoading,
     .categories = kConnectionCategory,
     .group = Group::kServer,
     .since = "2.8.13",
     .complexity = "O(N) in the number of commands.",
     .summary = "Describes all commands to clients.",
     .syntax = "",
     .tips = kAnyOrder,
     .subcommands = kSubcommands},
};
static_assert(WellFormed(kCommands));

}  // namespace

std::span<const CommandSpec> CommandCommands() {
  return kCommands;
}

}  // namespace thimble
