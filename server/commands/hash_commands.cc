#include "server/commands/hash_commands.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <vector>

#include "server/command/context.h"
#include "server/commands/random_reply.h"
#include "server/commands/row_words.h"
#include "server/commands/scan_options.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

// Sets every pair that follows and returns how many fields are new.
Result<int64_t> SetPairs(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  if (args.Remaining() % 2 != 0) return Errc::kArity;
  const size_t pairs = args.Remaining() / 2;

  auto edit = ctx.keys().Edit<HashValue>(key);
  if (!edit.ok()) return edit.error();
  int64_t created = 0;
  while (args.HasNext()) {
    const Hashed field = args.NextHashed();
    const Bytes value = args.Next();
    created += (*edit)->Set(field, value) ? 1 : 0;
  }
  edit->Commit(Event::kHSet, pairs);
  return created;
}

Result<void> HSet(CommandContext& ctx, ArgCursor args) {
  Result<int64_t> created = SetPairs(ctx, args);
  if (!created.ok()) return created.error();
  ctx.reply().Integer(*created);
  return Ok();
}

Result<void> HMSet(CommandContext& ctx, ArgCursor args) {
  Result<int64_t> created = SetPairs(ctx, args);
  if (!created.ok()) return created.error();
  ctx.reply().Ok();
  return Ok();
}

Result<void> HSetNx(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  const Hashed field = args.NextHashed();
  auto edit = ctx.keys().Edit<HashValue>(key);
  if (!edit.ok()) return edit.error();
  if ((*edit)->Contains(field)) {
    ctx.reply().Integer(0);
    return Ok();
  }
  (*edit)->Set(field, args.Next());
  edit->Commit(Event::kHSet, 1);
  ctx.reply().Integer(1);
  return Ok();
}

Result<void> HGet(CommandContext& ctx, ArgCursor args) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  ctx.reply().BulkOrNull(hash->Get(args.NextHashed()));
  return Ok();
}

Result<void> HMGet(CommandContext& ctx, ArgCursor args) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) ctx.reply().BulkOrNull(hash->Get(args.NextHashed()));
  return Ok();
}

Result<void> HGetAll(CommandContext& ctx, ArgCursor args) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  ctx.reply().Map(hash->size());
  hash->ForEach([&](const FieldValue& pair) {
    ctx.reply().Bulk(pair.field);
    ctx.reply().Bulk(pair.value);
  });
  return Ok();
}

Result<void> HKeys(CommandContext& ctx, ArgCursor args) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  ctx.reply().Array(hash->size());
  hash->ForEach([&](const FieldValue& pair) { ctx.reply().Bulk(pair.field); });
  return Ok();
}

Result<void> HVals(CommandContext& ctx, ArgCursor args) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  ctx.reply().Array(hash->size());
  hash->ForEach([&](const FieldValue& pair) { ctx.reply().Bulk(pair.value); });
  return Ok();
}

Result<void> HLen(CommandContext& ctx, ArgCursor args) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  ctx.reply().Integer(static_cast<int64_t>(hash->size()));
  return Ok();
}

Result<void> HExists(CommandContext& ctx, ArgCursor args) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  ctx.reply().Integer(hash->Contains(args.NextHashed()) ? 1 : 0);
  return Ok();
}

Result<void> HStrLen(CommandContext& ctx, ArgCursor args) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  const std::optional<Text> value = hash->Get(args.NextHashed());
  ctx.reply().Integer(value ? static_cast<int64_t>(value->size()) : 0);
  return Ok();
}

Result<void> HDel(CommandContext& ctx, ArgCursor args) {
  auto edit = ctx.keys().Edit<HashValue>(args.NextHashed());
  if (!edit.ok()) return edit.error();
  size_t deleted = 0;
  while (args.HasNext()) deleted += (*edit)->Erase(args.NextHashed()) ? 1 : 0;
  if (deleted > 0) edit->Commit(Event::kHDel, deleted);
  ctx.reply().Integer(static_cast<int64_t>(deleted));
  return Ok();
}

Result<void> HIncrBy(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  const Hashed field = args.NextHashed();
  Result<int64_t> increment = args.NextInt();
  if (!increment.ok()) return increment.error();

  if (const auto sum = ctx.keys().AddInPlace(key, field, *increment, Event::kHIncrBy)) {
    ctx.reply().Integer(*sum);
    return Ok();
  }
  auto edit = ctx.keys().Edit<HashValue>(key);
  if (!edit.ok()) return edit.error();
  Result<int64_t> sum = (*edit)->Increment(field, *increment);
  if (!sum.ok()) return sum.error();
  edit->Commit(Event::kHIncrBy, 1);
  ctx.reply().Integer(*sum);
  return Ok();
}

