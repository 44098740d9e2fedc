#include "server/commands/migrate_commands.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/request_text.h"
#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/effects.h"
#include "server/commands/row_words.h"
#include "server/config/settings.h"
#include "server/net/peer_link.h"
#include "server/persist/persistence.h"
#include "server/persist/rdb_file.h"
#include "storage/rdb/dump_payload.h"

namespace thimble {
namespace {

constexpr int64_t kDefaultTimeoutMs = 1000;

struct Migration {
  std::string host;
  std::string port;
  int64_t database = 0;
  int64_t timeout_ms = 0;
  bool copy = false;
  bool replace = false;
  std::vector<Bytes> credentials;  // None, a password, or a name and a password.
  std::vector<Hashed> keys;        // Those that are here.
};

// [COPY] [REPLACE] [AUTH password | AUTH2 username password] [KEYS key ...]
Result<void> ParseOptions(ArgCursor args, Migration& migration, std::vector<Bytes>& names) {
  while (args.HasNext()) {
    if (args.TakeWord("copy")) {
      migration.copy = true;
    } else if (args.TakeWord("replace")) {
      migration.replace = true;
    } else if (args.TakeOption("auth")) {
      migration.credentials = {args.Next()};
    } else if (args.Remaining() >= 3 && args.TakeWord("auth2")) {
      const Bytes name = args.Next();
      migration.credentials = {name, args.Next()};
    } else if (args.TakeWord("keys")) {
      if (!names[0].empty()) {
        return Error::Message(
            "ERR When using MIGRATE KEYS option, the key argument must be set to the empty string");
      }
      names.assign(args.rest().begin(), args.rest().end());
      break;
    } else {
      return Errc::kSyntax;
    }
  }
  return Ok();
}

// How one attempt went.
struct MigrateOutcome {
  enum class State : uint8_t { kDone, kNoLink, kSending, kReading } state = State::kDone;
  bool may_retry = false;  // Nothing was answered: an old link may have been dead.
  std::string refusal{};   // The first error the target answered with.
};

class Attempt {
 public:
  Attempt(CommandContext& ctx, const Migration& migration, std::vector<Bytes>& moved)
      : ctx_(ctx), migration_(migration), moved_(moved) {}

  MigrateOutcome Run(std::unique_ptr<PeerLink> link) {
    MigrateOutcome outcome;
    if (!Send(*link)) {
      outcome.state = MigrateOutcome::State::kSending;
    } else if (!ReadAll(*link, outcome)) {
      outcome.state = MigrateOutcome::State::kReading;
    }
    if (outcome.state == MigrateOutcome::State::kDone) {
      link->database = outcome.refusal.empty() ? migration_.database : -1;
      ctx_.services().peers.Put(migration_.host, migration_.port, std::move(link));
    } else {
      outcome.may_retry = lines_read_ == 0 && !link->timed_out();
    }
    return outcome;
  }

 private:
  // In pieces, so that the target can begin while values are still being packed.
  bool Send(PeerLink& link) {
    constexpr size_t kWorthSending = size_t{64} << 10U;
    std::string requests;
    if (!migration_.credentials.empty()) {
      std::vector<Bytes> login{"AUTH"};
      login.insert(login.end(), migration_.credentials.begin(), migration_.credentials.end());
      AppendRequest(requests, login);
      ++before_keys_;
    }
    if (link.database != migration_.database) {
      const std::string digits = std::to_string(migration_.database);
      AppendRequest(requests, std::vector<Bytes>{"SELECT", digits});
      ++before_keys_;
    }
    for (const Hashed& key : migration_.keys) {
      const std::optional<Keyspace::Item> item = ctx_.keys().ItemOf(key);
      if (!item) continue;  // Its time has come meanwhile.
      sent_.push_back(key);
      AppendRestore(requests, key.bytes, *item);
      if (requests.size() < kWorthSending) continue;
      if (!link.Send(requests, migration_.timeout_ms)) return false;
      requests.clear();
    }
    return link.Send(requests, migration_.timeout_ms);
  }

  void AppendRestore(std::string& requests, Bytes key, const Keyspace::Item& item) {
    int64_t ttl_ms = 0;
    if (item.deadline_ms != 0) {
      ttl_ms = std::max<int64_t>(static_cast<int64_t>(item.deadline_ms) - ctx_.NowMs(), 1);
    }
    const std::string ttl = std::to_string(ttl_ms);
    const std::string payload = MakeDumpPayload(item, DumpOptionsOf(ctx_.services()));
    std::vector<Bytes> restore{"RESTORE", key, ttl, payload};
    if (migration_.replace) restore.push_back("REPLACE");
    AppendRequest(requests, restore);
  }

