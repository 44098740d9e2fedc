#include "server/commands/debug_commands.h"

#include <cctype>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "server/command/control.h"
#include "server/command/error_text.h"
#include "server/commands/debug_handlers.h"
#include "server/config/config.h"
#include "server/config/settings.h"
#include "server/persist/persistence.h"
#include "server/stats/info_sections.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"
#include "storage/common/glob.h"

namespace thimble {
namespace {

// Accepted for test suites written for Redis: what it would switch is not there to be switched.
Result<void> Nothing(CommandContext& ctx, ArgCursor) {
  ctx.reply().Ok();
  return Ok();
}

bool IsOn(ArgCursor& args) {
  return std::atoi(std::string(args.Next()).c_str()) != 0;
}

Result<void> Assert(CommandContext&, ArgCursor) {
  const bool asked_to_crash = true;
  THIMBLE_CHECK(!asked_to_crash);
  return Ok();
}

Result<void> Segfault(CommandContext&, ArgCursor) {
  std::raise(SIGSEGV);
  return Ok();
}

// DEBUG ERROR text: an error reply of any wording.
Result<void> FakeError(CommandContext&, ArgCursor args) {
  return Error::Message(std::string(args.Next()));
}

Result<void> WriteLog(CommandContext& ctx, ArgCursor args) {
  Log(LogLevel::kWarning, "DEBUG LOG: " + std::string(args.Next()));
  ctx.reply().Ok();
  return Ok();
}

Result<void> ChangeReplicationId(CommandContext& ctx, ArgCursor) {
  Log(LogLevel::kWarning, "Changing replication IDs after receiving DEBUG change-repl-id");
  ctx.services().statistics.replication_id = RandomId();
  ctx.reply().Ok();
  return Ok();
}

Result<void> SetActiveExpire(CommandContext& ctx, ArgCursor args) {
  ctx.services().control.SetActiveExpiry(IsOn(args));
  ctx.reply().Ok();
  return Ok();
}

Result<void> PauseCron(CommandContext& ctx, ArgCursor args) {
  ctx.services().control.PauseUpkeep(IsOn(args));
  ctx.reply().Ok();
  return Ok();
}

// DEBUG CONFIG-REWRITE-FORCE-ALL
Result<void> RewriteConfig(CommandContext& ctx, ArgCursor) {
  Result<void> rewritten = ctx.services().config.Rewrite(true);
  if (!rewritten.ok()) return rewritten;
  ctx.reply().Ok();
  return Ok();
}

// DEBUG SLEEP seconds: the whole server stands still, as asked.
Result<void> Sleep(CommandContext& ctx, ArgCursor args) {
  constexpr double kLongest = 1e9;
  const double seconds = std::strtod(std::string(args.Next()).c_str(), nullptr);
  if (seconds > 0) {
    const double bounded = seconds < kLongest ? seconds : kLongest;
    ctx.services().persistence.HandOverLog();
    // A signal does not end it.
    std::this_thread::sleep_for(std::chrono::duration<double>(bounded));
  }
  ctx.reply().Ok();
  return Ok();
}

// DEBUG STRINGMATCH-LEN length pattern: how long does the pattern take on that many letters?
Result<void> StringMatchLength(CommandContext& ctx, ArgCursor args) {
  constexpr int64_t kMaxLength = 100'000'000;
  const auto length = args.NextInt();
  if (!length.ok() || *length < 0 || *length > kMaxLength) return Errc::kNotPositive;
  ctx.reply().Integer(GlobMatch(args.Next(), std::string(static_cast<size_t>(*length), 'a')) ? 1
                                                                                             : 0);
  return Ok();
}

// DEBUG REPLYBUFFER <PEAK-RESET-TIME time | RESIZING 0|1>
Result<void> ReplyBuffer(CommandContext& ctx, ArgCursor args) {
  if (!args.TakeWord("peak-reset-time") && !args.TakeWord("resizing")) {
    return Error::Message(
        "ERR unknown subcommand or wrong number of arguments for 'replybuffer'. Try DEBUG HELP.");
  }
  ctx.reply().Ok();
  return Ok();
}

Result<void> Help(CommandContext& ctx, ArgCursor args);

struct DebugSubcommand {
  Bytes name;
  Handler run;
  size_t min_args;
  size_t max_args;
  Bytes syntax;
  Bytes summary;
};

constexpr size_t kAny = SIZE_MAX;
constexpr DebugSubcommand kDebugSubcommands[] = {
    {"aof-flush-sleep", DebugAofFlushSleep, 1, 1, "<microseconds>",
     "Has each write to the log take that much longer."},
    {"assert", Assert, 0, 0, "", "Crashes by a failed check."},
    {"change-repl-id", ChangeReplicationId, 0, 0, "", "Draws a new replication id."},
    {"config-rewrite-force-all", RewriteConfig, 0, 0, "",
     "Rewrites the configuration file with every option."},
    {"dict-resizing", Nothing, 1, 1, "<0|1>", "Accepted; tables grow as they must."},
    {"digest", DebugDigest, 0, 0, "", "Returns a fingerprint of all data."},
    {"digest-value", DebugDigestValue, 0, kAny, "[key ...]", "Returns fingerprints of values."},
    {"error", FakeError, 1, 1, "<string>", "Answers with that error."},
    {"help", Help, 0, 0, "", "Prints this help."},
    {"htstats", DebugHtStats, 1, 2, "<dbid> [full]", "Tells about the table of a database."},
    {"htstats-key", DebugHtStatsKey, 1, 2, "<key> [full]", "Tells about the table of a value."},
    {"jmap", Nothing, 0, kAny, "", "Accepted; there is no heap to map."},
    {"listpack", DebugListpack, 1, 1, "<key>", "Checks that a value is in the small encoding."},
    {"loadaof", DebugLoadAof, 0, 0, "", "Empties all databases and loads the append-only file."},
    {"log", WriteLog, 1, 1, "<message>", "Writes a line to the server's log."},
    {"object", DebugObject, 1, 1, "<key>", "Tells how a value is stored."},
    {"pause-cron", PauseCron, 1, 1, "<0|1>", "Stops the work done from timers."},
    {"populate", DebugPopulate, 1, 3, "<count> [<prefix>] [<size>]", "Creates many strings."},
    {"protocol", DebugProtocol, 1, 1, "<type>", "Answers with a sample of that type."},
    {"quicklist-packed-threshold", Nothing, 1, 1, "<size>", "Accepted; there are no lists."},
    {"reload", DebugReload, 0, 3, "[NOSAVE] [NOFLUSH] [MERGE]",
     "Saves all data and loads it again."},
    {"replicate", Nothing, 1, kAny, "<command> [<arg> ...]", "Accepted; there are no replicas."},
    {"replybuffer", ReplyBuffer, 2, 2, "<subcommand> <value>", "Accepted; nothing to tune."},
    {"segfault", Segfault, 0, 0, "", "Crashes by an invalid access."},
    {"set-active-expire", SetActiveExpire, 1, 1, "<0|1>", "Stops deleting expired keys by itself."},
    {"set-disable-deny-scripts", Nothing, 1, 1, "<0|1>",
     "Accepted; what scripts may not run stays so."},
    {"set-skip-checksum-validation", DebugSkipChecksums, 1, 1, "<0|1>",
     "Has RESTORE take payloads whatever their checksum."},
    {"sleep", Sleep, 1, 1, "<seconds>", "Stops the server for that long."},
    {"stringmatch-len", StringMatchLength, 2, 2, "<length> <pattern>", "Matches a long string."},
};

Result<void> Help(CommandContext& ctx, ArgCursor) {
  std::vector<std::string> lines = {
      "DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"};
  for (const DebugSubcommand& subcommand : kDebugSubcommands) {
    std::string line(subcommand.name);
    for (char& c : line) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (!subcommand.syntax.empty()) line.append(" ").append(subcommand.syntax);
    lines.push_back(std::move(line));
    lines.push_back("    " + std::string(subcommand.summary));
  }
  ctx.reply().Array(lines.size());
  for (const std::string& line : lines) ctx.reply().Status(line);
  return Ok();
}

// DEBUG subcommand ...; who may is for the dispatcher to decide, before a transaction queues it.
Result<void> Debug(CommandContext& ctx, ArgCursor args) {
  const Bytes name = args.Next();
  for (const DebugSubcommand& subcommand : kDebugSubcommands) {
    if (!EqualsIgnoringCase(name, subcommand.name)) continue;
    if (args.Remaining() < subcommand.min_args || args.Remaining() > subcommand.max_args) break;
    return subcommand.run(ctx, args);
  }
  return WrongSubcommandUse("DEBUG", name);
}

constexpr CommandSpec kDebugCommands[] = {
    {.name = "debug",
     .run = Debug,
     .arity = AtLeast(2),
     .flags = kAdmin | kNoScript | kLoading | kStale | kProtected,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Tools for those who test or examine the server."},
};
static_assert(WellFormed(kDebugCommands));

}  // namespace

std::span<const CommandSpec> DebugCommands() {
  return kDebugCommands;
}

}  // namespace thimble
