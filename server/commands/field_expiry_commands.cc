#include "server/commands/field_expiry_commands.h"

#include <algorithm>

#include "server/command/context.h"
#include "server/commands/field_deadlines.h"
#include "server/commands/row_words.h"

namespace thimble {
namespace {

// What a field is answered with.
constexpr int64_t kNoField = -2;
constexpr int64_t kNoDeadline = -1;
constexpr int64_t kRefused = 0;
constexpr int64_t kDone = 1;
constexpr int64_t kDeleted = 2;

// --- HEXPIRE, HPEXPIRE, HEXPIREAT, HPEXPIREAT -------------------------------------------------

enum class FieldCondition : uint8_t { kNone, kNx, kXx, kGt, kLt };

FieldCondition TakeFieldCondition(ArgCursor& args) {
  if (args.TakeWord("nx")) return FieldCondition::kNx;
  if (args.TakeWord("xx")) return FieldCondition::kXx;
  if (args.TakeWord("gt")) return FieldCondition::kGt;
  if (args.TakeWord("lt")) return FieldCondition::kLt;
  return FieldCondition::kNone;
}

// Whether a deadline may replace `current`; 0 stands for none, which is later than any.
bool Allows(FieldCondition condition, uint64_t current, uint64_t wanted) {
  switch (condition) {
    case FieldCondition::kNone:
      return true;
    case FieldCondition::kNx:
      return current == 0;
    case FieldCondition::kXx:
      return current != 0;
    case FieldCondition::kGt:
      return current != 0 && wanted > current;
    case FieldCondition::kLt:
      return current == 0 || wanted < current;
  }
  return false;
}

struct FieldList {
  FieldCondition condition;
  size_t count;
};

// Leaves the cursor at the fields. The condition stands before FIELDS, as in Redis 8.0, or
// behind the last field.
Result<FieldList> ParseFieldList(ArgCursor& args) {
  FieldList list{TakeFieldCondition(args), 0};
  Result<size_t> count = TakeFieldCount(args, "ERR Parameter `numFields` should be greater than 0");
  if (!count.ok()) return count.error();
  list.count = *count;
  if (list.count == args.Remaining()) return list;
  if (list.condition != FieldCondition::kNone || list.count + 1 != args.Remaining()) {
    return WrongFieldCount();
  }
  ArgCursor behind = args;
  behind.Skip(list.count);
  list.condition = TakeFieldCondition(behind);
  if (list.condition == FieldCondition::kNone) return WrongFieldCount();
  return list;
}

Result<void> SetDeadlines(CommandContext& ctx, ArgCursor args, ExpiryForm form) {
  const Hashed key = args.NextHashed();
  auto edit = ctx.keys().Edit<HashValue>(key);
  if (!edit.ok()) return edit.error();
  Result<FieldDeadline> wanted = ReadFieldDeadline(args.Next(), form, ctx);
  if (!wanted.ok()) return wanted.error();
  Result<FieldList> list = ParseFieldList(args);
  if (!list.ok()) return list.error();

  DeadlineChange change(ctx, key, *wanted);
  ctx.reply().Array(list->count);
  for (size_t i = 0; i < list->count; ++i) {
    const Hashed field = args.NextHashed();
    const std::optional<uint64_t> current = (*edit)->DeadlineOf(field);
    if (!current) {
      ctx.reply().Integer(kNoField);
    } else if (!Allows(list->condition, *current, wanted->ms)) {
      ctx.reply().Integer(kRefused);
    } else {
      change.Apply(**edit, field);
      ctx.reply().Integer(wanted->is_past ? kDeleted : kDone);
    }
  }
  change.Commit(*edit);
  return Ok();
}

Result<void> HExpire(CommandContext& ctx, ArgCursor args) {
  return SetDeadlines(ctx, args, kSecondsFromNow);
}
Result<void> HPExpire(CommandContext& ctx, ArgCursor args) {
  return SetDeadlines(ctx, args, kMillisecondsFromNow);
}
Result<void> HExpireAt(CommandContext& ctx, ArgCursor args) {
  return SetDeadlines(ctx, args, kUnixSeconds);
}
Result<void> HPExpireAt(CommandContext& ctx, ArgCursor args) {
  return SetDeadlines(ctx, args, kUnixMilliseconds);
}

// --- HTTL, HPTTL, HEXPIRETIME, HPEXPIRETIME ---------------------------------------------------

// Seconds are rounded up.
int64_t Shown(uint64_t deadline_ms, ExpiryForm form, int64_t now_ms) {
  auto ms = static_cast<int64_t>(deadline_ms);
  if (form.base == TimeBase::kNow) ms = std::max<int64_t>(ms - now_ms, 0);
  return form.unit == TimeUnit::kSeconds ? (ms + 999) / 1000 : ms;
}

Result<void> ReplyDeadlines(CommandContext& ctx, ArgCursor args, ExpiryForm form) {
  auto hash = ctx.keys().Read<HashValue>(args.NextHashed(), ctx.access());
  if (!hash.ok()) return hash.error();
  Result<void> taken = TakeFieldsWord(args);
  if (!taken.ok()) return taken.error();
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) {
    const std::optional<uint64_t> deadline_ms = hash->DeadlineOf(args.NextHashed());
    if (!deadline_ms) {
      ctx.reply().Integer(kNoField);
    } else if (*deadline_ms == 0) {
      ctx.reply().Integer(kNoDeadline);
    } else {
      ctx.reply().Integer(Shown(*deadline_ms, form, ctx.NowMs()));
    }
  }
  return Ok();
}

Result<void> HTtl(CommandContext& ctx, ArgCursor args) {
  return ReplyDeadlines(ctx, args, kSecondsFromNow);
}
Result<void> HPTtl(CommandContext& ctx, ArgCursor args) {
  return ReplyDeadlines(ctx, args, kMillisecondsFromNow);
}
Result<void> HExpireTime(CommandContext& ctx, ArgCursor args) {
  return ReplyDeadlines(ctx, args, kUnixSeconds);
}
Result<void> HPExpireTime(CommandContext& ctx, ArgCursor args) {
  return ReplyDeadlines(ctx, args, kUnixMilliseconds);
}

// --- HPERSIST ---------------------------------------------------------------------------------

Result<void> HPersist(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  auto edit = ctx.keys().Edit<HashValue>(key);
  if (!edit.ok()) return edit.error();
  Result<void> taken = TakeFieldsWord(args);
  if (!taken.ok()) return taken.error();

  DeadlineChange change(ctx, key, FieldDeadline());
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) {
    const Hashed field = args.NextHashed();
    const std::optional<uint64_t> current = (*edit)->DeadlineOf(field);
    if (!current) {
      ctx.reply().Integer(kNoField);
    } else if (*current == 0) {
      ctx.reply().Integer(kNoDeadline);
    } else {
      change.Apply(**edit, field);
      ctx.reply().Integer(kDone);
    }
  }
  change.Commit(*edit);
  return Ok();
}