Result<void> HIncrByFloat(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  const Hashed field = args.NextHashed();
  const std::optional<long double> increment = ParseLongDouble(args.Next());
  if (!increment || std::isnan(*increment)) return Errc::kNotFloat;
  if (std::isinf(*increment)) return Error::Message("ERR value is NaN or Infinity");

  auto edit = ctx.keys().Edit<HashValue>(key);
  if (!edit.ok()) return edit.error();
  long double value = 0;
  if (const std::optional<Text> stored = (*edit)->Get(field)) {
    std::string scratch;
    const std::optional<long double> number = ParseLongDouble(stored->Flatten(scratch));
    if (!number || std::isnan(*number)) return Errc::kHashNotFloat;
    value = *number;
  }
  value += *increment;
  if (std::isnan(value) || std::isinf(value)) return Errc::kNanOrInfinity;
  const std::string text = FormatLongDouble(value);
  (*edit)->Set(field, text, HashValue::Ttl::kKeep);
  edit->Commit(Event::kHIncrByFloat, 1);
  ctx.reply().Bulk(text);
  return Ok();
}

// --- HRANDFIELD -----------------------------------------------------------------------------

void ReplyPair(ReplyWriter& reply, const FieldValue& pair, bool with_values) {
  if (with_values && reply.protocol() == Protocol::kResp3) reply.Array(2);
  reply.Bulk(pair.field);
  if (with_values) reply.Bulk(pair.value);
}

void ReplyPairCount(ReplyWriter& reply, size_t count, bool with_values) {
  const bool flat = with_values && reply.protocol() == Protocol::kResp2;
  reply.Array(flat ? count * 2 : count);
}

// `count` fields drawn one by one, repeats allowed.
Result<void> ReplyWithRepeats(CommandContext& ctx, const HashView& hash, size_t count,
                              bool with_values) {
  ReplyWriter& reply = ctx.reply();
  const RandomReplyGuard guard(reply.buffer(), count);
  ReplyPairCount(reply, count, with_values);
  for (size_t i = 0; i < count; ++i) {
    ReplyPair(reply, hash.RandomField(ctx.random()), with_values);
    if (guard.TooLong()) return RandomReplyGuard::TooLongError();
  }
  return Ok();
}

// `count` distinct fields, uniform over all subsets of that size; O(count) expected. Few out of
// many are drawn until enough differ; many out of few are dealt from a shuffled list of all.
void ReplyDistinct(CommandContext& ctx, const HashView& hash, size_t count, bool with_values) {
  ReplyWriter& reply = ctx.reply();
  ReplyPairCount(reply, count, with_values);
  if (count * 3 < hash.size()) {
    std::unordered_set<std::string> seen;
    while (seen.size() < count) {
      const FieldValue pair = hash.RandomField(ctx.random());
      if (seen.insert(pair.field.ToString()).second) ReplyPair(reply, pair, with_values);
    }
    return;
  }
  std::vector<FieldValue> all;
  all.reserve(hash.size());
  hash.ForEach([&](const FieldValue& pair) { all.push_back(pair); });
  for (size_t i = 0; i < count; ++i) {
    std::swap(all[i], all[i + ctx.random().Below(all.size() - i)]);
    ReplyPair(reply, all[i], with_values);
  }
}

Result<void> HRandField(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  if (!args.HasNext()) {
    auto hash = ctx.keys().Read<HashValue>(key, ctx.access());
    if (!hash.ok()) return hash.error();
    if (hash->empty()) {
      ctx.reply().Null();
    } else {
      ctx.reply().Bulk(hash->RandomField(ctx.random()).field);
    }
    return Ok();
  }
  Result<int64_t> count = ParseRandomCount(args.Next());
  if (!count.ok()) return count.error();
  bool with_values = false;
  if (args.HasNext()) {
    with_values = args.TakeWord("withvalues");
    if (!with_values || args.HasNext()) return Errc::kSyntax;
    if (*count < -INT64_MAX / 2 || *count > INT64_MAX / 2) return Errc::kOutOfRange;
  }
  auto hash = ctx.keys().Read<HashValue>(key, ctx.access());
  if (!hash.ok()) return hash.error();
  if (*count == 0 || hash->empty()) {
    ctx.reply().Array(0);
    return Ok();
  }
  if (*count < 0) {
    return ReplyWithRepeats(ctx, *hash, static_cast<size_t>(-*count), with_values);
  }
  ReplyDistinct(ctx, *hash, std::min(static_cast<size_t>(*count), hash->size()), with_values);
  return Ok();
}

// --- HSCAN ------------------------------------------------------------------------------------

Result<void> HScan(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<uint64_t> cursor = ParseCursor(args.Next());
  if (!cursor.ok()) return cursor.error();
  auto hash = ctx.keys().Read<HashValue>(key, ctx.access());
  if (!hash.ok()) return hash.error();

  std::vector<FieldValue> found;
  if (!hash->empty()) {
    Result<ScanOptions> options = ParseScanOptions(args, ScanOf::kHash);
    if (!options.ok()) return options.error();
    std::string scratch;
    size_t steps = 0;
    do {
      *cursor = hash->Scan(*cursor, [&](const FieldValue& pair) {
        if (options->Matches(pair.field.Flatten(scratch))) found.push_back(pair);
      });
    } while (*cursor != 0 && found.size() < options->count && ++steps < options->MaxSteps());
    ctx.reply().Array(2);
    ctx.reply().Bulk(std::to_string(*cursor));
    ctx.reply().Array(options->no_values ? found.size() : found.size() * 2);
    for (const FieldValue& pair : found) {
      ctx.reply().Bulk(pair.field);
      if (!options->no_values) ctx.reply().Bulk(pair.value);
    }
    return Ok();
  }
  ctx.reply().Array(2);
  ctx.reply().Bulk("0");
  ctx.reply().Array(0);
  return Ok();
}

