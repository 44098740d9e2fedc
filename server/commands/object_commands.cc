#include "server/commands/object_commands.h"

#include <climits>

#include "server/commands/arithmetic.h"

namespace thimble {
namespace {

// The value's description, or nothing after having replied null for a missing key. A hit or a miss,
// but no use of the key.
std::optional<Keyspace::Description> DescribeOrNull(CommandContext& ctx, const Hashed& key) {
  std::optional<Keyspace::Description> description =
      ctx.keys().Describe(key, Access::kCountSilently);
  if (!description) ctx.reply().Null();
  return description;
}

}  // namespace

Result<void> ObjectEncoding(CommandContext& ctx, ArgCursor args) {
  if (const auto description = DescribeOrNull(ctx, args.NextHashed())) {
    ctx.reply().Bulk(Bytes(EncodingName(description->encoding)));
  }
  return Ok();
}

Result<void> ObjectFreq(CommandContext& ctx, ArgCursor args) {
  const auto description = DescribeOrNull(ctx, args.NextHashed());
  if (!description) return Ok();
  if (!ctx.environment().count_frequency) {
    return Error::Message(
        "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note "
        "that when switching between policies at runtime LRU and LFU data will take some time to "
        "adjust.");
  }
  ctx.reply().Integer(description->frequency);
  return Ok();
}

Result<void> ObjectIdleTime(CommandContext& ctx, ArgCursor args) {
  const auto description = DescribeOrNull(ctx, args.NextHashed());
  if (!description) return Ok();
  if (ctx.environment().count_frequency) {
    return Error::Message(
        "ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when "
        "switching between policies at runtime LRU and LFU data will take some time to adjust.");
  }
  ctx.reply().Integer(static_cast<int64_t>(description->idle_seconds));
  return Ok();
}

// Nothing is shared here, yet a small integer reports the owner count that Redis gives to its
// preallocated ones: programs are known to look for it.
Result<void> ObjectRefCount(CommandContext& ctx, ArgCursor args) {
  constexpr int64_t kSharedIntegers = 10000;
  const Hashed key = args.NextHashed();
  const auto description = DescribeOrNull(ctx, key);
  if (!description) return Ok();
  bool looks_shared = false;
  if (description->encoding == Encoding::kInt) {
    auto string = ctx.keys().Read<StringValue>(key, Access::kPeek);
    const std::optional<int64_t> value = string.ok() ? IntegerOf(string->text()) : std::nullopt;
    looks_shared = value && *value >= 0 && *value < kSharedIntegers;
  }
  ctx.reply().Integer(looks_shared ? INT_MAX : 1);
  return Ok();
}

}  // namespace thimble
