#include "server/commands/expire_commands.h"

#include "server/command/error_text.h"
#include "server/commands/expiry_options.h"

namespace thimble {
namespace {

struct Condition {
  bool nx = false;
  bool xx = false;
  bool gt = false;
  bool lt = false;
};

Result<Condition> ParseCondition(ArgCursor args) {
  Condition condition;
  while (args.HasNext()) {
    if (args.TakeWord("nx")) {
      condition.nx = true;
    } else if (args.TakeWord("xx")) {
      condition.xx = true;
    } else if (args.TakeWord("gt")) {
      condition.gt = true;
    } else if (args.TakeWord("lt")) {
      condition.lt = true;
    } else {
      return Error::Message("ERR Unsupported option " +
                            std::string(Quotable(args.Next(), Bytes::npos)));
    }
  }
  if (condition.nx && (condition.xx || condition.gt || condition.lt)) {
    return Error::Message("ERR NX and XX, GT or LT options at the same time are not compatible");
  }
  if (condition.gt && condition.lt) {
    return Error::Message("ERR GT and LT options at the same time are not compatible");
  }
  return condition;
}

// Whether a deadline may replace `current`; 0 stands for none, which is later than any.
bool Allows(const Condition& condition, uint64_t current, int64_t wanted) {
  const auto current_ms = static_cast<int64_t>(current);
  if (condition.nx && current != 0) return false;
  if (condition.xx && current == 0) return false;
  if (condition.gt && (current == 0 || wanted <= current_ms)) return false;
  if (condition.lt && current != 0 && wanted >= current_ms) return false;
  return true;
}

Result<void> SetExpiry(CommandContext& ctx, ArgCursor args, ExpiryForm form) {
  const Hashed key = args.NextHashed();
  const Bytes number_text = args.Next();
  Result<Condition> condition = ParseCondition(args);
  if (!condition.ok()) return condition.error();
  const std::optional<int64_t> number = ParseInt64(number_text);
  if (!number) return Errc::kNotInteger;
  Result<int64_t> wanted = AbsoluteMs(*number, form, ctx.NowMs());
  if (!wanted.ok()) return wanted.error();

  const std::optional<uint64_t> current = ctx.keys().DeadlineOf(key, Access::kTouch);
  if (!current || !Allows(*condition, *current, *wanted)) {
    ctx.reply().Integer(0);
    return Ok();
  }
  // Any time at or before 1970 is simply past; 0 would mean "no deadline".
  ctx.keys().SetDeadline(key, *wanted > 0 ? static_cast<uint64_t>(*wanted) : 1);
  ctx.reply().Integer(1);
  return Ok();
}

// Replies -2 for a missing key, -1 for one without deadline. Seconds are rounded to the nearest.
Result<void> ReplyDeadline(CommandContext& ctx, ArgCursor args, ExpiryForm form) {
  const std::optional<uint64_t> deadline = ctx.keys().DeadlineOf(args.NextHashed(), Access::kCount);
  if (!deadline || *deadline == 0) {
    ctx.reply().Integer(deadline ? -1 : -2);
    return Ok();
  }
  int64_t ms = static_cast<int64_t>(*deadline);
  if (form.base == TimeBase::kNow) ms = std::max<int64_t>(ms - ctx.NowMs(), 0);
  // Unsigned: a deadline may be so far off that half a second more overflows.
  const auto nearest_s = static_cast<int64_t>((static_cast<uint64_t>(ms) + 500) / 1000);
  ctx.reply().Integer(form.unit == TimeUnit::kSeconds ? nearest_s : ms);
  return Ok();
}

}  // namespace

Result<void> Expire(CommandContext& ctx, ArgCursor args) {
  return SetExpiry(ctx, args, kSecondsFromNow);
}
Result<void> PExpire(CommandContext& ctx, ArgCursor args) {
  return SetExpiry(ctx, args, kMillisecondsFromNow);
}
Result<void> ExpireAt(CommandContext& ctx, ArgCursor args) {
  return SetExpiry(ctx, args, kUnixSeconds);
}
Result<void> PExpireAt(CommandContext& ctx, ArgCursor args) {
  return SetExpiry(ctx, args, kUnixMilliseconds);
}

Result<void> Ttl(CommandContext& ctx, ArgCursor args) {
  return ReplyDeadline(ctx, args, kSecondsFromNow);
}
Result<void> PTtl(CommandContext& ctx, ArgCursor args) {
  return ReplyDeadline(ctx, args, kMillisecondsFromNow);
}
Result<void> ExpireTime(CommandContext& ctx, ArgCursor args) {
  return ReplyDeadline(ctx, args, kUnixSeconds);
}
Result<void> PExpireTime(CommandContext& ctx, ArgCursor args) {
  return ReplyDeadline(ctx, args, kUnixMilliseconds);
}

Result<void> Persist(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  const std::optional<uint64_t> deadline = ctx.keys().DeadlineOf(key, Access::kTouch);
  const bool had_one = deadline && *deadline != 0;
  if (had_one) ctx.keys().SetDeadline(key, 0);
  ctx.reply().Integer(had_one ? 1 : 0);
  return Ok();
}

}  // namespace thimble
