#include <algorithm>
#include <climits>
#include <string>

#include "server/commands/debug_handlers.h"
#include "server/stats/digest.h"

namespace thimble {
namespace {

// What the value would take in a dump, roughly: a length byte before each string, one for the
// whole.
size_t SerializedLength(Keyspace& keys, const Hashed& key, const Keyspace::Description& value) {
  size_t bytes = 1;
  switch (value.type) {
    case ObjectType::kString:
      return value.elements + 1;
    case ObjectType::kHash:
      if (auto fields = keys.Read<HashValue>(key, Access::kPeek); fields.ok()) {
        fields->ForEach(
            [&](const FieldValue& pair) { bytes += pair.field.size() + pair.value.size() + 2; });
      }
      break;
    case ObjectType::kSet:
      if (auto members = keys.Read<SetValue>(key, Access::kPeek); members.ok()) {
        members->ForEach([&](const Text& member) { bytes += member.size() + 1; });
      }
      break;
  }
  return bytes;
}

std::string HexAddress(uint64_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "0x";
  for (int shift = 44; shift >= 0; shift -= 4) text += kDigits[value >> shift & 15U];
  return text;
}

// For an address. The hash itself would tell which keys share a bucket.
uint64_t NumberOf(CommandContext& ctx, const Hashed& key) {
  const char* const hash = reinterpret_cast<const char*>(&key.hash);
  return ctx.environment().hash_key.Hash(Bytes(hash, sizeof key.hash));
}

// The lines Redis prints for a hash table, with buckets for its chains.
std::string TableText(const Table::Statistics& statistics, size_t entries) {
  if (entries == 0) return "No stats available for empty dictionaries\n";
  return " table size: " + std::to_string(statistics.buckets) +
         "\n number of elements: " + std::to_string(entries) +
         "\n longest bucket: " + std::to_string(statistics.longest_bucket) +
         "\n longest pair: " + std::to_string(statistics.longest_pair) +
         "\n spilled elements: " + std::to_string(statistics.spilled) +
         "\n splits: " + std::to_string(statistics.splits) +
         "\n merges: " + std::to_string(statistics.merges) +
         "\n rebuilds: " + std::to_string(statistics.rebuilds) + "\n";
}

}  // namespace

Result<void> DebugDigest(CommandContext& ctx, ArgCursor) {
  ctx.reply().Status(Hex(DigestOfAll(ctx.databases(), ctx.hash_key())));
  return Ok();
}

// DEBUG DIGEST-VALUE [key ...]
Result<void> DebugDigestValue(CommandContext& ctx, ArgCursor args) {
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) {
    ctx.reply().Status(Hex(DigestOfValue(ctx.keys(), args.NextHashed())));
  }
  return Ok();
}

// DEBUG OBJECT key: one line that tools take apart. Values move about in their buckets, so what
// stands for the address is a number of the key's own.
Result<void> DebugObject(CommandContext& ctx, ArgCursor args) {
  constexpr int64_t kLruMask = (1 << 24) - 1;
  const Hashed key = args.NextHashed();
  const auto value = ctx.keys().Describe(key);
  if (!value) return Errc::kNoSuchKey;
  const auto idle_s = static_cast<int64_t>(value->idle_seconds);
  ctx.reply().Status("Value at:" + HexAddress(NumberOf(ctx, key)) + " refcount:1 encoding:" +
                     EncodingName(value->encoding) + " serializedlength:" +
                     std::to_string(SerializedLength(ctx.keys(), key, *value)) +
                     " lru:" + std::to_string((ctx.NowMs() / 1000 - idle_s) & kLruMask) +
                     " lru_seconds_idle:" + std::to_string(idle_s));
  return Ok();
}

// DEBUG POPULATE count [prefix] [size]: strings prefix:N holding "value:N", cut or filled with zero
// bytes to `size`. Keys that are there stay as they are.
Result<void> DebugPopulate(CommandContext& ctx, ArgCursor args) {
  const auto count = args.NextInt();
  if (!count.ok() || *count < 0) return Errc::kNotPositive;
  const std::string prefix(args.HasNext() ? args.Next() : Bytes("key"));
  int64_t size = 0;
  if (args.HasNext()) {
    const auto given = args.NextInt();
    if (!given.ok() || *given < 0 || *given > INT_MAX) return Errc::kNotPositive;
    size = *given;
  }
  for (int64_t i = 0; i < *count; ++i) {
    const std::string name = prefix + ":" + std::to_string(i);
    const Hashed key = ctx.hash_key().Of(name);
    if (ctx.keys().Exists(key, Access::kPeek)) continue;
    std::string value = "value:" + std::to_string(i);
    if (size > 0) value.resize(static_cast<size_t>(size));
    ctx.keys().SetString(key, value, Keyspace::Ttl::kClear);
  }
  ctx.reply().Ok();
  return Ok();
}

// DEBUG HTSTATS dbid [full]
Result<void> DebugHtStats(CommandContext& ctx, ArgCursor args) {
  const auto index = args.NextInt();
  if (!index.ok()) return Errc::kNotInteger;
  if (*index < 0 || *index >= ctx.databases().count()) {
    return Error::Message("ERR Out of range database");
  }
  const Keyspace& keys = ctx.databases()[static_cast<int>(*index)];
  ctx.reply().Verbatim(
      "txt", "[Dictionary HT]\n" + TableText(keys.TableStatistics(), keys.size()) +
                 "[Expires HT]\n number of elements: " + std::to_string(keys.deadlines()) + "\n");
  return Ok();
}

// DEBUG HTSTATS-KEY key [full]
Result<void> DebugHtStatsKey(CommandContext& ctx, ArgCursor args) {
  const auto value = ctx.keys().Describe(args.NextHashed());
  if (!value) return Errc::kNoSuchKey;
  if (value->encoding != Encoding::kHashtable) {
    return Error::Message(
        "ERR The value stored at the specified key is not represented using an hash table");
  }
  ctx.reply().Verbatim("txt", " number of elements: " + std::to_string(value->elements) +
                                  "\n bytes: " + std::to_string(value->memory_bytes) + "\n");
  return Ok();
}

// DEBUG LISTPACK key
Result<void> DebugListpack(CommandContext& ctx, ArgCursor args) {
  const auto value = ctx.keys().Describe(args.NextHashed());
  if (!value) return Errc::kNoSuchKey;
  if (value->encoding != Encoding::kListpack) {
    return Error::Message("ERR Not a listpack encoded object.");
  }
  ctx.reply().Status("Listpack structure printed on stdout");
  return Ok();
}

}  // namespace thimble
