#include "server/commands/string_commands.h"

#include <algorithm>
#include <vector>

#include "server/command/context.h"
#include "server/commands/counter_commands.h"
#include "server/commands/expiry_options.h"
#include "server/commands/row_words.h"
#include "server/commands/set_command.h"
#include "server/commands/string_conditions.h"
#include "server/config/settings.h"

namespace thimble {
namespace {

// Replies the string, or null for a missing key. Fails with kWrongType.
Result<void> ReplyString(CommandContext& ctx, const Hashed& key, Access access) {
  auto string = ctx.keys().Read<StringValue>(key, access);
  if (!string.ok()) return string.error();
  if (string->exists()) {
    ctx.reply().Bulk(string->text());
  } else {
    ctx.reply().Null();
  }
  return Ok();
}

Result<void> Get(CommandContext& ctx, ArgCursor args) {
  return ReplyString(ctx, args.NextHashed(), ctx.access());
}

Result<void> GetSet(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<void> replied = ReplyString(ctx, key, ctx.access());
  if (!replied.ok()) return replied.error();
  ctx.keys().SetString(key, args.Next(), Keyspace::Ttl::kClear);
  return Ok();
}

Result<void> GetDel(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<void> replied = ReplyString(ctx, key, ctx.access());
  if (!replied.ok()) return replied.error();
  ctx.keys().Delete(key);
  return Ok();
}

Result<void> GetEx(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  std::optional<ExpiryOption> expiry;
  bool persist = false;
  while (args.HasNext()) {
    if (!expiry && args.TakeWord("persist")) {
      persist = true;
    } else if (persist || !TakeExpiryOption(args, expiry)) {
      return Errc::kSyntax;
    }
  }
  {
    auto string = ctx.keys().Read<StringValue>(key, ctx.access());
    if (!string.ok()) return string.error();
    if (!string->exists()) {
      ctx.reply().Null();
      return Ok();
    }
  }
  uint64_t deadline_ms = 0;
  if (expiry) {
    Result<uint64_t> read = ReadExpiryOption(*expiry, ctx.NowMs());
    if (!read.ok()) return read.error();
    deadline_ms = *read;
  }
  Result<void> replied = ReplyString(ctx, key, Access::kPeek);
  if (!replied.ok()) return replied.error();
  const bool has_deadline = ctx.keys().DeadlineOf(key).value_or(0) != 0;
  if (expiry || (persist && has_deadline)) ctx.keys().SetDeadline(key, deadline_ms);
  return Ok();
}

// --- Several keys -----------------------------------------------------------------------------

Result<void> MGet(CommandContext& ctx, ArgCursor args) {
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) {
    auto string = ctx.keys().Read<StringValue>(args.NextHashed(), ctx.access());
    if (string.ok() && string->exists()) {
      ctx.reply().Bulk(string->text());
    } else {
      ctx.reply().Null();
    }
  }
  return Ok();
}

void SetPairs(CommandContext& ctx, ArgCursor args, Keyspace::Ttl ttl, uint64_t deadline_ms) {
  while (args.HasNext()) {
    const Hashed key = args.NextHashed();
    ctx.keys().SetString(key, args.Next(), ttl, deadline_ms);
  }
}

enum class Presence : uint8_t { kAny, kAll, kNone };

// Whether the keys of `pairs` are there as demanded: all of them, or none.
bool Satisfies(CommandContext& ctx, ArgCursor pairs, Presence wanted) {
  while (pairs.HasNext() && wanted != Presence::kAny) {
    const bool there = ctx.keys().Exists(pairs.NextHashed(), Access::kTouch);
    if (there != (wanted == Presence::kAll)) return false;
    pairs.Next();
  }
  return true;
}

Result<void> MSet(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() % 2 != 0) return Errc::kArity;
  SetPairs(ctx, args, Keyspace::Ttl::kClear, 0);
  ctx.reply().Ok();
  return Ok();
}

