#include "server/commands/set_command.h"

#include "server/commands/expiry_options.h"
#include "server/commands/string_conditions.h"

namespace thimble {
namespace {

struct SetOptions {
  bool nx = false;
  bool xx = false;
  bool get = false;
  bool keep_ttl = false;
  std::optional<ExpiryOption> expiry;
  std::optional<StringCondition> condition;

  bool HasCondition() const { return nx || xx || condition.has_value(); }
};

// Each option once at most, and no two that exclude each other.
Result<SetOptions> ParseSetOptions(ArgCursor args) {
  SetOptions options;
  while (args.HasNext()) {
    const bool free_condition = !options.HasCondition();
    if (options.nx && args.TakeWord("nx")) continue;
    if (options.xx && args.TakeWord("xx")) continue;
    if (free_condition && args.TakeWord("nx")) {
      options.nx = true;
    } else if (free_condition && args.TakeWord("xx")) {
      options.xx = true;
    } else if (args.TakeWord("get")) {
      options.get = true;
    } else if (!options.expiry && args.TakeWord("keepttl")) {
      options.keep_ttl = true;
    } else if (!options.keep_ttl && TakeExpiryOption(args, options.expiry)) {
      continue;
    } else if (free_condition) {
      auto condition = TakeStringCondition(args);
      if (!condition.ok()) return condition.error();
      if (!*condition) return Errc::kSyntax;
      options.condition = *condition;
    } else {
      return Errc::kSyntax;
    }
  }
  return options;
}

Result<bool> ConditionHolds(CommandContext& ctx, const SetOptions& options, const Hashed& key) {
  if (options.condition) {
    auto string = ctx.keys().Read<StringValue>(key, Access::kPeek);
    if (!string.ok()) return string.error();
    return options.condition->Holds(*string);
  }
  if (!options.nx && !options.xx) return true;
  return ctx.keys().Exists(key, Access::kTouch) == options.xx;
}

}  // namespace

Result<void> Set(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  const Bytes value = args.Next();
  if (!args.HasNext()) {
    ctx.keys().SetString(key, value, Keyspace::Ttl::kClear);
    ctx.reply().Ok();
    return Ok();
  }
  Result<SetOptions> options = ParseSetOptions(args);
  if (!options.ok()) return options.error();
  uint64_t deadline_ms = 0;
  if (options->expiry) {
    Result<uint64_t> read = ReadExpiryOption(*options->expiry, ctx.NowMs());
    if (!read.ok()) return read.error();
    deadline_ms = *read;
  }
  if (options->get) {
    auto string = ctx.keys().Read<StringValue>(key, ctx.access());
    if (!string.ok()) return string.error();
    if (string->exists()) {
      ctx.reply().Bulk(string->text());
    } else {
      ctx.reply().Null();
    }
  }
  Result<bool> holds = ConditionHolds(ctx, *options, key);
  if (!holds.ok()) return holds.error();
  if (*holds) {
    const auto ttl = options->keep_ttl ? Keyspace::Ttl::kKeep : Keyspace::Ttl::kClear;
    ctx.keys().SetString(key, value, ttl, deadline_ms);
  }
  if (!options->get) {
    if (*holds) {
      ctx.reply().Ok();
    } else {
      ctx.reply().Null();
    }
  }
  return Ok();
}

Result<void> SetNx(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  const bool free = !ctx.keys().Exists(key, Access::kTouch);
  if (free) ctx.keys().SetString(key, args.Next(), Keyspace::Ttl::kClear);
  ctx.reply().Integer(free ? 1 : 0);
  return Ok();
}

namespace {

Result<void> SetWithTtl(CommandContext& ctx, ArgCursor args, TimeUnit unit) {
  const Hashed key = args.NextHashed();
  const ExpiryOption expiry{{unit, TimeBase::kNow}, args.Next()};
  Result<uint64_t> deadline_ms = ReadExpiryOption(expiry, ctx.NowMs());
  if (!deadline_ms.ok()) return deadline_ms.error();
  ctx.keys().SetString(key, args.Next(), Keyspace::Ttl::kClear, *deadline_ms);
  ctx.reply().Ok();
  return Ok();
}

}  // namespace

Result<void> SetEx(CommandContext& ctx, ArgCursor args) {
  return SetWithTtl(ctx, args, TimeUnit::kSeconds);
}

Result<void> PSetEx(CommandContext& ctx, ArgCursor args) {
  return SetWithTtl(ctx, args, TimeUnit::kMilliseconds);
}

}  // namespace thimble
