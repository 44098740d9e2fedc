#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "storage/common/result.h"

namespace thimble {

class ArgCursor;
class CommandContext;

// Runs one command: parses `args` (the command's own name, and a subcommand's, already taken),
// acts, replies through the context. An error is returned, never written; dispatch renders it and
// drops what was already replied.
using Handler = Result<void> (*)(CommandContext& context, ArgCursor args);

// What a command is, as bits. The names COMMAND INFO shows are in names.cc.
enum CommandFlag : uint32_t {
  kWrite = 1U << 0U,     // May change the keyspace.
  kReadOnly = 1U << 1U,  // Only reads keys.
  kDenyOom = 1U << 2U,   // Refused while used memory is above maxmemory.
  kAdmin = 1U << 3U,
  kPubSub = 1U << 4U,
  kNoScript = 1U << 5U,
  kBlocking = 1U << 6U,
  kLoading = 1U << 7U,  // Allowed while a data set loads.
  kStale = 1U << 8U,    // Allowed on a replica that lost its master.
  kSkipMonitor = 1U << 9U,
  kSkipSlowLog = 1U << 10U,
  kFast = 1U << 11U,    // O(1) or O(log n): latency is nobody's surprise.
  kNoAuth = 1U << 12U,  // Allowed before login.
  kMayReplicate = 1U << 13U,
  kNoMulti = 1U << 14U,
  kMovableKeys = 1U << 15U,  // Key positions depend on the arguments.
  kAllowBusy = 1U << 16U,    // Allowed while a script is past its time.
  kProtected = 1U << 17U,    // Needs enable-debug-command and the like.
  kNoAsyncLoading = 1U << 18U,
  kNoMandatoryKeys = 1U << 22U,  // May be called with no keys, though its keys are countable.
  // For dispatch alone; COMMAND INFO does not show them.
  kNotQueued = 1U << 19U,          // Runs at once inside MULTI.
  kBeginsTransaction = 1U << 24U,  // MULTI and WATCH: refused inside one.
  kRunsQueue = 1U << 20U,          // EXEC: may do whatever is queued.
  kRunsScript = 1U << 23U,         // Shown by MONITOR before it runs; may be left in its middle.
  kWhileSubscribed = 1U << 21U,    // Allowed to a RESP2 client that is subscribed to something.
};

// ACL categories a row states itself. @read, @write, @admin, @fast, @slow, @dangerous, @pubsub and
// @blocking follow from the flags, as does the group's own (@hash, @set, ...).
enum CategoryFlag : uint32_t {
  kDangerous = 1U << 0U,
  kKeyspaceCategory = 1U << 1U,
  kConnectionCategory = 1U << 2U,
  kSetCategory = 1U << 3U,
  kHashCategory = 1U << 4U,
  kStringCategory = 1U << 5U,
  kTransactionCategory = 1U << 6U,
  kScriptingCategory = 1U << 7U,
  kAdminCategory = 1U << 8U,
};

// How many arguments a command takes, its own name (and a subcommand's) included. Built with
// Exactly or AtLeast so that a bare number cannot be mistaken for something else.
class Arity {
 public:
  constexpr int Min() const { return min_; }
  constexpr bool exact() const { return exact_; }
  constexpr bool Accepts(size_t count) const {
    return exact_ ? count == static_cast<size_t>(min_) : count >= static_cast<size_t>(min_);
  }
  // The signed form of COMMAND INFO: negative means "at least".
  constexpr int Signed() const { return exact_ ? min_ : -min_; }

