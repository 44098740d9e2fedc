#include "server/commands/slowlog_commands.h"

#include <algorithm>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/help.h"
#include "server/stats/slow_log.h"

namespace thimble {
namespace {

// SLOWLOG GET [count]: ten by default, all for -1.
Result<void> SlowLogGet(CommandContext& ctx, ArgCursor args) {
  constexpr int64_t kDefaultCount = 10;
  if (args.Remaining() > 1) {
    return Error::Message(
        "ERR unknown subcommand or wrong number of arguments for 'GET'. Try SLOWLOG HELP.");
  }
  const auto& entries = ctx.services().slow_log.entries();
  auto wanted = static_cast<uint64_t>(kDefaultCount);
  if (args.HasNext()) {
    const auto count = args.NextInt();
    if (!count.ok() || *count < -1) {
      return Error::Message("ERR count should be greater than or equal to -1");
    }
    wanted = static_cast<uint64_t>(*count);  // -1 becomes more than there can be.
  }
  const size_t shown = std::min<uint64_t>(wanted, entries.size());
  ReplyWriter& reply = ctx.reply();
  reply.Array(shown);
  for (size_t i = 0; i < shown; ++i) {
    const SlowLog::Entry& entry = entries[i];
    reply.Array(6);
    reply.Integer(static_cast<int64_t>(entry.id));
    reply.Integer(entry.time_s);
    reply.Integer(entry.duration_us);
    reply.Array(entry.args.size());
    for (const std::string& arg : entry.args) reply.Bulk(Bytes(arg));
    reply.Bulk(Bytes(entry.peer));
    reply.Bulk(Bytes(entry.client_name));
  }
  return Ok();
}

Result<void> SlowLogLen(CommandContext& ctx, ArgCursor) {
  ctx.reply().Integer(static_cast<int64_t>(ctx.services().slow_log.entries().size()));
  return Ok();
}

Result<void> SlowLogReset(CommandContext& ctx, ArgCursor) {
  ctx.services().slow_log.Clear();
  ctx.reply().Ok();
  return Ok();
}

constexpr uint32_t kGuardedFlags = kAdmin | kLoading | kStale;
constexpr std::string_view kGetTips[] = {"request_policy:all_nodes", "nondeterministic_output"};
constexpr std::string_view kLenTips[] = {"request_policy:all_nodes", "response_policy:agg_sum",
                                         "nondeterministic_output"};
constexpr std::string_view kResetTips[] = {"request_policy:all_nodes",
                                           "response_policy:all_succeeded"};

constexpr CommandSpec kSlowLogSubcommands[] = {
    {.name = "get",
     .run = SlowLogGet,
     .arity = AtLeast(2),
     .flags = kGuardedFlags,
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
     .flags = kGuardedFlags,
     .group = Group::kServer,
     .since = "2.2.12",
     .complexity = "O(1)",
     .summary = "Returns how many entries there are.",
     .tips = kLenTips},
    {.name = "reset",
     .run = SlowLogReset,
     .arity = Exactly(2),
     .flags = kGuardedFlags,
     .group = Group::kServer,
     .since = "2.2.12",
     .complexity = "O(N) in the number of entries.",
     .summary = "Forgets all entries.",
     .tips = kResetTips},
};
static_assert(WellFormed(kSlowLogSubcommands));

constexpr CommandSpec kSlowLogCommands[] = {
    {.name = "slowlog",
     .arity = AtLeast(2),
     .group = Group::kServer,
     .since = "2.2.12",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about the log of slow commands.",
     .subcommands = kSlowLogSubcommands},
};
static_assert(WellFormed(kSlowLogCommands));

}  // namespace

std::span<const CommandSpec> SlowLogCommands() {
  return kSlowLogCommands;
}

}  // namespace thimble
