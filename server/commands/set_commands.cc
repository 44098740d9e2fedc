#include "server/commands/set_commands.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "server/command/context.h"
#include "server/command/effects.h"
#include "server/commands/random_reply.h"
#include "server/commands/row_words.h"
#include "server/commands/scan_options.h"
#include "server/commands/set_algebra_commands.h"

namespace thimble {
namespace {

Result<void> SAdd(CommandContext& ctx, ArgCursor args) {
  auto edit = ctx.keys().Edit<SetValue>(args.NextHashed());
  if (!edit.ok()) return edit.error();
  size_t added = 0;
  while (args.HasNext()) added += (*edit)->Add(args.NextHashed()) ? 1 : 0;
  if (added > 0) edit->Commit(Event::kSAdd, added);
  ctx.reply().Integer(static_cast<int64_t>(added));
  return Ok();
}

Result<void> SRem(CommandContext& ctx, ArgCursor args) {
  auto edit = ctx.keys().Edit<SetValue>(args.NextHashed());
  if (!edit.ok()) return edit.error();
  size_t removed = 0;
  while (args.HasNext()) removed += (*edit)->Remove(args.NextHashed()) ? 1 : 0;
  if (removed > 0) edit->Commit(Event::kSRem, removed);
  ctx.reply().Integer(static_cast<int64_t>(removed));
  return Ok();
}

Result<void> SCard(CommandContext& ctx, ArgCursor args) {
  auto set = ctx.keys().Read<SetValue>(args.NextHashed(), ctx.access());
  if (!set.ok()) return set.error();
  ctx.reply().Integer(static_cast<int64_t>(set->size()));
  return Ok();
}

Result<void> SMembers(CommandContext& ctx, ArgCursor args) {
  auto set = ctx.keys().Read<SetValue>(args.NextHashed(), ctx.access());
  if (!set.ok()) return set.error();
  ctx.reply().Set(set->size());
  set->ForEach([&](const Text& member) { ctx.reply().Bulk(member); });
  return Ok();
}

Result<void> SIsMember(CommandContext& ctx, ArgCursor args) {
  auto set = ctx.keys().Read<SetValue>(args.NextHashed(), ctx.access());
  if (!set.ok()) return set.error();
  ctx.reply().Integer(set->Contains(args.NextHashed()) ? 1 : 0);
  return Ok();
}

Result<void> SMIsMember(CommandContext& ctx, ArgCursor args) {
  auto set = ctx.keys().Read<SetValue>(args.NextHashed(), ctx.access());
  if (!set.ok()) return set.error();
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) ctx.reply().Integer(set->Contains(args.NextHashed()) ? 1 : 0);
  return Ok();
}

// The source is looked at first: a missing one answers 0 whatever the destination holds.
Result<void> SMove(CommandContext& ctx, ArgCursor args) {
  const Hashed source = args.NextHashed();
  const Hashed destination = args.NextHashed();
  const Hashed member = args.NextHashed();
  // Both count as used, whatever comes of it.
  ctx.keys().Exists(source, Access::kTouch);
  ctx.keys().Exists(destination, Access::kTouch);
  {
    auto from = ctx.keys().Read<SetValue>(source, Access::kPeek);
    if (!from.ok()) return from.error();
    if (from->empty()) {
      ctx.reply().Integer(0);
      return Ok();
    }
  }
  {
    auto to = ctx.keys().Read<SetValue>(destination, Access::kPeek);
    if (!to.ok()) return to.error();
  }
  if (source.bytes == destination.bytes) {
    auto set = ctx.keys().Read<SetValue>(source, Access::kPeek);
    ctx.reply().Integer(set.ok() && set->Contains(member) ? 1 : 0);
    return Ok();
  }
  {
    auto from = ctx.keys().Edit<SetValue>(source);
    if (!from.ok()) return from.error();
    if (!(*from)->Remove(member)) {
      ctx.reply().Integer(0);
      return Ok();
    }
    from->Commit(Event::kSRem, 1);
  }
  auto to = ctx.keys().Edit<SetValue>(destination);
  if (!to.ok()) return to.error();
  if ((*to)->Add(member)) to->Commit(Event::kSAdd, 1);
  ctx.reply().Integer(1);
  return Ok();
}

// --- SPOP, SRANDMEMBER ------------------------------------------------------------------------

// Chance chose the members, so those who run this again must be told them.
void TellPopped(CommandContext& ctx, const Hashed& key, std::span<const std::string> members) {
  constexpr size_t kMostAtOnce = 1024;
  while (!members.empty()) {
    const auto some = members.first(std::min(members.size(), kMostAtOnce));
    std::vector<Bytes> effect = {"SREM", key.bytes};
    effect.insert(effect.end(), some.begin(), some.end());
    ctx.services().effects.Instead(ctx.client().database, effect);
    members = members.subspan(some.size());
  }
}

Result<void> PopMany(CommandContext& ctx, const Hashed& key, size_t count) {
  bool whole = false;
  {
    auto set = ctx.keys().Read<SetValue>(key, Access::kTouch);
    if (!set.ok()) return set.error();
    count = std::min(count, set->size());
    ctx.reply().Set(count);
    whole = count == set->size();
    if (count > 0 && whole) set->ForEach([&](const Text& member) { ctx.reply().Bulk(member); });
  }
  if (count == 0) return Ok();
  auto edit = ctx.keys().Edit<SetValue>(key);
  if (!edit.ok()) return edit.error();
  if (whole) {
    (*edit)->Clear();
    ctx.services().effects.Instead(ctx.client().database, {"DEL", key.bytes});
  } else {
    const bool telling = ctx.services().effects.active();
    std::vector<std::string> popped;
    for (size_t i = 0; i < count; ++i) {
      std::string member = (*edit)->Pop(ctx.random());
      ctx.reply().Bulk(Bytes(member));
      if (telling) popped.push_back(std::move(member));
    }
    TellPopped(ctx, key, popped);
  }
  edit->Commit(Event::kSPop, count);
  return Ok();
}

Result<void> SPop(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  if (args.HasNext()) {
    if (args.Remaining() > 1) return Errc::kSyntax;
    const std::optional<int64_t> count = ParseInt64(args.Next());
    if (!count || *count < 0) return Errc::kNotPositive;
    return PopMany(ctx, key, static_cast<size_t>(*count));
  }
  auto edit = ctx.keys().Edit<SetValue>(key);
  if (!edit.ok()) return edit.error();
  if ((*edit)->empty()) {
    ctx.reply().Null();
    return Ok();
  }
  const std::string member = (*edit)->Pop(ctx.random());
  ctx.reply().Bulk(Bytes(member));
  TellPopped(ctx, key, {&member, 1});
  edit->Commit(Event::kSPop, 1);
  return Ok();
}

// Distinct members, uniform over all subsets of that size; O(count) expected.
void ReplyDistinctMembers(CommandContext& ctx, const SetView& set, size_t count) {
  ReplyWriter& reply = ctx.reply();
  reply.Array(count);
  if (count * 3 < set.size()) {
    std::unordered_set<std::string> seen;
    while (seen.size() < count) {
      const Text member = set.RandomMember(ctx.random());
      if (seen.insert(member.ToString()).second) reply.Bulk(member);
    }
    return;
  }
  std::vector<Text> all;
  all.reserve(set.size());
  set.ForEach([&](const Text& member) { all.push_back(member); });
  for (size_t i = 0; i < count; ++i) {
    std::swap(all[i], all[i + ctx.random().Below(all.size() - i)]);
    reply.Bulk(all[i]);
  }
}

Result<void> SRandMember(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  if (!args.HasNext()) {
    auto set = ctx.keys().Read<SetValue>(key, ctx.access());
    if (!set.ok()) return set.error();
    if (set->empty()) {
      ctx.reply().Null();
    } else {
      ctx.reply().Bulk(set->RandomMember(ctx.random()));
    }
    return Ok();
  }
  if (args.Remaining() > 1) return Errc::kSyntax;
  Result<int64_t> count = ParseRandomCount(args.Next());
  if (!count.ok()) return count.error();
  auto set = ctx.keys().Read<SetValue>(key, ctx.access());
  if (!set.ok()) return set.error();
  if (*count == 0 || set->empty()) {
    ctx.reply().Array(0);
    return Ok();
  }
  if (*count > 0) {
    ReplyDistinctMembers(ctx, *set, std::min(static_cast<size_t>(*count), set->size()));
    return Ok();
  }
  const auto repeats = static_cast<size_t>(-*count);
  const RandomReplyGuard guard(ctx.reply().buffer(), repeats);
  ctx.reply().Array(repeats);
  for (size_t i = 0; i < repeats; ++i) {
    ctx.reply().Bulk(set->RandomMember(ctx.random()));
    if (guard.TooLong()) return RandomReplyGuard::TooLongError();
  }
  return Ok();
}

// --- SSCAN ------------------------------------------------------------------------------------

Result<void> SScan(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<uint64_t> cursor = ParseCursor(args.Next());
  if (!cursor.ok()) return cursor.error();
  auto set = ctx.keys().Read<SetValue>(key, ctx.access());
  if (!set.ok()) return set.error();

  std::vector<Text> found;
  if (set->empty()) {
    *cursor = 0;
  } else {
    Result<ScanOptions> options = ParseScanOptions(args, ScanOf::kSet);
    if (!options.ok()) return options.error();
    std::string scratch;
    size_t steps = 0;
    do {
      *cursor = set->Scan(*cursor, [&](const Text& member) {
        if (options->Matches(member.Flatten(scratch))) found.push_back(member);
      });
    } while (*cursor != 0 && found.size() < options->count && ++steps < options->MaxSteps());
  }
  ctx.reply().Array(2);
  ctx.reply().Bulk(std::to_string(*cursor));
  ctx.reply().Array(found.size());
  for (const Text& member : found) ctx.reply().Bulk(member);
  return Ok();
}

// --- Rows -------------------------------------------------------------------------------------

constexpr uint16_t kRemoves = kKeyReadWrite | kKeyDelete;

constexpr CommandSpec kSetCommands[] = {
    {.name = "sadd",
     .run = SAdd,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kKeyReadWrite | kKeyInsert),
     .flags = kWrite | kDenyOom | kFast,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the number of members given.",
     .summary = "Adds members to a set and counts the new ones.",
     .syntax = "key member [member ...]"},
    {.name = "scard",
     .run = SCard,
     .arity = Exactly(2),
     .keys = KeyAt(1, kKeyReadOnly),
     .flags = kReadOnly | kFast,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Counts the members of a set.",
     .syntax = "key"},
    {.name = "sdiff",
     .run = SDiff,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kReads),
     .flags = kReadOnly,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the members of all sets.",
     .summary = "Finds what is in the first set and in none of the others.",
     .syntax = "key [key ...]",
     .tips = kAnyOrder},
    {.name = "sdiffcard",
     .run = SDiffCard,
     .arity = AtLeast(3),
     .keys = CountedKeys(1, kReads),
     .flags = kReadOnly | kMovableKeys,
     .group = Group::kSet,
     .since = "8.10.0",
     .complexity = "O(N) in the members of all sets.",
     .summary = "Counts what SDIFF would find.",
     .syntax = "numkeys key [key ...] [LIMIT limit]"},
    {.name = "sdiffstore",
     .run = SDiffStore,
     .arity = AtLeast(3),
     .keys = Both(KeyAt(1, kStores), KeysFrom(2, kReads)),
     .flags = kWrite | kDenyOom,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the members of all sets.",
     .summary = "Stores what SDIFF finds.",
     .syntax = "destination key [key ...]"},
    {.name = "sinter",
     .run = SInter,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kReads),
     .flags = kReadOnly,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N*M) for the smallest of M sets with N members.",
     .summary = "Finds what all the sets have in common.",
     .syntax = "key [key ...]",
     .tips = kAnyOrder},
    {.name = "sintercard",
     .run = SInterCard,
     .arity = AtLeast(3),
     .keys = CountedKeys(1, kReads),
     .flags = kReadOnly | kMovableKeys,
     .group = Group::kSet,
     .since = "7.0.0",
     .complexity = "O(N*M) for the smallest of M sets with N members.",
     .summary = "Counts what SINTER would find.",
     .syntax = "numkeys key [key ...] [LIMIT limit]"},
    {.name = "sinterstore",
     .run = SInterStore,
     .arity = AtLeast(3),
     .keys = Both(KeyAt(1, kStores), KeysFrom(2, kReads)),
     .flags = kWrite | kDenyOom,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N*M) for the smallest of M sets with N members.",
     .summary = "Stores what SINTER finds.",
     .syntax = "destination key [key ...]"},
    {.name = "sismember",
     .run = SIsMember,
     .arity = Exactly(3),
     .keys = KeyAt(1, kKeyReadOnly),
     .flags = kReadOnly | kFast,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Tells whether a set has a member.",
     .syntax = "key member"},
    {.name = "smembers",
     .run = SMembers,
     .arity = Exactly(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the size of the set.",
     .summary = "Reads all members.",
     .syntax = "key",
     .tips = kAnyOrder},
    {.name = "smismember",
     .run = SMIsMember,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly | kFast,
     .group = Group::kSet,
     .since = "6.2.0",
     .complexity = "O(N) in the number of members given.",
     .summary = "Tells of several members whether a set has them.",
     .syntax = "key member [member ...]"},
    {.name = "smove",
     .run = SMove,
     .arity = Exactly(4),
     .keys = Both(KeyAt(1, kRemoves | kKeyAccess), KeyAt(2, kKeyReadWrite | kKeyInsert)),
     .flags = kWrite | kFast,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Moves a member from one set to another.",
     .syntax = "source destination member"},
    {.name = "spop",
     .run = SPop,
     .arity = AtLeast(2),
     .keys = KeyAt(1, kRemoves | kKeyAccess),
     .flags = kWrite | kFast,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the number of members returned.",
     .summary = "Takes random members out of a set.",
     .syntax = "key [count]",
     .tips = kAnyOutput},
    {.name = "srandmember",
     .run = SRandMember,
     .arity = AtLeast(2),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the number of members returned.",
     .summary = "Picks members at random.",
     .syntax = "key [count]",
     .tips = kAnyOutput},
    {.name = "srem",
     .run = SRem,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kRemoves),
     .flags = kWrite | kFast,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the number of members given.",
     .summary = "Removes members from a set, and the set with its last member.",
     .syntax = "key member [member ...]"},
    {.name = "sscan",
     .run = SScan,
     .arity = AtLeast(3),
     .keys = KeyAt(1, kReads),
     .flags = kReadOnly,
     .group = Group::kSet,
     .since = "2.8.0",
     .complexity = "O(1) for each call, O(N) for a whole round.",
     .summary = "Goes through a set step by step.",
     .syntax = "key cursor [MATCH pattern] [COUNT count]",
     .tips = kAnyOutput},
    {.name = "sunion",
     .run = SUnion,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kReads),
     .flags = kReadOnly,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the members of all sets.",
     .summary = "Finds what is in any of the sets.",
     .syntax = "key [key ...]",
     .tips = kAnyOrder},
    {.name = "sunioncard",
     .run = SUnionCard,
     .arity = AtLeast(3),
     .keys = CountedKeys(1, kReads),
     .flags = kReadOnly | kMovableKeys,
     .group = Group::kSet,
     .since = "8.10.0",
     .complexity = "O(N) in the members of all sets.",
     .summary = "Counts what SUNION would find.",
     .syntax = "numkeys key [key ...] [APPROX] [LIMIT limit]"},
    {.name = "sunionstore",
     .run = SUnionStore,
     .arity = AtLeast(3),
     .keys = Both(KeyAt(1, kStores), KeysFrom(2, kReads)),
     .flags = kWrite | kDenyOom,
     .group = Group::kSet,
     .since = "1.0.0",
     .complexity = "O(N) in the members of all sets.",
     .summary = "Stores what SUNION finds.",
     .syntax = "destination key [key ...]"},
};
static_assert(WellFormed(kSetCommands));

}  // namespace

std::span<const CommandSpec> SetCommands() {
  return kSetCommands;
}

}  // namespace thimble
