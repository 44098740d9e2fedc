#include "server/commands/set_algebra_commands.h"

#include <algorithm>
#include <vector>

#include "storage/value/member_batch.h"
#include "storage/value/set_algebra.h"

namespace thimble {
namespace {

using Operation = void (*)(std::span<const SetView> sets, MemberVisitor visit);
using Count = size_t (*)(std::span<const SetView> sets, size_t most);

std::vector<Hashed> TakeKeys(ArgCursor& args, size_t count) {
  std::vector<Hashed> keys;
  keys.reserve(count);
  for (size_t i = 0; i < count; ++i) keys.push_back(args.NextHashed());
  return keys;
}

Result<void> ReplyResult(CommandContext& ctx, ArgCursor args, Operation operation) {
  const std::vector<Hashed> keys = TakeKeys(args, args.Remaining());
  auto sets = ctx.keys().ReadAll<SetValue>(keys);
  if (!sets.ok()) return sets.error();
  ReplyWriter& reply = ctx.reply();
  const OutputBuffer::Mark start = reply.Defer();
  size_t count = 0;
  operation(*sets, [&](const Text& member) {
    reply.Bulk(member);
    ++count;
    return true;
  });
  reply.FinishDeferred(start, ReplyWriter::Aggregate::kSet, count);
  return Ok();
}

// Whether the result may be so large that it pays to know its size before it is built.
bool IsWorthCounting(std::span<const SetView> sets) {
  constexpr size_t kManyMembers = 1000;
  return std::any_of(sets.begin(), sets.end(),
                     [](const SetView& set) { return set.size() > kManyMembers; });
}

Result<void> StoreResult(CommandContext& ctx, ArgCursor args, Operation operation, Event event) {
  const Hashed destination = args.NextHashed();
  const std::vector<Hashed> keys = TakeKeys(args, args.Remaining());
  auto sets = ctx.keys().ReadAll<SetValue>(keys);
  if (!sets.ok()) return sets.error();
  SetValue result = SetValue::Aside(ctx.environment());
  if (IsWorthCounting(*sets)) {
    size_t count = 0;
    operation(*sets, [&](const Text&) { return ++count, true; });
    result.Reserve(count, 0);
  }
  MemberBatch batch;
  const auto flush = [&] {
    result.AddNew(batch);
    batch.Clear();
  };
  operation(*sets, [&](const Text& member) {
    batch.Add(member);
    if (batch.full()) flush();
    return true;
  });
  flush();
  const size_t count = result.size();
  ctx.keys().StoreSet(destination, std::move(result), event);
  ctx.reply().Integer(static_cast<int64_t>(count));
  return Ok();
}

// How many members an operation shows, up to `most` (0: all).
template <Operation kOperation>
size_t CountOf(std::span<const SetView> sets, size_t most) {
  size_t count = 0;
  kOperation(sets, [&](const Text&) { return ++count != most; });
  return count;
}

// "numkeys key [key ...] [APPROX] [LIMIT n]". APPROX may be answered exactly, and is.
Result<void> CountResult(CommandContext& ctx, ArgCursor args, Count counted, bool may_approximate) {
  const std::optional<int64_t> key_count = ParseInt64(args.Next());
  if (!key_count || *key_count < 1) {
    return Error::Message("ERR numkeys should be greater than 0");
  }
  if (static_cast<uint64_t>(*key_count) > args.Remaining()) {
    return Error::Message("ERR Number of keys can't be greater than number of args");
  }
  const std::vector<Hashed> keys = TakeKeys(args, static_cast<size_t>(*key_count));
  size_t limit = 0;
  while (args.HasNext()) {
    if (args.TakeOption("limit")) {
      const std::optional<int64_t> given = ParseInt64(args.Next());
      if (!given || *given < 0) return Error::Message("ERR LIMIT can't be negative");
      limit = static_cast<size_t>(*given);
    } else if (!may_approximate || !args.TakeWord("approx")) {
      return Errc::kSyntax;
    }
  }
  auto sets = ctx.keys().ReadAll<SetValue>(keys);
  if (!sets.ok()) return sets.error();
  ctx.reply().Integer(static_cast<int64_t>(counted(*sets, limit)));
  return Ok();
}

}  // namespace

Result<void> SInter(CommandContext& ctx, ArgCursor args) {
  return ReplyResult(ctx, args, Intersect);
}
Result<void> SUnion(CommandContext& ctx, ArgCursor args) {
  return ReplyResult(ctx, args, Unite);
}
Result<void> SDiff(CommandContext& ctx, ArgCursor args) {
  return ReplyResult(ctx, args, Subtract);
}

Result<void> SInterStore(CommandContext& ctx, ArgCursor args) {
  return StoreResult(ctx, args, Intersect, Event::kSInterStore);
}
Result<void> SUnionStore(CommandContext& ctx, ArgCursor args) {
  return StoreResult(ctx, args, Unite, Event::kSUnionStore);
}
Result<void> SDiffStore(CommandContext& ctx, ArgCursor args) {
  return StoreResult(ctx, args, Subtract, Event::kSDiffStore);
}

Result<void> SInterCard(CommandContext& ctx, ArgCursor args) {
  return CountResult(ctx, args, CountIntersection, false);
}
Result<void> SUnionCard(CommandContext& ctx, ArgCursor args) {
  return CountResult(ctx, args, CountOf<Unite>, true);
}
Result<void> SDiffCard(CommandContext& ctx, ArgCursor args) {
  return CountResult(ctx, args, CountOf<Subtract>, false);
}

}  // namespace thimble
