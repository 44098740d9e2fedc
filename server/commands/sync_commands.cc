#include "server/commands/sync_commands.h"

#include <string>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/persist/persistence.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

// REPLCONF [option value ...]: what a client says of itself ahead of SYNC.
Result<void> ReplConf(CommandContext& ctx, ArgCursor args) {
  Client& client = ctx.client();
  if (args.Remaining() % 2 != 0) return Errc::kSyntax;
  while (args.HasNext()) {
    const Bytes option = args.Next();
    const Bytes value = args.Next();
    if (IsWord(option, "ack") || IsWord(option, "getack")) return Ok();  // A replica's: no reply.
    if (IsWord(option, "capa")) {
      client.takes_end_mark = client.takes_end_mark || IsWord(value, "eof");
    } else if (IsWord(option, "rdb-only")) {
      const auto wanted = ParseInt64(value);
      if (!wanted) return Errc::kNotInteger;
      client.wants_snapshot_only = *wanted == 1;
    } else if (IsWord(option, "rdb-filter-only")) {
      const bool functions = IsWord(value, "functions");
      if (!functions && !value.empty()) {
        return Error::Message("ERR Unsupported rdb-filter-only option: " + std::string(value));
      }
      client.wants_functions_only = functions;
    } else if (IsWord(option, "listening-port")) {
      if (!ParseInt64(value)) return Errc::kNotInteger;
    } else if (!IsWord(option, "ip-address") && !IsWord(option, "version")) {
      return Error::Message("ERR Unrecognized REPLCONF option: " + std::string(option));
    }
  }
  ctx.reply().Ok();
  return Ok();
}

// SYNC: the data as it is now, as an RDB file, for who wants no more than that.
Result<void> Sync(CommandContext& ctx, ArgCursor) {
  Client& client = ctx.client();
  if (!client.takes_end_mark || !client.wants_snapshot_only) {
    return Error::Message(
        "ERR This server has no replicas. SYNC is for snapshots: say REPLCONF capa eof and "
        "REPLCONF rdb-only 1 first, as redis-cli --rdb does");
  }
  client.connection->Flush();
  if (!client.connection->output().empty()) {
    return Error::Message("ERR SYNC and PSYNC are invalid with pending output");
  }
  client.reply_mode = ReplyMode::kOff;  // No answer goes into the middle of the file.
  ctx.services().persistence.SendSnapshot(client.id, client.wants_functions_only);
  return Ok();
}

constexpr CommandSpec kSyncCommands[] = {
    {.name = "replconf",
     .run = ReplConf,
     .arity = AtLeast(1),
     .flags = kAdmin | kNoScript | kLoading | kStale | kAllowBusy,
     .categories = kDangerous,
     .group = Group::kServer,
     .since = "3.0.0",
     .complexity = "O(1)",
     .summary = "Tells what the client wants of SYNC."},
    {.name = "sync",
     .run = Sync,
     .arity = Exactly(1),
     .flags = kAdmin | kNoScript | kNoAsyncLoading | kNoMulti,
     .categories = kDangerous,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(N) in the number of keys, in the background.",
     .summary = "Sends all data as a file."},
};
static_assert(WellFormed(kSyncCommands));

}  // namespace

std::span<const CommandSpec> SyncCommands() {
  return kSyncCommands;
}

}  // namespace thimble
