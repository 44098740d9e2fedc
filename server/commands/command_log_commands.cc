#include "server/commands/command_log_commands.h"

#include <algorithm>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/error_text.h"
#include "server/command/help.h"
#include "server/stats/command_log.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

using Kind = CommandLog::Kind;

// The newest entries of a kind; all for a `count` of -1.
Result<void> Show(CommandContext& ctx, Kind kind, int64_t count) {
  if (count < -1) return Error::Message("ERR count should be greater than or equal to -1");
  const auto& entries = ctx.services().command_log.entries(kind);
  const size_t shown = std::min(static_cast<uint64_t>(count), uint64_t{entries.size()});
  ReplyWriter& reply = ctx.reply();
  reply.Array(shown);
  for (size_t i = 0; i < shown; ++i) {
    const CommandLog::Entry& entry = entries[i];
    reply.Array(6);
    reply.Integer(static_cast<int64_t>(entry.id));
    reply.Integer(entry.time_s);
    reply.Integer(entry.amount);
    reply.Array(entry.args.size());
    for (const std::string& arg : entry.args) reply.Bulk(Bytes(arg));
    reply.Bulk(Bytes(entry.peer));
    reply.Bulk(Bytes(entry.client_name));
  }
  return Ok();
}

Result<void> Count(CommandContext& ctx, Kind kind) {
  ctx.reply().Integer(static_cast<int64_t>(ctx.services().command_log.entries(kind).size()));
  return Ok();
}

Result<void> Forget(CommandContext& ctx, Kind kind) {
  ctx.services().command_log.Clear(kind);
  ctx.reply().Ok();
  return Ok();
}

// What is no number counts as one too small.
int64_t CountOf(Bytes text) {
  return ParseInt64(text).value_or(-2);
}

// --- SLOWLOG: the slow ones ---------------------------------------------------------------------

// SLOWLOG GET [count]: ten by default.
Result<void> SlowLogGet(CommandContext& ctx, ArgCursor args) {
  constexpr int64_t kDefaultCount = 10;
  if (args.Remaining() > 1) return WrongSubcommandUse("SLOWLOG", args.CalledBy());
  return Show(ctx, Kind::kSlow, args.HasNext() ? CountOf(args.Next()) : kDefaultCount);
}

Result<void> SlowLogLen(CommandContext& ctx, ArgCursor) {
  return Count(ctx, Kind::kSlow);
}

Result<void> SlowLogReset(CommandContext& ctx, ArgCursor) {
  return Forget(ctx, Kind::kSlow);
}

// --- COMMANDLOG: any kind -----------------------------------------------------------------------

Result<Kind> KindNamed(Bytes name) {
  if (const auto kind = CommandLog::ParseKind(name)) return *kind;
  return Error::Message(
      "ERR type should be one of the following: slow, large-request, large-reply");
}

// COMMANDLOG GET count type
Result<void> CommandLogGet(CommandContext& ctx, ArgCursor args) {
  const int64_t count = CountOf(args.Next());
  if (count < -1) return Show(ctx, Kind::kSlow, count);
  auto kind = KindNamed(args.Next());
  if (!kind.ok()) return kind.error();
  return Show(ctx, *kind, count);
}

Result<void> CommandLogLen(CommandContext& ctx, ArgCursor args) {
  auto kind = KindNamed(args.Next());
  if (!kind.ok()) return kind.error();
  return Count(ctx, *kind);
}

Result<void> CommandLogReset(CommandContext& ctx, ArgCursor args) {
  auto kind = KindNamed(args.Next());
  if (!kind.ok()) return kind.error();
  return Forget(ctx, *kind);
}

constexpr uint32_t kLogFlags = kAdmin | kLoading | kStale;
constexpr std::string_view kGetTips[] = {"request_policy:all_nodes", "nondeterministic_output"};
constexpr std::string_view kLenTips[] = {"request_policy:all_nodes", "response_policy:agg_sum",
                                         "nondeterministic_output"};
constexpr std::string_view kOnAllNodes[] = {"request_policy:all_nodes",
                                            "response_policy:all_succeeded"};

constexpr CommandSpec kSlowLogSubcommands[] = {
    {.name = "get",
     .run = SlowLogGet,
     .arity = AtLeast(2),
     .flags = kLogFlags,
     .group = Group::kServer,
     .since = "2.2.12",
     .complexity = "O(N) in the number of entries returned.",
     .summary = "Returns the latest slow commands (default: 10, -1 means all).",
     .syntax = "[count:integer]",
     .tips = kGetTips},
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kLoading | kStale,
     .group = Group::kServer,
     .since = "6.2.0",
     .complexity = "O(1)",
     .summary = "Lists the subcommands."},
    {.name = "len",
     .run = SlowLogLen,
     .arity = Exactly(2),
     .flags = kLogFlags,
     .group = Group::kServer,
     .since = "2.2.12",
     .complexity = "O(1)",
     .summary = "Returns how many entries there are.",
     .tips = kLenTips},
    {.name = "reset",
     .run = SlowLogReset,
     .arity = Exactly(2),
     .flags = kLogFlags,
     .group = Group::kServer,
     .since = "2.2.12",
     .complexity = "O(N) in the number of entries.",
     .summary = "Forgets all entries.",
     .tips = kOnAllNodes},
};
static_assert(WellFormed(kSlowLogSubcommands));

constexpr CommandSpec Guarded(std::string_view name, Handler run, Arity arity,
                              std::string_view complexity, std::string_view summary,
                              std::string_view syntax, std::span<const std::string_view> tips) {
  return {.name = name,
          .run = run,
          .arity = arity,
          .flags = kLogFlags,
          .group = Group::kServer,
          .since = "8.1.0",
          .complexity = complexity,
          .summary = summary,
          .syntax = syntax,
          .tips = tips};
}

constexpr CommandSpec kCommandLogSubcommands[] = {
    Guarded("get", CommandLogGet, Exactly(4), "O(N) in the number of entries returned.",
            "Returns the latest entries of a kind (-1 means all).",
            "count:integer <slow | large-request | large-reply>", kGetTips),
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kLoading | kStale,
     .group = Group::kServer,
     .since = "8.1.0",
     .complexity = "O(1)",
     .summary = "Lists the subcommands."},
    Guarded("len", CommandLogLen, Exactly(3), "O(1)",
            "Returns how many entries of a kind there are.", "<slow | large-request | large-reply>",
            kLenTips),
    Guarded("reset", CommandLogReset, Exactly(3), "O(N) in the number of entries.",
            "Forgets all entries of a kind.", "<slow | large-request | large-reply>", kOnAllNodes),
};
static_assert(WellFormed(kCommandLogSubcommands));

constexpr CommandSpec kCommandLogCommands[] = {
    {.name = "commandlog",
     .arity = AtLeast(2),
     .group = Group::kServer,
     .since = "8.1.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about the logs of slow and of large commands.",
     .subcommands = kCommandLogSubcommands},
    {.name = "slowlog",
     .arity = AtLeast(2),
     .group = Group::kServer,
     .since = "2.2.12",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about the log of slow commands.",
     .subcommands = kSlowLogSubcommands},
};
static_assert(WellFormed(kCommandLogCommands));

}  // namespace

std::span<const CommandSpec> CommandLogCommands() {
  return kCommandLogCommands;
}

}  // namespace thimble
