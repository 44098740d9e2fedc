#include "server/commands/field_access_commands.h"

#include <climits>
#include <map>
#include <string>
#include <vector>

#include "server/command/context.h"
#include "server/command/effects.h"
#include "server/command/error_text.h"
#include "server/command/field_effects.h"
#include "server/commands/field_deadlines.h"
#include "server/commands/row_words.h"

namespace thimble {
namespace {

Result<void> HGetDel(CommandContext& ctx, ArgCursor args) {
  auto edit = ctx.keys().Edit<HashValue>(args.NextHashed());
  if (!edit.ok()) return edit.error();
  Result<void> taken = TakeFieldsWord(args);
  if (!taken.ok()) return taken.error();
  ctx.reply().Array(args.Remaining());
  size_t deleted = 0;
  while (args.HasNext()) {
    const Hashed field = args.NextHashed();
    ctx.reply().BulkOrNull((*edit)->Get(field));
    deleted += (*edit)->Erase(field) ? 1 : 0;
  }
  if (deleted > 0) edit->Commit(Event::kHDel, deleted);
  return Ok();
}

// --- HGETEX -----------------------------------------------------------------------------------

// Takes what a field that is read shall have from now on; nothing if its deadline stays.
Result<std::optional<FieldDeadline>> TakeNewDeadline(CommandContext& ctx, ArgCursor& args) {
  if (args.TakeWord("persist")) return std::optional(FieldDeadline());
  std::optional<ExpiryOption> expiry;
  if (!TakeExpiryOption(args, expiry)) return std::optional<FieldDeadline>();
  Result<FieldDeadline> deadline = ReadFieldDeadline(expiry->number, expiry->form, ctx);
  if (!deadline.ok()) return deadline.error();
  return std::optional(*deadline);
}

Result<void> HGetEx(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  auto edit = ctx.keys().Edit<HashValue>(key);
  if (!edit.ok()) return edit.error();
  Result<std::optional<FieldDeadline>> deadline = TakeNewDeadline(ctx, args);
  if (!deadline.ok()) return deadline.error();
  if (args.Remaining() < 2) return Errc::kArity;
  Result<void> taken = TakeFieldsWord(args);
  if (!taken.ok()) return taken.error();

  const bool changes = deadline->has_value();
  DeadlineChange change(ctx, key, deadline->value_or(FieldDeadline()));
  const bool persists = changes && (*deadline)->ms == 0;
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) {
    const Hashed field = args.NextHashed();
    ctx.reply().BulkOrNull((*edit)->Get(field));
    if (!changes) continue;
    const std::optional<uint64_t> current = (*edit)->DeadlineOf(field);
    if (current && !(persists && *current == 0)) change.Apply(**edit, field);
  }
  change.Commit(*edit);
  return Ok();
}

// --- HSETEX -----------------------------------------------------------------------------------

enum class FieldPresence : uint8_t { kAny, kNone, kAll };

struct SetExOptions {
  FieldPresence demanded = FieldPresence::kAny;  // Of the fields.
  bool keep_ttl = false;
  std::optional<FieldDeadline> deadline;
};

// Takes all up to the first field, and sees to it that only pairs follow, as many as were said.
Result<SetExOptions> ParseSetExOptions(CommandContext& ctx, ArgCursor& args) {
  SetExOptions options;
  while (!args.TakeWord("fields")) {
    const bool fnx = args.TakeWord("fnx");
    if (fnx || args.TakeWord("fxx")) {
      if (options.demanded != FieldPresence::kAny) {
        return Error::Message("ERR Only one of FXX or FNX arguments can be specified");
      }
      options.demanded = fnx ? FieldPresence::kNone : FieldPresence::kAll;
      continue;
    }
    std::optional<ExpiryOption> expiry;
    const bool keep_ttl = args.TakeWord("keepttl");
    if (!keep_ttl && !TakeExpiryOption(args, expiry)) {
      return Error::Message("ERR unknown argument: " +
                            std::string(Quotable(args.Next(), Bytes::npos)));
    }
    if (options.keep_ttl || options.deadline) {
      return Error::Message(
          "ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified");
    }
    options.keep_ttl = keep_ttl;
    if (keep_ttl) continue;
    Result<FieldDeadline> deadline = ReadFieldDeadline(expiry->number, expiry->form, ctx);
    if (!deadline.ok()) return deadline.error();
    options.deadline = *deadline;
  }
  if (args.Remaining() < 3) return Errc::kArity;
  const std::optional<int64_t> count = ParseInt64(args.Next());
  if (!count || *count < 1 || *count > INT_MAX) {
    return Error::Message("ERR invalid number of fields");
  }
  if (args.Remaining() != 2 * static_cast<size_t>(*count)) return Errc::kArity;
  return options;
}

bool Meets(FieldPresence demanded, const HashView& hash, ArgCursor pairs) {
  if (demanded == FieldPresence::kAny) return true;
  for (; pairs.HasNext(); pairs.Skip(1)) {
    if (hash.Contains(pairs.NextHashed()) != (demanded == FieldPresence::kAll)) return false;
  }
  return true;
}

// HSET with the deadlines that the fields have now.
void TellPairs(CommandContext& ctx, Bytes key, const HashView& hash, ArgCursor pairs) {
  Effects& effects = ctx.services().effects;
  if (!effects.active()) return;
  std::vector<Bytes> words = {"HSET", key};
  words.insert(words.end(), pairs.rest().begin(), pairs.rest().end());
  effects.Instead(ctx.client().database, words);
  std::map<uint64_t, std::vector<Bytes>> by_deadline;
  for (; pairs.HasNext(); pairs.Skip(1)) {
    const Hashed field = pairs.NextHashed();
    const uint64_t deadline_ms = hash.DeadlineOf(field).value_or(0);
    if (deadline_ms != 0) by_deadline[deadline_ms].push_back(field.bytes);
  }
  for (const auto& [deadline_ms, fields] : by_deadline) {
    TellFieldDeadline(effects, ctx.client().database, key, deadline_ms, fields);
  }
}

void SetPairs(CommandContext& ctx, Bytes key, KeyEdit<HashValue>& edit, const SetExOptions& options,
              ArgCursor args) {
  const ArgCursor pairs = args;
  const auto ttl = options.keep_ttl ? HashValue::Ttl::kKeep : HashValue::Ttl::kClear;
  while (args.HasNext()) {
    const Hashed field = args.NextHashed();
    edit->Set(field, args.Next(), ttl);
    if (options.deadline) edit->SetDeadline(field, options.deadline->ms);
  }
  std::optional<Event> then;
  if (options.deadline) then = Event::kHExpire;
  edit.Commit(Event::kHSet, pairs.Remaining() / 2, then);
  TellPairs(ctx, key, *edit, pairs);
}

// What setting fields and deleting them at once comes to.
void ErasePairs(CommandContext& ctx, Bytes key, KeyEdit<HashValue>& edit, ArgCursor pairs) {
  std::vector<Bytes> erased;
  for (; pairs.HasNext(); pairs.Skip(1)) {
    const Hashed field = pairs.NextHashed();
    if (edit->Erase(field)) erased.push_back(field.bytes);
  }
  edit.Commit(Event::kHSet, erased.size(), Event::kHDel);
  if (erased.empty()) return;
  TellFieldsGone(ctx.services().effects, ctx.client().database, key, erased);
}

Result<void> HSetEx(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<SetExOptions> options = ParseSetExOptions(ctx, args);
  if (!options.ok()) return options.error();
  auto edit = ctx.keys().Edit<HashValue>(key);
  if (!edit.ok()) return edit.error();
  if (!Meets(options->demanded, **edit, args)) {
    ctx.reply().Integer(0);
    return Ok();
  }
  if (options->deadline && options->deadline->is_past) {
    ErasePairs(ctx, key.bytes, *edit, args);
  } else {
    SetPairs(ctx, key.bytes, *edit, *options, args);
  }
  ctx.reply().Integer(1);
  return Ok();
}

// --- Rows -------------------------------------------------------------------------------------

constexpr CommandSpec kFieldAccessCommands[] = {
    {.name = "hgetdel",
     .run = HGetDel,
     .arity = AtLeast(5),
     .keys = KeyAt(1, kTakes),
     .flags = kWrite | kFast,
     .group = Group::kHash,
     .since = "8.0.0",
     .complexity = "O(N) in the number of fields given.",
     .summary = "Reads fields and removes them in one step.",
     .syntax = "key FIELDS numfields field [field ...]"},
    {.name = "hgetex",
     .run = HGetEx,
     .arity = AtLeast(5),
     .keys = KeyAt(1, kUpdates | kKeyAccess),
     .flags = kWrite | kFast,
     .group = Group::kHash,
     .since = "8.0.0",
     .complexity = "O(N) in the number of fields given.",
     .summary = "Reads fields and changes their deadlines.",
     .syntax = "key [EX seconds | PX milliseconds | EXAT unix-time-seconds | "
               "PXAT unix-time-milliseconds | PERSIST] FIELDS numfields field [field ...]"},
    {.name = "hsetex",
     .run = HSetEx,
     .arity = AtLeast(6),
     .keys = KeyAt(1, kUpdates),
     .flags = kWrite | kDenyOom | kFast,
     .group = Group::kHash,
     .since = "8.0.0",
     .complexity = "O(N) in the number of fields given.",
     .summary = "Sets fields together with their deadline.",
     .syntax = "key [FNX | FXX] [EX seconds | PX milliseconds | EXAT unix-time-seconds | "
               "PXAT unix-time-milliseconds | KEEPTTL] FIELDS numfields "
               "field value [field value ...]"},
};
static_assert(WellFormed(kFieldAccessCommands));

}  // namespace

std::span<const CommandSpec> FieldAccessCommands() {
  return kFieldAccessCommands;
}

}  // namespace thimble