  bool ReadAll(PeerLink& link, MigrateOutcome& outcome) {
    bool let_in = true;
    for (size_t i = 0; i < before_keys_ + sent_.size(); ++i) {
      const std::optional<std::string> line = link.ReadLine(migration_.timeout_ms);
      if (!line) return false;
      ++lines_read_;
      const bool refused = line->starts_with('-');
      if (refused && outcome.refusal.empty()) outcome.refusal = line->substr(1);
      if (i < before_keys_) {
        let_in = let_in && !refused;
      } else if (!refused && let_in && !migration_.copy) {
        const Hashed& key = sent_[i - before_keys_];
        if (ctx_.keys().Delete(key)) moved_.push_back(key.bytes);
      }
    }
    return true;
  }

  CommandContext& ctx_;
  const Migration& migration_;
  std::vector<Bytes>& moved_;
  std::vector<Hashed> sent_;
  size_t before_keys_ = 0;  // Replies that are about other things.
  size_t lines_read_ = 0;
};

MigrateOutcome Try(CommandContext& ctx, const Migration& migration, std::vector<Bytes>& moved) {
  PeerLinks& peers = ctx.services().peers;
  std::unique_ptr<PeerLink> link = peers.Take(migration.host, migration.port);
  const bool used_before = link != nullptr;
  MigrateOutcome outcome;
  if (used_before) {
    outcome = Attempt(ctx, migration, moved).Run(std::move(link));
    if (!outcome.may_retry) return outcome;
  }
  bool refused = false;
  link = PeerLink::Connect(migration.host, migration.port, migration.timeout_ms, &refused);
  if (link == nullptr) {
    // Redis notices a refusal when it writes.
    using State = MigrateOutcome::State;
    return {.state = refused ? State::kSending : State::kNoLink};
  }
  return Attempt(ctx, migration, moved).Run(std::move(link));
}

// MIGRATE host port key|"" database timeout [COPY] [REPLACE] [AUTH password |
// AUTH2 username password] [KEYS key ...]: gives keys to another server. Everybody waits meanwhile,
// up to the timeout for each step, so that a key is at one place at any time.
Result<void> Migrate(CommandContext& ctx, ArgCursor args) {
  Migration migration;
  migration.host = args.Next();
  migration.port = args.Next();
  std::vector<Bytes> names{args.Next()};
  ArgCursor options = args;
  options.Skip(2);
  if (auto parsed = ParseOptions(options, migration, names); !parsed.ok()) return parsed;
  const auto database = args.NextInt();
  const auto timeout_ms = args.NextInt();
  if (!timeout_ms.ok() || !database.ok()) return Errc::kNotInteger;
  migration.database = *database;
  migration.timeout_ms = *timeout_ms > 0 ? *timeout_ms : kDefaultTimeoutMs;
  for (const Bytes name : names) {
    const Hashed key = ctx.hash_key().Of(name);
    if (ctx.keys().Exists(key)) migration.keys.push_back(key);
  }
  if (migration.keys.empty()) {
    ctx.reply().Status("NOKEY");
    return Ok();
  }

  ctx.services().persistence.HandOverLog();
  std::vector<Bytes> moved;
  const MigrateOutcome outcome = Try(ctx, migration, moved);
  if (!moved.empty()) {
    moved.insert(moved.begin(), "DEL");
    ctx.services().effects.Instead(ctx.client().database, moved);
  }
  switch (outcome.state) {
    case MigrateOutcome::State::kNoLink:
      return Error::Message("IOERR error or timeout connecting to the client");
    case MigrateOutcome::State::kSending:
      return Error::Message("IOERR error or timeout writing to target instance");
    case MigrateOutcome::State::kReading:
      return Error::Message("IOERR error or timeout reading to target instance");
    case MigrateOutcome::State::kDone:
      break;
  }
  if (!outcome.refusal.empty()) {
    return Error::Message("ERR Target instance replied with error: " + outcome.refusal);
  }
  ctx.reply().Ok();
  return Ok();
}

constexpr CommandSpec kMigrateCommands[] = {
    {.name = "migrate",
     .run = Migrate,
     .arity = AtLeast(6),
     .keys = Both(KeyAt(3, kTakes), KeysAfterKeysWord(6, kTakes | kKeyIncomplete)),
     .flags = kWrite | kMovableKeys,
     .categories = kKeyspaceCategory | kDangerous,
     .group = Group::kGeneric,
     .since = "2.6.0",
     .complexity = "O(N) in the size of the values, here and there.",
     .summary = "Moves keys to another server.",
     .syntax = "host:string port:integer <key:key|empty-string> destination-db:integer "
               "timeout:integer [COPY] [REPLACE] "
               "[<AUTH password:string|AUTH2 username:string password:string>] [KEYS key ...]",
     .tips = kAnyOutput},
};
static_assert(WellFormed(kMigrateCommands));

}  // namespace

std::span<const CommandSpec> MigrateCommands() {
  return kMigrateCommands;
}

}  // namespace thimble
