#include "server/commands/persist_commands.h"

#include <optional>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/commands/debug_handlers.h"
#include "server/commands/row_words.h"
#include "server/config/settings.h"
#include "server/persist/persistence.h"
#include "server/persist/rdb_file.h"
#include "storage/rdb/dump_payload.h"
#include "storage/rdb/rdb_reader.h"
#include "storage/rdb/value_decoder.h"

namespace thimble {
namespace {

// --- Files --------------------------------------------------------------------------------------

Result<void> Save(CommandContext& ctx, ArgCursor) {
  Result<void> saved = ctx.services().persistence.Save();
  if (!saved.ok()) return saved;
  ctx.reply().Ok();
  return Ok();
}

// BGSAVE [SCHEDULE]
Result<void> BgSave(CommandContext& ctx, ArgCursor args) {
  const bool may_wait = args.TakeWord("schedule");
  if (args.HasNext()) return Errc::kSyntax;
  Result<std::string> begun =
      ctx.services().persistence.SaveInBackground(may_wait, ctx.client().in_exec);
  if (!begun.ok()) return begun.error();
  ctx.reply().Status(*begun);
  return Ok();
}

Result<void> BgRewriteAof(CommandContext& ctx, ArgCursor) {
  Result<std::string> begun = ctx.services().persistence.RewriteLog(ctx.client().in_exec);
  if (!begun.ok()) return begun.error();
  ctx.reply().Status(*begun);
  return Ok();
}

Result<void> LastSave(CommandContext& ctx, ArgCursor) {
  ctx.reply().Integer(ctx.services().persistence.last_save_s());
  return Ok();
}

// --- Payloads -----------------------------------------------------------------------------------

Result<void> Dump(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  if (!ctx.keys().Exists(key, ctx.access())) {
    ctx.reply().Null();
    return Ok();
  }
  const std::optional<Keyspace::Item> item = ctx.keys().ItemOf(key);
  const std::string payload = MakeDumpPayload(*item, DumpOptionsOf(ctx.services()));
  ctx.reply().Bulk(Bytes(payload));
  return Ok();
}

struct RestoreOptions {
  bool replace = false;
  bool absolute = false;
  std::optional<uint64_t> idle_seconds;
  std::optional<uint8_t> frequency;
};

Result<RestoreOptions> ParseRestoreOptions(ArgCursor args) {
  RestoreOptions options;
  while (args.HasNext()) {
    if (args.TakeWord("replace")) {
      options.replace = true;
    } else if (args.TakeWord("absttl")) {
      options.absolute = true;
    } else if (!options.frequency && args.TakeOption("idletime")) {
      const auto seconds = args.NextInt();
      if (!seconds.ok()) return Errc::kNotInteger;
      if (*seconds < 0) return Error::Message("ERR Invalid IDLETIME value, must be >= 0");
      options.idle_seconds = static_cast<uint64_t>(*seconds);
    } else if (!options.idle_seconds && args.TakeOption("freq")) {
      const auto count = args.NextInt();
      if (!count.ok()) return Errc::kNotInteger;
      if (*count < 0 || *count > UINT8_MAX) {
        return Error::Message("ERR Invalid FREQ value, must be >= 0 and <= 255");
      }
      options.frequency = static_cast<uint8_t>(*count);
    } else {
      return Errc::kSyntax;
    }
  }
  return options;
}

// RESTORE key ttl payload [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]
Result<void> Restore(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  const Bytes ttl_text = args.Next();
  const Bytes bytes = args.Next();
  auto options = ParseRestoreOptions(args);
  if (!options.ok()) return options.error();
  Keyspace& keys = ctx.keys();
  if (!options->replace && keys.Exists(key, Access::kTouch)) {
    return Error::Message("BUSYKEY Target key name already exists.");
  }
  const std::optional<int64_t> ttl_ms = ParseInt64(ttl_text);
  if (!ttl_ms) return Errc::kNotInteger;
  if (*ttl_ms < 0) return Error::Message("ERR Invalid TTL value, must be >= 0");

  const auto payload = OpenDumpPayload(bytes, ctx.services().persistence.verifies_payloads());
  if (!payload) return Error::Message("ERR DUMP payload version or checksum are wrong");
  if (const char* const foreign = ForeignTypeName(payload->type)) {
    return Error::Message(std::string("ERR Bad data format: a ") + foreign +
                          ", which this server does not hold");
  }
  if (!IsOwnRdbType(payload->type, payload->valkey)) {
    return Error::Message("ERR Bad data format");
  }
  const auto now_ms = static_cast<uint64_t>(ctx.NowMs());
  MemorySource source(payload->value);
  RdbReader reader(source);
  FillBudget budget = FillBudget::ForSource(0);
  // Fields past their deadline go as they would have gone where they come from.
  ValueDecoder decoder(ctx.environment(), budget, {});
  decoder.Begin(payload->type, payload->valkey);
  const auto progress = decoder.Read(reader, SIZE_MAX);
  if (progress != ValueDecoder::Progress::kDone || decoder.empty() || !reader.AtEnd()) {
    return Error::Message("ERR Bad data format");
  }

  Keyspace::Arrival arrival{.idle_seconds = options->idle_seconds, .frequency = options->frequency};
  if (*ttl_ms != 0) {
    const auto ttl = static_cast<uint64_t>(*ttl_ms);
    arrival.deadline_ms = options->absolute ? ttl : ttl + now_ms;
  }
  // What lies beyond all times is taken for past, as in Redis, whose sum is signed.
  const bool is_past = arrival.deadline_ms <= now_ms || arrival.deadline_ms > INT64_MAX;
  if (arrival.deadline_ms != 0 && is_past && !ctx.environment().timeless) {
    keys.Delete(key);
  } else {
    keys.Adopt(key, decoder.Take(keys), arrival);
  }
  ctx.reply().Ok();
  return Ok();
}

constexpr CommandSpec kPersistCommands[] = {
    {.name = "bgrewriteaof",
     .run = BgRewriteAof,
     .arity = Exactly(1),
     .flags = kAdmin | kNoScript | kNoAsyncLoading,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Makes the append-only file as short as it can be, in the background."},
    {.name = "bgsave",
     .run = BgSave,
     .arity = AtLeast(1),
     .flags = kAdmin | kNoScript | kNoAsyncLoading,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Saves all data to disk in the background.",
     .syntax = "[SCHEDULE]"},
    {.name = "dump",
     .run = Dump,
     .arity = Exactly(2),
     .keys = KeyAt(1, kKeyReadOnly | kKeyAccess),
     .flags = kReadOnly,
     .categories = kKeyspaceCategory,
     .group = Group::kGeneric,
     .since = "2.6.0",
     .complexity = "O(N) in the size of the value.",
     .summary = "Returns a key's value as bytes that RESTORE takes.",
     .syntax = "key",
     .tips = kAnyOutput},
    {.name = "lastsave",
     .run = LastSave,
     .arity = Exactly(1),
     .flags = kLoading | kStale | kFast,
     .categories = kAdminCategory | kDangerous,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Tells the Unix time in seconds of the last save that succeeded.",
     .tips = kAnyOutput},
    {.name = "restore",
     .run = Restore,
     .arity = AtLeast(4),
     .keys = KeyAt(1, kKeyOverwrite | kKeyUpdate),
     .flags = kWrite | kDenyOom,
     .categories = kKeyspaceCategory | kDangerous,
     .group = Group::kGeneric,
     .since = "2.6.0",
     .complexity = "O(N) in the size of the value.",
     .summary = "Makes a key from bytes that DUMP returned.",
     .syntax = "key ttl:integer serialized-value:string [REPLACE] [ABSTTL] "
               "[IDLETIME seconds:integer] [FREQ frequency:integer]"},
    {.name = "save",
     .run = Save,
     .arity = Exactly(1),
     .flags = kAdmin | kNoScript | kNoAsyncLoading | kNoMulti,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(N) in the number of keys.",
     .summary = "Saves all data to disk while everybody waits."},
};
static_assert(WellFormed(kPersistCommands));

}  // namespace

// DEBUG RELOAD [NOSAVE] [NOFLUSH] [MERGE]
Result<void> DebugReload(CommandContext& ctx, ArgCursor args) {
  Persistence::Reload how;
  while (args.HasNext()) {
    if (args.TakeWord("nosave")) {
      how.save = false;
    } else if (args.TakeWord("noflush")) {
      how.load.flush = false;
    } else if (args.TakeWord("merge")) {
      how.load.merge = true;
    } else {
      return Error::Message(
          "ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.");
    }
  }
  Result<void> reloaded = ctx.services().persistence.ReloadNow(how);
  if (!reloaded.ok()) return reloaded;
  ctx.reply().Ok();
  return Ok();
}

// DEBUG LOADAOF
Result<void> DebugLoadAof(CommandContext& ctx, ArgCursor) {
  Result<void> reloaded = ctx.services().persistence.ReloadLogNow();
  if (!reloaded.ok()) return reloaded;
  ctx.reply().Ok();
  return Ok();
}

// DEBUG AOF-FLUSH-SLEEP microseconds
Result<void> DebugAofFlushSleep(CommandContext& ctx, ArgCursor args) {
  const auto delay_us = args.NextInt();
  if (!delay_us.ok()) return Errc::kNotInteger;
  ctx.services().persistence.DelayLog(*delay_us);
  ctx.reply().Ok();
  return Ok();
}

// DEBUG SET-SKIP-CHECKSUM-VALIDATION 0|1
Result<void> DebugSkipChecksums(CommandContext& ctx, ArgCursor args) {
  ctx.services().persistence.set_verifies_payloads(ParseInt64(args.Next()).value_or(0) == 0);
  ctx.reply().Ok();
  return Ok();
}

std::span<const CommandSpec> PersistCommands() {
  return kPersistCommands;
}

}  // namespace thimble