 private:
  friend constexpr Arity Exactly(int count);
  friend constexpr Arity AtLeast(int count);
  constexpr Arity(int min, bool exact) : min_(min), exact_(exact) {}
  int min_;
  bool exact_;
};
constexpr Arity Exactly(int count) {
  return {count, true};
}
constexpr Arity AtLeast(int count) {
  return {count, false};
}

// What a command does with a key it names; COMMAND INFO and ACL key permissions read it.
enum KeyFlag : uint16_t {
  kKeyReadOnly = 1U << 0U,   // RO: value read, not changed.
  kKeyReadWrite = 1U << 1U,  // RW
  kKeyOverwrite = 1U << 2U,  // OW: old value does not matter.
  kKeyRemove = 1U << 3U,     // RM
  kKeyAccess = 1U << 4U,     // access: user data is returned.
  kKeyUpdate = 1U << 5U,
  kKeyInsert = 1U << 6U,
  kKeyDelete = 1U << 7U,
  kKeyIncomplete = 1U << 8U,  // More keys may be named (SORT's patterns).
  kNotKey = 1U << 9U,         // Only treated like one by clusters: a shard channel.
  // What is read is read for the option GET only; without it the flags are OW and update.
  kKeyReadForGet = 1U << 10U,
};

// One run of keys among the arguments. Positions count the command's name as 0.
struct KeyRange {
  // kAfterKeysWord: of MIGRATE, what follows the option KEYS; where that is given nothing else is
  // a key. kAfterStoreWord: of SORT, what follows the last STORE.
  enum class Kind : uint8_t { kNone, kRange, kCounted, kAfterKeysWord, kAfterStoreWord };
  Kind kind = Kind::kNone;
  uint16_t flags = 0;
  // kRange: first key. kCounted: the argument that holds the number of keys. kAfterKeysWord: the
  // first option.
  int16_t first = 0;
  int16_t last = 0;  // kRange: last key relative to `first`; -1 = to the end of the arguments.
  int16_t step = 1;
};

// Up to two runs: destination and sources.
struct KeySpecs {
  std::array<KeyRange, 2> ranges{};
};
// One key at `position`.
constexpr KeySpecs KeyAt(int16_t position, uint16_t flags) {
  return {{KeyRange{KeyRange::Kind::kRange, flags, position, 0, 1}}};
}
// Every argument from `first` to the end, `step` apart (2 for MSET).
constexpr KeySpecs KeysFrom(int16_t first, uint16_t flags, int16_t step = 1) {
  return {{KeyRange{KeyRange::Kind::kRange, flags, first, -1, step}}};
}
// "numkeys key [key ...]" with the count at `position`.
constexpr KeySpecs CountedKeys(int16_t position, uint16_t flags) {
  return {{KeyRange{KeyRange::Kind::kCounted, flags, position, 0, 1}}};
}
// Behind the option KEYS, options beginning at `position`.
constexpr KeySpecs KeysAfterKeysWord(int16_t position, uint16_t flags) {
  return {{KeyRange{KeyRange::Kind::kAfterKeysWord, flags, position, -1, 1}}};
}
// Behind the last option STORE, options beginning at `position`.
constexpr KeySpecs KeyAfterStoreWord(int16_t position, uint16_t flags) {
  return {{KeyRange{KeyRange::Kind::kAfterStoreWord, flags, position, 0, 1}}};
}
constexpr KeySpecs Both(KeySpecs a, KeySpecs b) {
  return {{a.ranges[0], b.ranges[0]}};
}

enum class Group : uint8_t {
  kGeneric,
  kString,
  kHash,
  kSet,
  kConnection,
  kServer,
  kTransactions,
  kScripting,
  kPubSub,
};

// One row of the command table: everything the server knows about a command. COMMAND, arity
// errors, subcommand lookup, HELP texts and ACL derive from it.
struct CommandSpec {
  std::string_view name{};  // Lower case; a subcommand's own word only ("get", not "config|get").
  Handler run = nullptr;    // Null for a container, which only holds subcommands.
  Arity arity;
  KeySpecs keys{};
  uint32_t flags = 0;
  uint32_t categories = 0;  // Beyond what flags and group imply.
  Group group = Group::kGeneric;
  std::string_view since{};
  std::string_view complexity{};
  std::string_view summary{};
  // What follows the name, in the notation of syntax.h: "key field value [field value ...]".
  std::string_view syntax{};
  std::span<const std::string_view> tips{};  // Reply hints: "nondeterministic_output".
  std::span<const CommandSpec> subcommands{};
  std::string_view deprecated_since{};
  std::string_view replaced_by{};

  constexpr bool Is(CommandFlag flag) const { return (flags & flag) != 0; }
};

// True if no row contradicts itself or its neighbours; every table is static_asserted. That a row
// has a handler or subcommands is left to a test: under UBSan a function's address is no constant
// expression.
consteval bool WellFormed(std::span<const CommandSpec> specs) {
  for (size_t i = 0; i < specs.size(); ++i) {
    const CommandSpec& spec = specs[i];
    if (i > 0 && specs[i - 1].name >= spec.name) return false;  // Sorted, therefore unique.
    if (spec.Is(kWrite) && spec.Is(kReadOnly)) return false;
    if (spec.Is(kDenyOom) && !spec.Is(kWrite)) return false;
    if (spec.summary.empty() || spec.since.empty()) return false;
    for (const KeyRange& range : spec.keys.ranges) {
      const bool optional = (range.flags & kNotKey) != 0;
      if (range.kind == KeyRange::Kind::kNone || optional) continue;
      if (range.kind == KeyRange::Kind::kAfterKeysWord) continue;
      if (range.first >= spec.arity.Min()) return false;
    }
  }
  return true;
}

}  // namespace thimble
