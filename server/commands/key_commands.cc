#include "server/commands/key_commands.h"

#include <algorithm>
#include <string>
#include <vector>

#include "server/command/context.h"
#include "server/command/help.h"
#include "server/commands/expire_commands.h"
#include "server/commands/object_commands.h"
#include "server/commands/row_words.h"
#include "server/commands/scan_options.h"
#include "server/commands/sort_commands.h"
#include "server/persist/persistence.h"
#include "server/stats/statistics.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

Result<void> Del(CommandContext& ctx, ArgCursor args) {
  int64_t deleted = 0;
  while (args.HasNext()) deleted += ctx.keys().Delete(args.NextHashed()) ? 1 : 0;
  ctx.reply().Integer(deleted);
  return Ok();
}

Result<void> Exists(CommandContext& ctx, ArgCursor args) {
  int64_t found = 0;
  while (args.HasNext()) found += ctx.keys().Exists(args.NextHashed(), Access::kCount) ? 1 : 0;
  ctx.reply().Integer(found);
  return Ok();
}

Result<void> Touch(CommandContext& ctx, ArgCursor args) {
  int64_t found = 0;
  while (args.HasNext()) found += ctx.keys().Exists(args.NextHashed(), Access::kUse) ? 1 : 0;
  ctx.reply().Integer(found);
  return Ok();
}

Result<void> Type(CommandContext& ctx, ArgCursor args) {
  const std::optional<ObjectType> type = ctx.keys().TypeOf(args.NextHashed(), Access::kCount);
  ctx.reply().Status(type ? TypeName(*type) : "none");
  return Ok();
}

// --- Names ------------------------------------------------------------------------------------

Result<void> Rename(CommandContext& ctx, ArgCursor args) {
  const Hashed from = args.NextHashed();
  const Hashed to = args.NextHashed();
  if (!ctx.keys().Exists(from, Access::kTouch)) return Errc::kNoSuchKey;
  if (from.bytes != to.bytes) ctx.keys().Rename(from, to);
  ctx.reply().Ok();
  return Ok();
}

Result<void> RenameNx(CommandContext& ctx, ArgCursor args) {
  const Hashed from = args.NextHashed();
  const Hashed to = args.NextHashed();
  if (!ctx.keys().Exists(from, Access::kTouch)) return Errc::kNoSuchKey;
  const bool free = from.bytes != to.bytes && !ctx.keys().Exists(to, Access::kTouch);
  if (free) ctx.keys().Rename(from, to);
  ctx.reply().Integer(free ? 1 : 0);
  return Ok();
}

// A database number as COPY and MOVE read it: any 32-bit integer is one, not all of them exist.
Result<int> ParseDatabase(CommandContext& ctx, Bytes text) {
  const std::optional<int64_t> number = ParseInt64(text);
  if (!number) return Errc::kNotInteger;
  if (*number < INT32_MIN || *number > INT32_MAX) {
    return Error::Message(
        "ERR value is out of range, value must between -2147483648 and 2147483647");
  }
  if (*number < 0 || *number >= ctx.databases().count()) return Errc::kDbOutOfRange;
  return static_cast<int>(*number);
}

Result<void> Copy(CommandContext& ctx, ArgCursor args) {
  const Hashed from = args.NextHashed();
  const Hashed to = args.NextHashed();
  int database = ctx.client().database;
  bool replace = false;
  while (args.HasNext()) {
    if (args.TakeWord("replace")) {
      replace = true;
    } else if (args.TakeOption("db")) {
      Result<int> chosen = ParseDatabase(ctx, args.Next());
      if (!chosen.ok()) return chosen.error();
      database = *chosen;
    } else {
      return Errc::kSyntax;
    }
  }
  if (database == ctx.client().database && from.bytes == to.bytes) return Errc::kSameObject;
  Keyspace& target = ctx.databases()[database];
  const auto source = ctx.keys().Describe(from, Access::kUse);
  const bool possible = source && (replace || !target.Exists(to, Access::kTouch));
  if (possible && !process_slabs.HasHeapFor(source->memory_bytes)) return Errc::kOutOfMemory;
  ctx.reply().Integer(possible && ctx.keys().CopyTo(from, target, to) ? 1 : 0);
  return Ok();
}

Result<void> Move(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<int> database = ParseDatabase(ctx, args.Next());
  if (!database.ok()) return database.error();
  if (*database == ctx.client().database) return Errc::kSameObject;
  ctx.reply().Integer(ctx.keys().MoveTo(key, ctx.databases()[*database]) ? 1 : 0);
  return Ok();
}

// --- Many keys --------------------------------------------------------------------------------