Result<void> MSetNx(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() % 2 != 0) return Errc::kArity;
  const bool free = Satisfies(ctx, args, Presence::kNone);
  if (free) SetPairs(ctx, args, Keyspace::Ttl::kClear, 0);
  ctx.reply().Integer(free ? 1 : 0);
  return Ok();
}

// MSETEX numkeys key value [key value ...] [NX | XX] [EX .. | KEEPTTL]
Result<void> MSetEx(CommandContext& ctx, ArgCursor args) {
  const std::optional<int64_t> count = ParseInt64(args.Next());
  if (!count || *count < 1 || *count > INT32_MAX) {
    return Error::Message("ERR invalid numkeys value");
  }
  const size_t pair_args = static_cast<size_t>(*count) * 2;
  if (pair_args > args.Remaining()) {
    return Error::Message("ERR wrong number of key-value pairs");
  }
  ArgCursor options = args;
  options.Skip(pair_args);
  Presence wanted = Presence::kAny;
  std::optional<ExpiryOption> expiry;
  bool keep_ttl = false;
  while (options.HasNext()) {
    if (wanted == Presence::kAny && options.TakeWord("nx")) {
      wanted = Presence::kNone;
    } else if (wanted == Presence::kAny && options.TakeWord("xx")) {
      wanted = Presence::kAll;
    } else if (!expiry && options.TakeWord("keepttl")) {
      keep_ttl = true;
    } else if (keep_ttl || !TakeExpiryOption(options, expiry)) {
      return Errc::kSyntax;
    }
  }
  uint64_t deadline_ms = 0;
  if (expiry) {
    Result<uint64_t> read = ReadExpiryOption(*expiry, ctx.NowMs());
    if (!read.ok()) return read.error();
    deadline_ms = *read;
  }
  const std::span<const Bytes> pairs = args.rest().first(pair_args);
  const HashHints no_hints;
  const ArgCursor cursor(pairs, ctx.hash_key(), no_hints);
  const bool satisfied = Satisfies(ctx, cursor, wanted);
  if (satisfied) {
    SetPairs(ctx, cursor, keep_ttl ? Keyspace::Ttl::kKeep : Keyspace::Ttl::kClear, deadline_ms);
  }
  ctx.reply().Integer(satisfied ? 1 : 0);
  return Ok();
}

// --- Parts of a string ------------------------------------------------------------------------

Result<void> StrLen(CommandContext& ctx, ArgCursor args) {
  auto string = ctx.keys().Read<StringValue>(args.NextHashed(), ctx.access());
  if (!string.ok()) return string.error();
  ctx.reply().Integer(static_cast<int64_t>(string->size()));
  return Ok();
}

// What a log holds was short enough then.
Result<void> CheckLength(CommandContext& ctx, size_t length, size_t more) {
  if (ctx.environment().timeless) return Ok();
  const auto most = static_cast<uint64_t>(ctx.services().settings.proto_max_bulk_len);
  if (more > most || length > most - more) return Errc::kStringTooLong;
  return Ok();
}

Result<void> Append(CommandContext& ctx, ArgCursor args) {
  auto edit = ctx.keys().Edit<StringValue>(args.NextHashed());
  if (!edit.ok()) return edit.error();
  const Bytes tail = args.Next();
  if (edit->existed()) {
    Result<void> fits = CheckLength(ctx, (*edit)->size(), tail.size());
    if (!fits.ok()) return fits.error();
    if (!(*edit)->CanGrowTo((*edit)->size() + tail.size())) return Errc::kOutOfMemory;
    (*edit)->Append(tail);
  } else {
    (*edit)->Set(tail);
  }
  edit->Commit(Event::kAppend, 1);
  ctx.reply().Integer(static_cast<int64_t>((*edit)->size()));
  return Ok();
}

