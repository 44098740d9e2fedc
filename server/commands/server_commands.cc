#include "server/commands/server_commands.h"

#include <algorithm>
#include <string>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/control.h"
#include "server/command/help.h"
#include "server/commands/row_words.h"
#include "server/config/identity.h"
#include "server/script/scripts.h"
#include "server/session/clients.h"

namespace thimble {
namespace {

Result<void> Time(CommandContext& ctx, ArgCursor) {
  constexpr int64_t kSecond = 1'000'000;
  const int64_t now_us = ctx.environment().clock.NowUs();
  ctx.reply().Array(2);
  ctx.reply().Bulk(Bytes(std::to_string(now_us / kSecond)));
  ctx.reply().Bulk(Bytes(std::to_string(now_us % kSecond)));
  return Ok();
}

// From here on the client sees what others run. Dispatch feeds it.
Result<void> Monitor(CommandContext& ctx, ArgCursor) {
  Client& client = ctx.client();
  if (client.in_exec) return Error::Message("ERR MONITOR isn't allowed for DENY BLOCKING client");
  if (client.monitoring) return Ok();  // As in Redis, one who asks again gets no reply.
  client.monitoring = true;
  ctx.services().clients.monitors().push_back(&client);
  ctx.reply().Ok();
  return Ok();
}

// SHUTDOWN [NOSAVE | SAVE] [NOW] [FORCE] [ABORT]. Not answered if the server ends.
Result<void> Shutdown(CommandContext& ctx, ArgCursor args) {
  bool save = false;
  bool nosave = false;
  bool abort = false;
  bool force = false;
  bool now = false;
  while (args.HasNext()) {
    if (args.TakeWord("nosave")) {
      nosave = true;
    } else if (args.TakeWord("save")) {
      save = true;
    } else if (args.TakeWord("now")) {
      now = true;
    } else if (args.TakeWord("force")) {
      force = true;
    } else if (args.TakeWord("abort")) {
      abort = true;
    } else {
      return Errc::kSyntax;
    }
  }
  if (save && nosave) return Errc::kSyntax;
  if (abort && (save || nosave || now || force)) return Errc::kSyntax;
  if (abort) return Error::Message("ERR No shutdown in progress.");
  using Save = ServerControl::Save;
  const Save how = save ? Save::kAlways : nosave ? Save::kNever : Save::kIfConfigured;
  const ScriptRunner& runner = ctx.services().scripts.runner;
  if (runner.busy() && how != Save::kNever) return Error::Message(runner.BusyText());
  return ctx.services().control.Shutdown(how, force);
}

Result<void> Role(CommandContext& ctx, ArgCursor) {
  ctx.reply().Array(3);
  ctx.reply().Bulk(Bytes("master"));
  ctx.reply().Integer(0);
  ctx.reply().Array(0);
  return Ok();
}

// LOLWUT [VERSION version] ...: a thimble, and who made it.
Result<void> Lolwut(CommandContext& ctx, ArgCursor args) {
  if (args.TakeOption("version")) {
    while (args.HasNext()) {
      if (!args.NextInt().ok()) return Errc::kNotInteger;
    }
  }
  std::string picture =
      "     .-\"\"\"\"-.\n"
      "    /. : . : .\\\n"
      "   / : . : . : \\\n"
      "  | . : . : . : |\n"
      "  | : . : . : . |\n"
      "  |_____________|\n"
      "  (_____________)\n\n";
  picture += "Thimble ver. " + std::string(kThimbleVersion) + "\n";
  ctx.reply().Verbatim("txt", picture);
  return Ok();
}

Result<void> ModuleList(CommandContext& ctx, ArgCursor) {
  ctx.reply().Array(0);
  return Ok();
}

Result<void> NoCluster(CommandContext&, ArgCursor) {
  return Error::Message("ERR This instance has cluster support disabled");
}

// Known by name so that clients that probe for a cluster get the one answer that tells them.
constexpr CommandSpec ClusterRow(std::string_view name, Arity arity, uint32_t flags = kStale) {
  return {.name = name,
          .run = NoCluster,
          .arity = arity,
          .flags = flags,
          .group = Group::kServer,
          .since = "3.0.0",
          .complexity = "O(1)",
          .summary = "Answers that there is no cluster."};
}

constexpr uint32_t kClusterAdmin = kAdmin | kStale | kNoAsyncLoading;

constexpr CommandSpec kClusterSubcommands[] = {
    ClusterRow("addslots", AtLeast(3), kClusterAdmin),
    ClusterRow("addslotsrange", AtLeast(4), kClusterAdmin),
    ClusterRow("bumpepoch", Exactly(2), kClusterAdmin),
    ClusterRow("count-failure-reports", Exactly(3), kAdmin | kStale),
    ClusterRow("countkeysinslot", Exactly(3)),
    ClusterRow("delslots", AtLeast(3), kClusterAdmin),
    ClusterRow("delslotsrange", AtLeast(4), kClusterAdmin),
    ClusterRow("failover", AtLeast(2), kClusterAdmin),
    ClusterRow("flushslots", Exactly(2), kClusterAdmin),
    ClusterRow("forget", Exactly(3), kClusterAdmin),
    ClusterRow("getkeysinslot", Exactly(4)),
    ClusterRow("help", Exactly(2), kLoading | kStale),
    ClusterRow("info", Exactly(2)),
    ClusterRow("keyslot", Exactly(3)),
    ClusterRow("links", Exactly(2)),
    ClusterRow("meet", AtLeast(4), kClusterAdmin),
    ClusterRow("myid", Exactly(2)),
    ClusterRow("nodes", Exactly(2)),
    ClusterRow("replicas", Exactly(3), kAdmin | kStale),
    ClusterRow("replicate", Exactly(3), kClusterAdmin),
    ClusterRow("reset", AtLeast(2), kAdmin | kNoScript | kStale),
    ClusterRow("saveconfig", Exactly(2), kClusterAdmin),
    ClusterRow("set-config-epoch", Exactly(3), kClusterAdmin),
    ClusterRow("setslot", AtLeast(4), kClusterAdmin),
    ClusterRow("shards", Exactly(2)),
    ClusterRow("slaves", Exactly(3), kAdmin | kStale),
    ClusterRow("slots", Exactly(2)),
};
static_assert(WellFormed(kClusterSubcommands));

constexpr CommandSpec kModuleSubcommands[] = {
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kLoading | kStale,
     .group = Group::kServer,
     .since = "5.0.0",
     .complexity = "O(1)",
     .summary = "Lists the subcommands."},
    {.name = "list",
     .run = ModuleList,
     .arity = Exactly(2),
     .flags = kAdmin | kNoScript,
     .group = Group::kServer,
     .since = "4.0.0",
     .complexity = "O(1)",
     .summary = "Returns the loaded modules: always none.",
     .tips = kAnyOrder},
};
static_assert(WellFormed(kModuleSubcommands));

constexpr CommandSpec kServerCommands[] = {
    {.name = "cluster",
     .arity = AtLeast(2),
     .group = Group::kServer,
     .since = "3.0.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Answers that there is no cluster.",
     .subcommands = kClusterSubcommands},
    {.name = "lolwut",
     .run = Lolwut,
     .arity = AtLeast(1),
     .flags = kReadOnly | kFast,
     .group = Group::kServer,
     .since = "5.0.0",
     .complexity = "O(1)",
     .summary = "Shows a picture and the server's version.",
     .syntax = "[VERSION version:integer]"},
    {.name = "module",
     .arity = AtLeast(2),
     .group = Group::kServer,
     .since = "4.0.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about modules.",
     .subcommands = kModuleSubcommands},
    {.name = "monitor",
     .run = Monitor,
     .arity = Exactly(1),
     .flags = kAdmin | kNoScript | kLoading | kStale,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Shows every command the server runs from now on."},
    {.name = "role",
     .run = Role,
     .arity = Exactly(1),
     .flags = kNoScript | kLoading | kStale | kFast,
     .categories = kDangerous | kAdminCategory,
     .group = Group::kServer,
     .since = "2.8.12",
     .complexity = "O(1)",
     .summary = "Tells the server's part in replication."},
    {.name = "shutdown",
     .run = Shutdown,
     .arity = AtLeast(1),
     .flags = kAdmin | kNoScript | kLoading | kStale | kNoMulti | kAllowBusy,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Ends the server.",
     .syntax = "[NOSAVE | SAVE] [NOW] [FORCE] [ABORT]"},
    {.name = "time",
     .run = Time,
     .arity = Exactly(1),
     .flags = kLoading | kStale | kFast,
     .group = Group::kServer,
     .since = "2.6.0",
     .complexity = "O(1)",
     .summary = "Returns the server's time: seconds and microseconds.",
     .tips = kAnyOutput},
};
static_assert(WellFormed(kServerCommands));

}  // namespace

std::span<const CommandSpec> ServerCommands() {
  return kServerCommands;
}

}  // namespace thimble
