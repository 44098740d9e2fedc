#include "server/commands/config_commands.h"

#include <vector>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/control.h"
#include "server/command/help.h"
#include "server/command/protected_access.h"
#include "server/config/config.h"
#include "server/config/settings.h"
#include "server/persist/persistence.h"
#include "server/stats/log.h"

namespace thimble {
namespace {

// CONFIG GET pattern [pattern ...]
Result<void> ConfigGet(CommandContext& ctx, ArgCursor args) {
  const OutputBuffer::Mark mark = ctx.reply().Defer();
  size_t count = 0;
  ctx.services().config.ForEachMatch(args.rest(), [&](Bytes name, const std::string& value) {
    ctx.reply().Bulk(name);
    ctx.reply().Bulk(Bytes(value));
    ++count;
  });
  ctx.reply().FinishDeferred(mark, ReplyWriter::Aggregate::kMap, count);
  return Ok();
}

// CONFIG SET name value [name value ...]
Result<void> ConfigSet(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() % 2 != 0) return Errc::kSyntax;
  std::vector<Config::Change> changes;
  while (args.HasNext()) {
    const Bytes name = args.Next();
    changes.push_back({name, args.Next()});
  }
  const bool trusted = IsTrusted(ctx.client(), ctx.services().settings.enable_protected_configs);
  Result<void> done =
      ctx.services().config.Set(changes, trusted, ctx.services().persistence.loading());
  if (!done.ok()) return done;
  ctx.reply().Ok();
  return Ok();
}

Result<void> ConfigResetStat(CommandContext& ctx, ArgCursor) {
  ctx.services().control.ResetStatistics();
  ctx.reply().Ok();
  return Ok();
}

Result<void> ConfigRewrite(CommandContext& ctx, ArgCursor) {
  Result<void> done = ctx.services().config.Rewrite();
  if (!done.ok()) return done;
  Log(LogLevel::kWarning, "CONFIG REWRITE executed with success.");
  ctx.reply().Ok();
  return Ok();
}

constexpr uint32_t kGuardedFlags = kAdmin | kNoScript | kLoading | kStale;
constexpr std::string_view kSetTips[] = {"request_policy:all_nodes",
                                         "response_policy:all_succeeded"};

constexpr CommandSpec kConfigSubcommands[] = {
    {.name = "get",
     .run = ConfigGet,
     .arity = AtLeast(3),
     .flags = kGuardedFlags,
     .group = Group::kServer,
     .since = "2.0.0",
     .complexity = "O(N) in the number of options.",
     .summary = "Shows the options that match any of the patterns.",
     .syntax = "parameter [parameter ...]"},
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kLoading | kStale,
     .group = Group::kServer,
     .since = "5.0.0",
     .complexity = "O(1)",
     .summary = "Lists the subcommands."},
    {.name = "resetstat",
     .run = ConfigResetStat,
     .arity = Exactly(2),
     .flags = kGuardedFlags,
     .group = Group::kServer,
     .since = "2.0.0",
     .complexity = "O(1)",
     .summary = "Sets the counters that INFO shows back to zero."},
    {.name = "rewrite",
     .run = ConfigRewrite,
     .arity = Exactly(2),
     .flags = kGuardedFlags,
     .group = Group::kServer,
     .since = "2.8.0",
     .complexity = "O(N) in the number of options.",
     .summary = "Writes the running options into the configuration file."},
    {.name = "set",
     .run = ConfigSet,
     .arity = AtLeast(4),
     .flags = kGuardedFlags,
     .group = Group::kServer,
     .since = "2.0.0",
     .complexity = "O(N) in the number of options given.",
     .summary = "Changes options while the server runs, all of them or none.",
     .syntax = "parameter value [parameter value ...]",
     .tips = kSetTips},
};
static_assert(WellFormed(kConfigSubcommands));

constexpr CommandSpec kConfigCommands[] = {
    {.name = "config",
     .arity = AtLeast(2),
     .group = Group::kServer,
     .since = "2.0.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about the server's options.",
     .subcommands = kConfigSubcommands},
};
static_assert(WellFormed(kConfigCommands));

}  // namespace

std::span<const CommandSpec> ConfigCommands() {
  return kConfigCommands;
}

}  // namespace thimble