Result<void> SetRange(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<int64_t> offset = args.NextInt();
  if (!offset.ok()) return offset.error();
  const Bytes part = args.Next();
  if (*offset < 0) return Errc::kOffsetOutOfRange;
  auto edit = ctx.keys().Edit<StringValue>(key);
  if (!edit.ok()) return edit.error();
  if (!part.empty()) {
    Result<void> fits = CheckLength(ctx, static_cast<size_t>(*offset), part.size());
    if (!fits.ok()) return fits.error();
    const size_t end = static_cast<size_t>(*offset) + part.size();
    if (!(*edit)->CanGrowTo(end)) return Errc::kOutOfMemory;
    (*edit)->Overwrite(static_cast<size_t>(*offset), part);
    edit->Commit(Event::kSetRange, 1);
  }
  ctx.reply().Integer(static_cast<int64_t>((*edit)->size()));
  return Ok();
}

Result<void> GetRange(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<int64_t> first = args.NextInt();
  if (!first.ok()) return first.error();
  Result<int64_t> last = args.NextInt();
  if (!last.ok()) return last.error();
  auto string = ctx.keys().Read<StringValue>(key, ctx.access());
  if (!string.ok()) return string.error();

  const auto length = static_cast<int64_t>(string->size());
  const bool empty_by_order = *first < 0 && *last < 0 && *first > *last;
  int64_t from = *first < 0 ? std::max<int64_t>(length + *first, 0) : *first;
  int64_t to = *last < 0 ? std::max<int64_t>(length + *last, 0) : *last;
  to = std::min(to, length - 1);
  if (empty_by_order || from > to || length == 0) {
    ctx.reply().Bulk(Bytes());
    return Ok();
  }
  std::string scratch;
  const Bytes whole = string->text().Flatten(scratch);
  ctx.reply().Bulk(whole.substr(static_cast<size_t>(from), static_cast<size_t>(to - from + 1)));
  return Ok();
}

// --- DELEX, DELIFEQ, DIGEST ---------------------------------------------------------------------

Result<void> DeleteIf(CommandContext& ctx, const Hashed& key, const StringCondition& condition) {
  bool holds = false;
  {
    auto string = ctx.keys().Read<StringValue>(key, ctx.access());
    if (!string.ok()) return string.error();
    holds = string->exists() && condition.Holds(*string);
  }
  ctx.reply().Integer(holds && ctx.keys().Delete(key) ? 1 : 0);
  return Ok();
}

Result<void> DelEx(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  if (!args.HasNext()) {
    ctx.reply().Integer(ctx.keys().Delete(key) ? 1 : 0);
    return Ok();
  }
  if (args.Remaining() != 2) return Errc::kArity;
  auto condition = TakeStringCondition(args);
  if (!condition.ok()) return condition.error();
  if (!*condition) return Error::Message("ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE");
  return DeleteIf(ctx, key, **condition);
}

Result<void> DelIfEq(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  return DeleteIf(ctx, key, {StringCondition::Kind::kEquals, args.Next()});
}

Result<void> Digest(CommandContext& ctx, ArgCursor args) {
  auto string = ctx.keys().Read<StringValue>(args.NextHashed(), ctx.access());
  if (!string.ok()) return string.error();
  if (string->exists()) {
    ctx.reply().Bulk(Bytes(StringDigest(string->text())));
  } else {
    ctx.reply().Null();
  }
  return Ok();
}

// --- Rows -------------------------------------------------------------------------------------

constexpr uint16_t kStoresNew = kKeyOverwrite | kKeyInsert;
constexpr uint16_t kReadsAndUpdates = kUpdates | kKeyAccess;

constexpr uint32_t kWriteFast = kWrite | kDenyOom | kFast;

constexpr std::string_view kMultiShard[] = {"request_policy:multi_shard"};
constexpr std::string_view kMultiShardAll[] = {"request_policy:multi_shard",
                                               "response_policy:all_succeeded"};

