#include "server/persist/foreign_commands.h"

#include <algorithm>

#include "server/command/args.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

struct ForeignCommand {
  Bytes name;
  const char* type;        // Of the value of its key.
  size_t key = 1;          // Where it stands.
  bool replaces = false;   // A value of any type, or a string that is such a value.
  bool may_store = false;  // In a key named behind STORE or STOREDIST.
};

// Those that are logged as what they did are not among them.
constexpr ForeignCommand kForeignCommands[] = {
    {"linsert", "list"},
    {"lmove", "list"},
    {"lpop", "list"},
    {"lpush", "list"},
    {"lpushx", "list"},
    {"lrem", "list"},
    {"lset", "list"},
    {"ltrim", "list"},
    {"rpop", "list"},
    {"rpoplpush", "list"},
    {"rpush", "list"},
    {"rpushx", "list"},
    {"zadd", "zset"},
    {"zincrby", "zset"},
    {"zpopmax", "zset"},
    {"zpopmin", "zset"},
    {"zrem", "zset"},
    {"zremrangebylex", "zset"},
    {"zremrangebyrank", "zset"},
    {"zremrangebyscore", "zset"},
    {.name = "zdiffstore", .type = "zset", .replaces = true},
    {.name = "zinterstore", .type = "zset", .replaces = true},
    {.name = "zrangestore", .type = "zset", .replaces = true},
    {.name = "zunionstore", .type = "zset", .replaces = true},
    {"geoadd", "zset"},
    {.name = "georadius", .type = "zset", .may_store = true},
    {.name = "georadiusbymember", .type = "zset", .may_store = true},
    {.name = "geosearchstore", .type = "zset", .replaces = true},
    {"xack", "stream"},
    {"xackdel", "stream"},
    {"xadd", "stream"},
    {"xautoclaim", "stream"},
    {"xclaim", "stream"},
    {"xdel", "stream"},
    {"xdelex", "stream"},
    {.name = "xgroup", .type = "stream", .key = 2},
    {"xsetid", "stream"},
    {"xtrim", "stream"},
    {.name = "bitfield", .type = "bitmap", .replaces = true},
    {.name = "bitop", .type = "bitmap", .key = 2, .replaces = true},
    {.name = "setbit", .type = "bitmap", .replaces = true},
    {.name = "pfadd", .type = "hyperloglog", .replaces = true},
    {"pfcount", "hyperloglog"},
    {.name = "pfmerge", .type = "hyperloglog", .replaces = true},
};

// Of this server's own: they fail where the value is foreign, or for an option or a database that
// is not there.
constexpr ForeignCommand kOwnCommands[] = {
    {.name = "copy", .type = nullptr, .key = 2, .replaces = true},
    {.name = "move", .type = nullptr, .replaces = true},
    {.name = "rename", .type = nullptr, .key = 2, .replaces = true},
    {.name = "renamenx", .type = nullptr, .key = 2, .replaces = true},
    {.name = "restore", .type = nullptr, .replaces = true},
    {.name = "set", .type = nullptr, .replaces = true},
    {.name = "setnx", .type = nullptr, .replaces = true},
    {.name = "sort", .type = nullptr, .may_store = true},
};

const ForeignCommand* FindIn(std::span<const ForeignCommand> commands, Bytes name) {
  const auto found = std::find_if(
      commands.begin(), commands.end(),
      [&](const ForeignCommand& command) { return EqualsIgnoringCase(name, command.name); });
  return found == commands.end() ? nullptr : &*found;
}

// What stands behind the last of these words.
std::optional<Bytes> Behind(std::span<const Bytes> args, std::initializer_list<Bytes> words) {
  for (size_t i = args.size(); i-- > 3;) {
    for (const Bytes word : words) {
      if (EqualsIgnoringCase(args[i - 1], word)) return args[i];
    }
  }
  return std::nullopt;
}

std::string KeyText(Bytes key, int database) {
  return "Key '" + std::string(key.substr(0, kMostShownBytes)) + "' in database " +
         std::to_string(database);
}

}  // namespace

std::string WhyForeign(std::span<const Bytes> args, int database) {
  constexpr const char* kHint = "Set 'rdb-foreign-types skip' to load the log ";
  const ForeignCommand* const command = FindIn(kForeignCommands, args[0]);
  const bool is_known = command != nullptr && command->key < args.size();
  return (is_known ? KeyText(args[command->key], database) + " is a " + command->type +
                         ", a type this server does not hold. "
                   : std::string()) +
         kHint + "without such requests";
}

std::optional<ReplacedKey> KeyReplacedBy(std::span<const Bytes> args) {
  const ForeignCommand* command = FindIn(kForeignCommands, args[0]);
  if (command == nullptr) command = FindIn(kOwnCommands, args[0]);
  if (command == nullptr) return std::nullopt;
  if (command->may_store) {
    const auto key = Behind(args, {"store", "storedist"});
    return key ? std::optional(ReplacedKey{*key, std::nullopt}) : std::nullopt;
  }
  if (!command->replaces || command->key >= args.size()) return std::nullopt;
  ReplacedKey replaced{args[command->key], std::nullopt};
  if (command->name == "copy") {
    if (const auto database = Behind(args, {"db"})) replaced.database = ParseInt64(*database);
  }
  return replaced;
}

}  // namespace thimble