// --- Rows -------------------------------------------------------------------------------------

constexpr std::string_view kPerField = "O(N) in the number of fields given.";
constexpr std::string_view kFieldsSyntax = "key FIELDS numfields field [field ...]";

constexpr CommandSpec kFieldExpiryCommands[] = {
    {.name = "hexpire",
     .run = HExpire,
     .arity = AtLeast(6),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Gives fields a deadline, in seconds from now.",
     .syntax = "key seconds [NX | XX | GT | LT] FIELDS numfields field [field ...]"},
    {.name = "hexpireat",
     .run = HExpireAt,
     .arity = AtLeast(6),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Gives fields a deadline, in seconds since 1970.",
     .syntax = "key unix-time-seconds [NX | XX | GT | LT] FIELDS numfields field [field ...]"},
    {.name = "hexpiretime",
     .run = HExpireTime,
     .arity = AtLeast(5),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Tells when fields expire, in seconds since 1970.",
     .syntax = kFieldsSyntax},
    {.name = "hpersist",
     .run = HPersist,
     .arity = AtLeast(5),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Takes the deadlines of fields away.",
     .syntax = kFieldsSyntax},
    {.name = "hpexpire",
     .run = HPExpire,
     .arity = AtLeast(6),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Gives fields a deadline, in milliseconds from now.",
     .syntax = "key milliseconds [NX | XX | GT | LT] FIELDS numfields field [field ...]"},
    {.name = "hpexpireat",
     .run = HPExpireAt,
     .arity = AtLeast(6),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Gives fields a deadline, in milliseconds since 1970.",
     .syntax = "key unix-time-milliseconds [NX | XX | GT | LT] FIELDS numfields "
               "field [field ...]"},
    {.name = "hpexpiretime",
     .run = HPExpireTime,
     .arity = AtLeast(5),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Tells when fields expire, in milliseconds since 1970.",
     .syntax = kFieldsSyntax},
    {.name = "hpttl",
     .run = HPTtl,
     .arity = AtLeast(5),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Tells how many milliseconds fields have left.",
     .syntax = kFieldsSyntax,
     .tips = kAnyOutput},
    {.name = "httl",
     .run = HTtl,
     .arity = AtLeast(5),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kHash,
     .since = "7.4.0",
     .complexity = kPerField,
     .summary = "Tells how many seconds fields have left.",
     .syntax = kFieldsSyntax,
     .tips = kAnyOutput},
};
static_assert(WellFormed(kFieldExpiryCommands));

}  // namespace

std::span<const CommandSpec> FieldExpiryCommands() {
  return kFieldExpiryCommands;
}

}  // namespace thimble