Result<void> Keys(CommandContext& ctx, ArgCursor args) {
  const Bytes pattern = args.Next();
  ReplyWriter& reply = ctx.reply();
  const OutputBuffer::Mark start = reply.Defer();
  size_t count = 0;
  std::string scratch;
  ctx.keys().ForEach([&](const Keyspace::KeyInfo& info) {
    if (pattern != "*" && !GlobMatch(pattern, info.key.Flatten(scratch))) return;
    reply.Bulk(info.key);
    ++count;
  });
  reply.FinishDeferred(start, ReplyWriter::Aggregate::kArray, count);
  return Ok();
}

Result<void> Scan(CommandContext& ctx, ArgCursor args) {
  Result<uint64_t> cursor = ParseCursor(args.Next());
  if (!cursor.ok()) return cursor.error();
  Result<ScanOptions> options = ParseScanOptions(args, ScanOf::kKeys);
  if (!options.ok()) return options.error();

  std::vector<Text> found;
  std::string scratch;
  size_t steps = 0;
  size_t looked_at = 0;
  do {
    *cursor = ctx.keys().Scan(*cursor, [&](const Keyspace::KeyInfo& info) {
      ++looked_at;
      if (!options->Matches(info.key.Flatten(scratch))) return;
      if (options->type && !IsWord(*options->type, TypeName(info.type))) return;
      found.push_back(info.key);
    });
  } while (*cursor != 0 && looked_at < options->count && ++steps < options->MaxSteps());
  ctx.reply().Array(2);
  ctx.reply().Bulk(std::to_string(*cursor));
  ctx.reply().Array(found.size());
  for (const Text& key : found) ctx.reply().Bulk(key);
  return Ok();
}

Result<void> RandomKey(CommandContext& ctx, ArgCursor) {
  const std::optional<std::string> key = ctx.keys().RandomKey();
  if (key) {
    ctx.reply().Bulk(*key);
  } else {
    ctx.reply().Null();
  }
  return Ok();
}

Result<void> DbSize(CommandContext& ctx, ArgCursor) {
  ctx.reply().Integer(static_cast<int64_t>(ctx.keys().size()));
  return Ok();
}

// --- Whole databases --------------------------------------------------------------------------

// ASYNC and SYNC are taken and make no difference: a flush never holds the server up.
Result<void> ParseFlushMode(ArgCursor args) {
  if (!args.HasNext()) return Ok();
  const bool known = args.TakeWord("async") || args.TakeWord("sync");
  if (!known || args.HasNext()) return Errc::kSyntax;
  return Ok();
}

Result<void> FlushDb(CommandContext& ctx, ArgCursor args) {
  Result<void> mode = ParseFlushMode(args);
  if (!mode.ok()) return mode.error();
  const size_t gone = ctx.keys().Clear();
  if (ctx.environment().observer != nullptr) {
    ctx.environment().observer->OnFlush(ctx.client().database, gone);
  }
  ctx.reply().Ok();
  return Ok();
}

Result<void> FlushAll(CommandContext& ctx, ArgCursor args) {
  Result<void> mode = ParseFlushMode(args);
  if (!mode.ok()) return mode.error();
  size_t gone = 0;
  for (int i = 0; i < ctx.databases().count(); ++i) gone += ctx.databases()[i].Clear();
  if (ctx.environment().observer != nullptr) {
    ctx.environment().observer->OnFlush(-1, gone);
  }
  ctx.services().persistence.AfterFlushAll();
  ctx.reply().Ok();
  return Ok();
}

Result<void> SwapDb(CommandContext& ctx, ArgCursor args) {
  const std::optional<int64_t> first = ParseInt64(args.Next());
  if (!first || *first < INT32_MIN || *first > INT32_MAX) {
    return Error::Message("ERR invalid first DB index");
  }
  const std::optional<int64_t> second = ParseInt64(args.Next());
  if (!second || *second < INT32_MIN || *second > INT32_MAX) {
    return Error::Message("ERR invalid second DB index");
  }
  const int64_t count = ctx.databases().count();
  if (*first < 0 || *first >= count || *second < 0 || *second >= count) {
    return Errc::kDbOutOfRange;
  }
  if (*first != *second) {
    Keyspace& left = ctx.databases()[static_cast<int>(*first)];
    left.SwapWith(ctx.databases()[static_cast<int>(*second)]);
    if (ctx.environment().observer != nullptr) {
      ctx.environment().observer->OnSwap(static_cast<int>(*first), static_cast<int>(*second));
    }
  } else {
    ++ctx.services().statistics.dirty;
  }
  ctx.reply().Ok();
  return Ok();
}

// --- Rows -------------------------------------------------------------------------------------

constexpr std::string_view kAllShardsAny[] = {"request_policy:all_shards",
                                              "nondeterministic_output"};
constexpr std::string_view kScanTips[] = {"nondeterministic_output", "request_policy:special"};
constexpr std::string_view kAllShardsSum[] = {"request_policy:all_shards",
                                              "response_policy:agg_sum"};
