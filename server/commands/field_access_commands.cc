#include "server/commands/field_access_commands.h"

#include "server/command/context.h"
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
};
static_assert(WellFormed(kFieldAccessCommands));

}  // namespace

std::span<const CommandSpec> FieldAccessCommands() {
  return kFieldAccessCommands;
}

}  // namespace thimble
