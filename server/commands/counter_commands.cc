#include "server/commands/counter_commands.h"

#include <cmath>

#include "server/commands/arithmetic.h"
#include "server/commands/expiry_options.h"

namespace thimble {
namespace {

Result<void> AddInteger(CommandContext& ctx, const Hashed& key, int64_t increment) {
  auto edit = ctx.keys().Edit<StringValue>(key);
  if (!edit.ok()) return edit.error();
  int64_t value = 0;
  if (edit->existed()) {
    const std::optional<int64_t> stored = IntegerOf((*edit)->text());
    if (!stored) return Errc::kNotInteger;
    value = *stored;
  }
  Result<int64_t> sum = AddChecked(value, increment);
  if (!sum.ok()) return sum.error();
  (*edit)->Set(DecimalInteger(*sum).bytes());
  edit->Commit(Event::kIncrBy, 1);
  ctx.reply().Integer(*sum);
  return Ok();
}

// The number a string holds, 0 for a missing key. Fails with kWrongType or kNotFloat.
Result<long double> ReadFloat(CommandContext& ctx, const Hashed& key) {
  auto string = ctx.keys().Read<StringValue>(key, Access::kTouch);
  if (!string.ok()) return string.error();
  if (!string->exists()) return 0.0L;
  std::string scratch;
  const std::optional<long double> value = ParseLongDouble(string->text().Flatten(scratch));
  if (!value || std::isnan(*value)) return Errc::kNotFloat;
  return *value;
}

}  // namespace

Result<void> Incr(CommandContext& ctx, ArgCursor args) {
  return AddInteger(ctx, args.NextHashed(), 1);
}

Result<void> Decr(CommandContext& ctx, ArgCursor args) {
  return AddInteger(ctx, args.NextHashed(), -1);
}

Result<void> IncrBy(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<int64_t> increment = args.NextInt();
  if (!increment.ok()) return increment.error();
  return AddInteger(ctx, key, *increment);
}

Result<void> DecrBy(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<int64_t> decrement = args.NextInt();
  if (!decrement.ok()) return decrement.error();
  if (*decrement == INT64_MIN) return Error::Message("ERR decrement would overflow");
  return AddInteger(ctx, key, -*decrement);
}

Result<void> IncrByFloat(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<long double> value = ReadFloat(ctx, key);
  if (!value.ok()) return value.error();
  const std::optional<long double> increment = ParseLongDouble(args.Next());
  if (!increment || std::isnan(*increment)) return Errc::kNotFloat;
  const long double sum = *value + *increment;
  if (std::isnan(sum) || std::isinf(sum)) return Errc::kNanOrInfinity;

  const std::string text = FormatLongDouble(sum);
  auto edit = ctx.keys().Edit<StringValue>(key);
  if (!edit.ok()) return edit.error();
  (*edit)->SetText(text);  // Even a whole number stays text, as OBJECT ENCODING tells.
  edit->Commit(Event::kIncrByFloat, 1);
  ctx.reply().Bulk(Bytes(text));
  return Ok();
}

// --- INCREX -----------------------------------------------------------------------------------

namespace {

// What INCREX was given.
struct IncrExOptions {
  bool is_float = false;
  Bytes increment = "1";
  std::optional<Bytes> lower;
  std::optional<Bytes> upper;
  bool saturate = false;
  bool persist = false;
  bool only_if_no_deadline = false;  // ENX
  std::optional<ExpiryOption> expiry;
};

Result<IncrExOptions> ParseIncrExOptions(ArgCursor args) {
  IncrExOptions options;
  bool has_increment = false;
  while (args.HasNext()) {
    if (!has_increment && args.TakeOption("byfloat")) {
      has_increment = options.is_float = true;
      options.increment = args.Next();
    } else if (!has_increment && args.TakeOption("byint")) {
      has_increment = true;
      options.increment = args.Next();
    } else if (!options.lower && args.TakeOption("lbound")) {
      options.lower = args.Next();
    } else if (!options.upper && args.TakeOption("ubound")) {
      options.upper = args.Next();
    } else if (!options.saturate && args.TakeWord("saturate")) {
      options.saturate = true;
    } else if (!options.expiry && args.TakeWord("persist")) {
      options.persist = true;
    } else if (!options.only_if_no_deadline && args.TakeWord("enx")) {
      options.only_if_no_deadline = true;
    } else if (options.persist || !TakeExpiryOption(args, options.expiry)) {
      return Errc::kSyntax;
    }
  }
  if (options.only_if_no_deadline && !options.expiry) return Errc::kSyntax;
  return options;
}

// What an increment comes to: the new value and how much was really added.
template <class Number>
struct Outcome {
  Number value;
  Number applied;
  bool changed;
};

// a - b, or the nearest number that exists.
int64_t Difference(int64_t a, int64_t b) {
  int64_t difference = 0;
  if (!__builtin_sub_overflow(a, b, &difference)) return difference;
  return a < b ? INT64_MIN : INT64_MAX;
}
long double Difference(long double a, long double b) {
  return a - b;
}

template <class Number>
struct Bounds {
  Number lower;
  Number upper;
};

// Where a sum ended up, overflow included.
enum class Side : uint8_t { kWithin, kBelow, kAbove };

// Applies an increment that leads to `sum`. Outside the bounds the value is clamped with SATURATE,
// else nothing changes.
template <class Number>
Outcome<Number> Bound(Number value, Number increment, Number sum, Bounds<Number> bounds, Side side,
                      bool saturate) {
  if (side == Side::kWithin) return {sum, increment, true};
  if (!saturate) return {value, 0, false};
  const Number bound = side == Side::kBelow ? bounds.lower : bounds.upper;
  return {bound, Difference(bound, value), true};
}

template <class Number>
Side SideOf(Number sum, Bounds<Number> bounds) {
  if (sum < bounds.lower) return Side::kBelow;
  return sum > bounds.upper ? Side::kAbove : Side::kWithin;
}

Error BadBounds() {
  return Error::Message("ERR LBOUND can't be greater than UBOUND");
}

Result<Outcome<int64_t>> IncrementInteger(CommandContext& ctx, const Hashed& key,
                                          const IncrExOptions& options) {
  const std::optional<int64_t> increment = ParseInt64(options.increment);
  const std::optional<int64_t> lower = options.lower ? ParseInt64(*options.lower) : INT64_MIN;
  const std::optional<int64_t> upper = options.upper ? ParseInt64(*options.upper) : INT64_MAX;
  if (!increment || !lower || !upper) return Errc::kNotInteger;
  if (*lower > *upper) return BadBounds();
  auto string = ctx.keys().Read<StringValue>(key, ctx.access());
  if (!string.ok()) return string.error();
  const std::optional<int64_t> value = string->exists() ? IntegerOf(string->text()) : 0;
  if (!value) return Errc::kNotInteger;

  const Bounds<int64_t> bounds{*lower, *upper};
  int64_t sum = 0;
  Side side = Side::kWithin;
  if (__builtin_add_overflow(*value, *increment, &sum)) {
    side = *increment < 0 ? Side::kBelow : Side::kAbove;
  } else {
    side = SideOf(sum, bounds);
  }
  return Bound(*value, *increment, sum, bounds, side, options.saturate);
}

Result<Outcome<long double>> IncrementFloat(CommandContext& ctx, const Hashed& key,
                                            const IncrExOptions& options) {
  const auto parse = [](Bytes text) -> std::optional<long double> {
    const std::optional<long double> number = ParseLongDouble(text);
    return number && !std::isnan(*number) ? number : std::nullopt;
  };
  const std::optional<long double> increment = parse(options.increment);
  const std::optional<long double> lower = options.lower ? parse(*options.lower) : -HUGE_VALL;
  const std::optional<long double> upper = options.upper ? parse(*options.upper) : HUGE_VALL;
  if (!increment || !lower || !upper) return Errc::kNotFloat;
  if (*lower > *upper) return BadBounds();
  Result<long double> value = ReadFloat(ctx, key);
  if (!value.ok()) return value.error();
  const long double sum = *value + *increment;
  if (std::isnan(sum) || std::isinf(sum)) return Errc::kNanOrInfinity;
  const Bounds<long double> bounds{*lower, *upper};
  return Bound(*value, *increment, sum, bounds, SideOf(sum, bounds), options.saturate);
}

void ReplyNumber(ReplyWriter& reply, int64_t value) {
  reply.Integer(value);
}

void ReplyNumber(ReplyWriter& reply, long double value) {
  if (reply.protocol() == Protocol::kResp3) {
    reply.Double(static_cast<double>(value));
  } else {
    reply.Bulk(Bytes(FormatLongDouble(value)));
  }
}

std::string FormatNumber(int64_t value) {
  return std::to_string(value);
}
std::string FormatNumber(long double value) {
  return FormatLongDouble(value);
}

template <class Number>
void Apply(CommandContext& ctx, const Hashed& key, const IncrExOptions& options,
           uint64_t deadline_ms, const Outcome<Number>& outcome) {
  if (outcome.changed) {
    const uint64_t current = ctx.keys().DeadlineOf(key).value_or(0);
    ctx.keys().SetString(key, FormatNumber(outcome.value), Keyspace::Ttl::kKeep, 0, Event::kIncrBy);
    const bool may_set = !options.only_if_no_deadline || current == 0;
    if (options.persist && current != 0) ctx.keys().SetDeadline(key, 0);
    if (options.expiry && may_set) ctx.keys().SetDeadline(key, deadline_ms);
  }
  ctx.reply().Array(2);
  ReplyNumber(ctx.reply(), outcome.value);
  ReplyNumber(ctx.reply(), outcome.applied);
}

}  // namespace

Result<void> IncrEx(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  Result<IncrExOptions> options = ParseIncrExOptions(args);
  if (!options.ok()) return options.error();
  uint64_t deadline_ms = 0;
  if (options->expiry) {
    Result<uint64_t> read = ReadExpiryOption(*options->expiry, ctx.NowMs());
    if (!read.ok()) return read.error();
    deadline_ms = *read;
  }
  if (options->is_float) {
    auto outcome = IncrementFloat(ctx, key, *options);
    if (!outcome.ok()) return outcome.error();
    Apply(ctx, key, *options, deadline_ms, *outcome);
  } else {
    auto outcome = IncrementInteger(ctx, key, *options);
    if (!outcome.ok()) return outcome.error();
    Apply(ctx, key, *options, deadline_ms, *outcome);
  }
  return Ok();
}

}  // namespace thimble