constexpr std::string_view kMultiShardSum[] = {"request_policy:multi_shard",
                                               "response_policy:agg_sum"};
constexpr std::string_view kAllShardsAll[] = {"request_policy:all_shards",
                                              "response_policy:all_succeeded"};
constexpr std::string_view kKeysTips[] = {"request_policy:all_shards",
                                          "nondeterministic_output_order"};

constexpr std::string_view kExpireSyntax = "key seconds [NX | XX | GT | LT]";
constexpr std::string_view kPExpireSyntax = "key milliseconds [NX | XX | GT | LT]";
constexpr std::string_view kExpireAtSyntax = "key unix-time-seconds [NX | XX | GT | LT]";
constexpr std::string_view kPExpireAtSyntax = "key unix-time-milliseconds [NX | XX | GT | LT]";
constexpr std::string_view kPerKey = "O(N) in the number of keys given.";

constexpr CommandSpec kKeyCommands[] = {
    {.name = "copy",
     .run = Copy,
     .arity = AtLeast(3),
     .keys = Both(KeyAt(1, kReads), KeyAt(2, kKeyOverwrite | kKeyUpdate)),
     .flags = kWrite | kDenyOom,
     .categories = kKeyspaceCategory,
     .since = "6.2.0",
     .complexity = "O(N) in the size of the value.",
     .summary = "Copies a value and its deadline to another key.",
     .syntax = "source destination [DB destination-db:integer] [REPLACE]"},
    {.name = "dbsize",
     .run = DbSize,
     .arity = Exactly(1),
     .flags = kReadOnly | kFast,
     .categories = kKeyspaceCategory,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Counts the keys of the database.",
     .syntax = "",
     .tips = kAllShardsSum},
    {.name = "del",
     .run = Del,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kKeyRemove | kKeyDelete),
     .flags = kWrite,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = kPerKey,
     .summary = "Deletes keys.",
     .syntax = "key [key ...]",
     .tips = kMultiShardSum},
    {.name = "exists",
     .run = Exists,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kLooks),
     .flags = kReadOnly | kFast,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = kPerKey,
     .summary = "Counts how many of the keys are there.",
     .syntax = "key [key ...]",
     .tips = kMultiShardSum},
    {.name = "expire",
     .run = Expire,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Gives a key so many seconds to live.",
     .syntax = kExpireSyntax},
    {.name = "expireat",
     .run = ExpireAt,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory,
     .since = "1.2.0",
     .complexity = "O(1)",
     .summary = "Lets a key live until a Unix time in seconds.",
     .syntax = kExpireAtSyntax},
    {.name = "expiretime",
     .run = ExpireTime,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .categories = kKeyspaceCategory,
     .since = "7.0.0",
     .complexity = "O(1)",
     .summary = "Tells the Unix time in seconds at which a key expires.",
     .syntax = "key"},
    {.name = "flushall",
     .run = FlushAll,
     .arity = AtLeast(1),
     .flags = kWrite,
     .categories = kKeyspaceCategory | kDangerous,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1) for the caller; memory is given back in the background.",
     .summary = "Empties all databases.",
     .syntax = "[ASYNC | SYNC]",
     .tips = kAllShardsAll},
    {.name = "flushdb",
     .run = FlushDb,
     .arity = AtLeast(1),
     .flags = kWrite,
     .categories = kKeyspaceCategory | kDangerous,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1) for the caller; memory is given back in the background.",
     .summary = "Empties the database.",
     .syntax = "[ASYNC | SYNC]",
     .tips = kAllShardsAll},
    {.name = "keys",
     .run = Keys,
     .arity = Exactly(2),
     .flags = kReadOnly,
     .categories = kKeyspaceCategory | kDangerous,
     .since = "1.0.0",
     .complexity = "O(N) in the number of keys in the database.",
     .summary = "Lists the keys whose names match a pattern.",
     .syntax = "pattern",
     .tips = kKeysTips},
    {.name = "move",
     .run = Move,
     .arity = Exactly(3),
     .keys = KeyAt(1, kUpdates | kKeyAccess),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Moves a key to another database.",
     .syntax = "key db"},
    {.name = "object",
     .arity = AtLeast(2),
     .flags = 0,
     .categories = kKeyspaceCategory,
     .since = "2.2.3",
     .complexity = "Depends on the subcommand.",
     .summary = "Looks at how a value is stored.",
     .subcommands = kObjectSubcommands},
    {.name = "persist",
     .run = Persist,
     .arity = Exactly(2),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory,
     .since = "2.2.0",
     .complexity = "O(1)",
     .summary = "Takes the deadline of a key away.",
     .syntax = "key"},
    {.name = "pexpire",
     .run = PExpire,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory,
     .since = "2.6.0",
     .complexity = "O(1)",
     .summary = "Gives a key so many milliseconds to live.",
     .syntax = kPExpireSyntax},
    {.name = "pexpireat",
     .run = PExpireAt,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory,
     .since = "2.6.0",
     .complexity = "O(1)",
     .summary = "Lets a key live until a Unix time in milliseconds.",
     .syntax = kPExpireAtSyntax},
    {.name = "pexpiretime",
     .run = PExpireTime,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .categories = kKeyspaceCategory,
     .since = "7.0.0",
     .complexity = "O(1)",
     .summary = "Tells the Unix time in milliseconds at which a key expires.",
     .syntax = "key"},
    {.name = "pttl",
     .run = PTtl,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .categories = kKeyspaceCategory,
     .since = "2.6.0",
     .complexity = "O(1)",
     .summary = "Tells how many milliseconds a key has left.",
     .syntax = "key",
     .tips = kAnyOutput},
    {.name = "randomkey",
     .run = RandomKey,
     .arity = Exactly(1),
     .flags = kReadOnly,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Picks a key at random.",
     .syntax = "",
     .tips = kAllShardsAny},
    {.name = "rename",
     .run = Rename,
     .arity = Exactly(3),
     .keys = Both(KeyAt(1, kKeyReadWrite | kKeyAccess | kKeyDelete),
                  KeyAt(2, kKeyOverwrite | kKeyUpdate)),
     .flags = kWrite,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Renames a key, replacing one of the new name.",
     .syntax = "key newkey"},
    {.name = "renamenx",
     .run = RenameNx,
     .arity = Exactly(3),
     .keys = Both(KeyAt(1, kKeyReadWrite | kKeyAccess | kKeyDelete),
                  KeyAt(2, kKeyOverwrite | kKeyInsert)),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Renames a key unless the new name is taken.",
     .syntax = "key newkey"},
    {.name = "scan",
     .run = Scan,
     .arity = AtLeast(2),
     .flags = kReadOnly,
     .categories = kKeyspaceCategory,
     .since = "2.8.0",
     .complexity = "O(1) for each call, O(N) for a whole round.",
     .summary = "Goes through the keys step by step.",
     .syntax = "cursor [MATCH pattern] [COUNT count] [TYPE type]",
     .tips = kScanTips},
    {.name = "sort",
     .run = Sort,
     .arity = AtLeast(2),
     .keys =
         Both(KeyAt(1, kReads | kKeyIncomplete), KeyAfterStoreWord(1, kKeyOverwrite | kKeyUpdate)),
     .flags = kWrite | kDenyOom | kMovableKeys,
     .categories = kSetCategory | kDangerous,
     .since = "1.0.0",
     .complexity = "O(N log N) in the size of the set.",
     .summary = "Sorts the members of a set.",
     .syntax = kSortSyntax},
    {.name = "sort_ro",
     .run = SortReadOnly,
     .arity = AtLeast(2),
     .keys = KeyAt(1, kReads | kKeyIncomplete),
     .flags = kReadOnly | kMovableKeys,
     .categories = kSetCategory | kDangerous,
     .since = "7.0.0",
     .complexity = "O(N log N) in the size of the set.",
     .summary = "Sorts the members of a set and never stores.",
     .syntax = kSortReadOnlySyntax},
    {.name = "swapdb",
     .run = SwapDb,
     .arity = Exactly(3),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory | kDangerous,
     .group = Group::kServer,
     .since = "4.0.0",
     .complexity = "O(1)",
     .summary = "Exchanges the contents of two databases.",
     .syntax = "index1 index2"},
    {.name = "touch",
     .run = Touch,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kLooks),
     .flags = kReadOnly | kFast,
     .categories = kKeyspaceCategory,
     .since = "3.2.1",
     .complexity = kPerKey,
     .summary = "Marks keys as used and counts those that are there.",
     .syntax = "key [key ...]",
     .tips = kMultiShardSum},
    {.name = "ttl",
     .run = Ttl,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Tells how many seconds a key has left.",
     .syntax = "key",
     .tips = kAnyOutput},
    {.name = "type",
     .run = Type,
     .arity = Exactly(2),
     .keys = KeyAt(1, kLooks),
     .flags = kReadOnly | kFast,
     .categories = kKeyspaceCategory,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Tells what kind of value a key holds.",
     .syntax = "key"},
    {.name = "unlink",
     .run = Del,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kKeyRemove | kKeyDelete),
     .flags = kWrite | kFast,
     .categories = kKeyspaceCategory,
     .since = "4.0.0",
     .complexity = kPerKey,
     .summary = "Deletes keys; the same as DEL, which frees big values in the background too.",
     .syntax = "key [key ...]",
     .tips = kMultiShardSum},
};
static_assert(WellFormed(kKeyCommands));

}  // namespace

std::span<const CommandSpec> KeyCommands() {
  return kKeyCommands;
}

}  // namespace thimble