constexpr CommandSpec kStringCommands[] = {
    {.name = "append",
     .run = Append,
     .arity = Exactly(3),
     .keys = KeyAt(1, kKeyReadWrite | kKeyInsert),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "2.0.0",
     .complexity = "O(1) amortised.",
     .summary = "Appends to a string, which comes to be if it is missing.",
     .syntax = "key value"},
    {.name = "decr",
     .run = Decr,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReadsAndUpdates),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Subtracts one from a counter, which starts at 0.",
     .syntax = "key"},
    {.name = "decrby",
     .run = DecrBy,
     .arity = Exactly(3),
     .keys = KeyAt(1, kReadsAndUpdates),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Subtracts an integer from a counter, which starts at 0.",
     .syntax = "key decrement"},
    {.name = "delex",
     .run = DelEx,
     .arity = AtLeast(2),
     .keys = KeyAt(1, kKeyReadWrite | kKeyDelete),
     .flags = kWrite | kFast,
     .group = Group::kString,
     .since = "8.4.0",
     .complexity = "O(1); O(N) in the length of the value with a digest.",
     .summary = "Deletes a key if its string is as expected.",
     .syntax = "key [IFEQ value | IFNE value | IFDEQ digest | IFDNE digest]"},
    {.name = "delifeq",
     .run = DelIfEq,
     .arity = Exactly(3),
     .keys = KeyAt(1, kKeyReadWrite | kKeyDelete),
     .flags = kWrite | kFast,
     .group = Group::kString,
     .since = "9.0.0",
     .complexity = "O(1)",
     .summary = "Deletes a key if its string equals a value.",
     .syntax = "key value"},
    {.name = "digest",
     .run = Digest,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kString,
     .since = "8.4.0",
     .complexity = "O(N) in the length of the value.",
     .summary = "Computes the fingerprint of a string.",
     .syntax = "key"},
    {.name = "get",
     .run = Get,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Reads a string.",
     .syntax = "key"},
    {.name = "getdel",
     .run = GetDel,
     .arity = Exactly(2),
     .keys = KeyAt(1, kTakes),
     .flags = kWrite | kFast,
     .group = Group::kString,
     .since = "6.2.0",
     .complexity = "O(1)",
     .summary = "Reads a string and deletes it.",
     .syntax = "key"},
    {.name = "getex",
     .run = GetEx,
     .arity = AtLeast(2),
     .keys = KeyAt(1, kReadsAndUpdates),
     .flags = kWrite | kFast,
     .group = Group::kString,
     .since = "6.2.0",
     .complexity = "O(1)",
     .summary = "Reads a string and changes its deadline.",
     .syntax = "key [EX seconds | PX milliseconds | EXAT unix-time-seconds | "
               "PXAT unix-time-milliseconds | PERSIST]"},
    {.name = "getrange",
     .run = GetRange,
     .arity = Exactly(4),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kString,
     .since = "2.4.0",
     .complexity = "O(N) in the length of what is returned.",
     .summary = "Reads part of a string.",
     .syntax = "key start end"},
    {.name = "getset",
     .run = GetSet,
     .arity = Exactly(3),
     .keys = KeyAt(1, kReadsAndUpdates),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Sets a string and returns what it was.",
     .syntax = "key value",
     .deprecated_since = "6.2.0",
     .replaced_by = "`SET` with `GET`"},
    {.name = "incr",
     .run = Incr,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReadsAndUpdates),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Adds one to a counter, which starts at 0.",
     .syntax = "key"},
    {.name = "incrby",
     .run = IncrBy,
     .arity = Exactly(3),
     .keys = KeyAt(1, kReadsAndUpdates),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Adds an integer to a counter, which starts at 0.",
     .syntax = "key increment"},
    {.name = "incrbyfloat",
     .run = IncrByFloat,
     .arity = Exactly(3),
     .keys = KeyAt(1, kReadsAndUpdates),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "2.6.0",
     .complexity = "O(1)",
     .summary = "Adds a decimal number to a counter, which starts at 0.",
     .syntax = "key increment:double"},
    {.name = "increx",
     .run = IncrEx,
     .arity = AtLeast(2),
     .keys = KeyAt(1, kReadsAndUpdates),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "8.8.0",
     .complexity = "O(1)",
     .summary = "Adds to a counter within bounds and sets its deadline in one step.",
     .syntax = "key [BYFLOAT increment:double | BYINT increment] [LBOUND lowerbound] "
               "[UBOUND upperbound] [SATURATE] [EX seconds | PX milliseconds | "
               "EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST] [ENX]"},
    {.name = "mget",
     .run = MGet,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(N) in the number of keys given.",
     .summary = "Reads several strings.",
     .syntax = "key [key ...]",
     .tips = kMultiShard},
    {.name = "mset",
     .run = MSet,
     .arity = AtLeast(3),
     .keys = KeysFrom(1, kStores, 2),
     .flags = kWrite | kDenyOom,
     .group = Group::kString,
     .since = "1.0.1",
     .complexity = "O(N) in the number of keys given.",
     .summary = "Sets several strings.",
     .syntax = "key value [key value ...]",
     .tips = kMultiShardAll},
    {.name = "msetex",
     .run = MSetEx,
     .arity = AtLeast(4),
     .keys = {{KeyRange{KeyRange::Kind::kCounted, kStores, 1, 0, 2}}},
     .flags = kWrite | kDenyOom | kMovableKeys,
     .group = Group::kString,
     .since = "8.4.0",
     .complexity = "O(N) in the number of keys given.",
     .summary = "Sets several strings with one deadline, on one condition.",
     .syntax = "numkeys key value [key value ...] [NX | XX] [EX seconds | PX milliseconds | "
               "EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]"},
    {.name = "msetnx",
     .run = MSetNx,
     .arity = AtLeast(3),
     .keys = KeysFrom(1, kStoresNew, 2),
     .flags = kWrite | kDenyOom,
     .group = Group::kString,
     .since = "1.0.1",
     .complexity = "O(N) in the number of keys given.",
     .summary = "Sets several strings if none of the keys is there.",
     .syntax = "key value [key value ...]"},
    {.name = "psetex",
     .run = PSetEx,
     .arity = Exactly(4),
     .keys = KeyAt(1, kStores),
     .flags = kWrite | kDenyOom,
     .group = Group::kString,
     .since = "2.6.0",
     .complexity = "O(1)",
     .summary = "Sets a string and its milliseconds to live.",
     .syntax = "key milliseconds value"},
    {.name = "set",
     .run = Set,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kReadsAndUpdates | kKeyReadForGet),
     .flags = kWrite | kDenyOom,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Sets a string, whatever the key held.",
     .syntax = kSetSyntax},
    {.name = "setex",
     .run = SetEx,
     .arity = Exactly(4),
     .keys = KeyAt(1, kStores),
     .flags = kWrite | kDenyOom,
     .group = Group::kString,
     .since = "2.0.0",
     .complexity = "O(1)",
     .summary = "Sets a string and its seconds to live.",
     .syntax = "key seconds value"},
    {.name = "setnx",
     .run = SetNx,
     .arity = Exactly(3),
     .keys = KeyAt(1, kStoresNew),
     .flags = kWriteFast,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Sets a string unless the key is there.",
     .syntax = "key value"},
    {.name = "setrange",
     .run = SetRange,
     .arity = Exactly(4),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kDenyOom,
     .group = Group::kString,
     .since = "2.2.0",
     .complexity = "O(N) in the bytes written, the gap before them included.",
     .summary = "Overwrites part of a string.",
     .syntax = "key offset value"},
    {.name = "strlen",
     .run = StrLen,
     .arity = Exactly(2),
     .keys = KeyAt(1, kLooks),
     .flags = kReadOnly | kFast,
     .group = Group::kString,
     .since = "2.2.0",
     .complexity = "O(1)",
     .summary = "Measures a string in bytes.",
     .syntax = "key"},
    {.name = "substr",
     .run = GetRange,
     .arity = Exactly(4),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kString,
     .since = "1.0.0",
     .complexity = "O(N) in the length of what is returned.",
     .summary = "Reads part of a string; the older name of GETRANGE.",
     .syntax = "key start end",
     .deprecated_since = "2.0.0",
     .replaced_by = "`GETRANGE`"},
};
static_assert(WellFormed(kStringCommands));

}  // namespace

std::span<const CommandSpec> StringCommands() {
  return kStringCommands;
}

}  // namespace thimble