// --- Rows -------------------------------------------------------------------------------------

constexpr uint16_t kInserts = kKeyReadWrite | kKeyInsert;

constexpr CommandSpec kHashCommands[] = {
    {.name = "hdel",
     .run = HDel,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kKeyReadWrite | kKeyDelete),
     .flags = kWrite | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(N) in the number of fields given.",
     .summary = "Removes fields from a hash, and the hash with its last field.",
     .syntax = "key field [field ...]"},
    {.name = "hexists",
     .run = HExists,
     .arity = Exactly(3),
     .keys = KeyAt(1, kLooks),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(1)",
     .summary = "Tells whether a hash has a field.",
     .syntax = "key field"},
    {.name = "hget",
     .run = HGet,
     .arity = Exactly(3),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(1)",
     .summary = "Reads the value of one field.",
     .syntax = "key field"},
    {.name = "hgetall",
     .run = HGetAll,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(N) in the size of the hash.",
     .summary = "Reads all fields with their values.",
     .syntax = "key",
     .tips = kAnyOrder},
    {.name = "hincrby",
     .run = HIncrBy,
     .arity = Exactly(4),
     .keys = KeyAt(1, kUpdates | kKeyAccess),
     .flags = kWrite | kDenyOom | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(1)",
     .summary = "Adds an integer to a field, which starts at 0.",
     .syntax = "key field increment"},
    {.name = "hincrbyfloat",
     .run = HIncrByFloat,
     .arity = Exactly(4),
     .keys = KeyAt(1, kUpdates | kKeyAccess),
     .flags = kWrite | kDenyOom | kFast,
     .group = Group::kHash,
     .since = "2.6.0",
     .complexity = "O(1)",
     .summary = "Adds a decimal number to a field, which starts at 0.",
     .syntax = "key field increment:double"},
    {.name = "hkeys",
     .run = HKeys,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(N) in the size of the hash.",
     .summary = "Reads all field names.",
     .syntax = "key",
     .tips = kAnyOrder},
    {.name = "hlen",
     .run = HLen,
     .arity = Exactly(2),
     .keys = KeyAt(1, kLooks),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(1)",
     .summary = "Counts the fields of a hash.",
     .syntax = "key"},
    {.name = "hmget",
     .run = HMGet,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(N) in the number of fields given.",
     .summary = "Reads the values of several fields.",
     .syntax = "key field [field ...]"},
    {.name = "hmset",
     .run = HMSet,
     .arity = AtLeast(4),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kDenyOom | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(N) in the number of pairs given.",
     .summary = "Sets several fields; HSET with an older reply.",
     .syntax = "key field value [field value ...]",
     .deprecated_since = "4.0.0",
     .replaced_by = "`HSET` with several pairs"},
    {.name = "hrandfield",
     .run = HRandField,
     .arity = AtLeast(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kHash,
     .since = "6.2.0",
     .complexity = "O(N) in the number of fields returned.",
     .summary = "Picks fields at random.",
     .syntax = "key [count [WITHVALUES]]",
     .tips = kAnyOutput},
    {.name = "hscan",
     .run = HScan,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kHash,
     .since = "2.8.0",
     .complexity = "O(1) for each call, O(N) for a whole round.",
     .summary = "Goes through a hash step by step.",
     .syntax = "key cursor [MATCH pattern] [COUNT count] [NOVALUES]",
     .tips = kAnyOutput},
    {.name = "hset",
     .run = HSet,
     .arity = AtLeast(4),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kDenyOom | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(N) in the number of pairs given.",
     .summary = "Sets fields of a hash and counts the new ones.",
     .syntax = "key field value [field value ...]"},
    {.name = "hsetnx",
     .run = HSetNx,
     .arity = Exactly(4),
     .keys = KeyAt(1, kInserts),
     .flags = kWrite | kDenyOom | kFast,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(1)",
     .summary = "Sets a field unless the hash has it already.",
     .syntax = "key field value"},
    {.name = "hstrlen",
     .run = HStrLen,
     .arity = Exactly(3),
     .keys = KeyAt(1, kLooks),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "3.2.0",
     .complexity = "O(1)",
     .summary = "Measures the value of a field in bytes.",
     .syntax = "key field"},
    {.name = "hvals",
     .run = HVals,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kHash,
     .since = "2.0.0",
     .complexity = "O(N) in the size of the hash.",
     .summary = "Reads all values.",
     .syntax = "key",
     .tips = kAnyOrder},
};
static_assert(WellFormed(kHashCommands));

}  // namespace

std::span<const CommandSpec> HashCommands() {
  return kHashCommands;
}

}  // namespace thimble
