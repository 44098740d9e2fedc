#include "server/persist/aof_replay.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/effects.h"
#include "server/command/error_text.h"
#include "server/command/registry.h"
#include "server/config/settings.h"
#include "server/persist/foreign_commands.h"
#include "server/persist/key_delay.h"
#include "server/persist/persistence.h"
#include "server/script/script_host.h"
#include "server/session/transaction.h"
#include "server/stats/log.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

constexpr const char* kUnknownCommand = "unknown command";
constexpr const char* kKeyIsDeleted = ", and what its key held is deleted";
constexpr const char* kInTheWay = "ERR a key is missing or in the way";

// Whether it says something of the data rather than of the request: keys may be missing that were
// there when it was logged, for scripts and DEBUG can change data without telling the log.
bool IsOfData(const Error& error) {
  switch (error.code()) {
    case Errc::kWrongType:
    case Errc::kNoSuchKey:
    case Errc::kNotInteger:
    case Errc::kNotFloat:
    case Errc::kHashNotInteger:
    case Errc::kHashNotFloat:
    case Errc::kOverflow:
    case Errc::kNanOrInfinity:
      return true;
    default:
      return error.text() == kInTheWay || error.text().starts_with("BUSYKEY ");
  }
}

// Behind one that fails everything would go elsewhere.
bool CanBeSkipped(const Command& command, const Error& error) {
  const Bytes name = command.spec->name;
  return name != "select" && name != "swapdb" && error.code() != Errc::kOutOfMemory;
}

// Whether a command that answers no error answers that it did nothing.
bool DidNothing(const CommandSpec& spec, std::span<const Bytes> args, Bytes reply) {
  if (spec.name == "set") {
    return reply == "$-1\r\n" && std::none_of(args.begin() + 3, args.end(), [](Bytes word) {
             return EqualsIgnoringCase(word, "get");
           });
  }
  constexpr Bytes kAnswerByNumber[] = {"copy", "hsetnx", "move", "msetnx", "renamenx", "setnx"};
  return reply == ":0\r\n" &&
         std::count(std::begin(kAnswerByNumber), std::end(kAnswerByNumber), Bytes(spec.name)) > 0;
}

// What came of a request that was run without an error, by its reply.
Result<void> OutcomeOf(const CommandSpec& spec, std::span<const Bytes> args,
                       const OutputBuffer& replies) {
  Bytes reply;
  replies.Peek(&reply, 1);
  if (spec.Is(kRunsScript) && reply.starts_with('-')) {
    return Error::Message(std::string(reply.substr(1, reply.find('\r') - 1)));
  }
  if (DidNothing(spec, args, reply)) return Error::Message(kInTheWay);
  return Ok();
}

// Whether a script needs what this server does not have.
bool IsForeignCall(const Error& error) {
  return error.text().starts_with(kUnknownCommandInScript);
}

// The command with the first of its arguments.
std::string NameOf(std::span<const Bytes> args) {
  std::string name(args[0].substr(0, kMostShownBytes));
  if (args.size() > 1) name.append(" ").append(args[1].substr(0, kMostShownBytes));
  return name;
}

// Whether a command may have a part in the data: others have none in a log, and cannot be run for a
// client that is not there.
bool MakesData(const CommandSpec& spec) {
  return (spec.flags & (kWrite | kMayReplicate)) != 0 || spec.group == Group::kScripting ||
         spec.group == Group::kTransactions || spec.name == "select";
}

}  // namespace

AofReplay::AofReplay(Services& services, std::unique_ptr<InputFile> file, uint64_t skip)
    : services_(services),
      observer_(std::exchange(services.environment.observer, nullptr)),
      reader_(std::move(file), skip),
      sound_bytes_(skip),
      client_(0, nullptr, services.environment.clock.NowMs()) {
  services_.environment.timeless = true;
  services_.effects.SetReplaying(true);
  client_.authenticated = true;
}

AofReplay::~AofReplay() {
  services_.environment.timeless = false;
  services_.effects.SetReplaying(false);
  services_.environment.observer = observer_;
}

AofReplay::Progress AofReplay::RunUntil(int64_t end_ns) {
  constexpr int kStepsPerLook = 32;
  Progress progress = Progress::kMore;
  do {
    for (int i = 0; i < kStepsPerLook && progress == Progress::kMore; ++i) {
      progress = Step();
      if (services_.settings.key_load_delay_us == 0) [[likely]]
        continue;
      SleepPerKey(services_.settings.key_load_delay_us);
      break;
    }
  } while (progress == Progress::kMore && services_.environment.clock.MonotonicNs() < end_ns);
  return progress;
}

AofReplay::Progress AofReplay::Step() {
  switch (reader_.Next()) {
    case AofReader::Found::kNote:
      break;
    case AofReader::Found::kRequest:
      if (const Progress progress = RunRequest(reader_.request()); progress != Progress::kMore) {
        return progress;
      }
      break;
    case AofReader::Found::kEnd:
      return in_transaction_ ? Progress::kTruncated : Progress::kDone;
    case AofReader::Found::kPartial:
      return Progress::kTruncated;
    case AofReader::Found::kMalformed:
      return Progress::kMalformed;
    case AofReader::Found::kUnreadable:
      return Progress::kUnreadable;
  }
  if (!in_transaction_) sound_bytes_ = reader_.position();
  return Progress::kMore;
}

const Command* AofReplay::FindCommand(std::span<const Bytes> args) const {
  // What members of a cluster tell each other.
  const bool is_asking = EqualsIgnoringCase(args[0], "restore-asking");
  const Bytes name = is_asking ? Bytes("restore") : args[0];
  const Command* command = services_.registry.Find(name);
  if (command == nullptr) {
    // It may have another name here than where the log was written.
    for (const auto& candidate : services_.registry.commands()) {
      if (EqualsIgnoringCase(name, candidate->spec->name)) command = candidate.get();
    }
  }
  if (command != nullptr && !command->subcommands.empty() && args.size() > 1) {
    command = command->FindSubcommand(args[1]);
  }
  return command;
}

AofReplay::Progress AofReplay::RunRequest(std::span<const Bytes> args) {
  const Command* command = FindCommand(args);
  const bool skips = services_.settings.skips_foreign_types();
  std::array<Bytes, 2> instead;
  if (command == nullptr && skips) {
    if (const auto replaced = KeyReplacedBy(args)) {
      Skip(args, std::string(kUnknownCommand) + kKeyIsDeleted);
      ++deleted_keys_;
      instead = {"DEL", replaced->key};
      args = instead;
      command = FindCommand(args);
    }
  }
  if (command == nullptr || command->spec->run == nullptr) {
    if (skips) return Skip(args, kUnknownCommand);
    unknown_command_ = args[0].substr(0, kMostShownBytes);
    failure_ = WhyForeign(args, DatabaseOfNext());
    return Progress::kUnknownCommand;
  }
  if (!in_transaction_) {
    const Progress progress = Run(*command, args);
    in_transaction_ = InMulti(client_);
    return progress;
  }
  if (!command->spec->Is(kNotQueued)) {
    client_.transaction->Queue(*command, args);
    return Progress::kMore;
  }
  if (!command->spec->arity.Accepts(args.size())) return OnFailure(*command, args, Errc::kArity);
  if (command->spec->Is(kRunsQueue)) return RunQueued();
  if (command->spec->name == "discard") {
    client_.transaction.reset();
    in_transaction_ = false;
  }
  return Progress::kMore;
}

AofReplay::Progress AofReplay::RunQueued() {
  const std::unique_ptr<Transaction> transaction = std::move(client_.transaction);
  in_transaction_ = false;
  Progress progress = Progress::kMore;
  transaction->queue().ForEach(
      [&](const Command& queued, std::span<const Bytes> request, const HashHints&) {
        if (progress == Progress::kMore) progress = Run(queued, request);
      });
  return progress;
}

// Without the executor's account of it: this is no client's work.
AofReplay::Progress AofReplay::Run(const Command& command, std::span<const Bytes> args) {
  if (!command.spec->arity.Accepts(args.size())) return OnFailure(command, args, Errc::kArity);
  if (!MakesData(*command.spec)) return Progress::kMore;
  const TimeStands time_stands(services_.environment);
  const HashHints no_hints;
  CommandContext context(services_, client_, command, replies_);
  const ArgCursor cursor(args.subspan(command.container == nullptr ? 1 : 2),
                         services_.environment.hash_key, no_hints);
  Result<void> result = command.spec->run(context, cursor);
  if (result.ok()) result = OutcomeOf(*command.spec, args, replies_);
  replies_.Clear();
  return result.ok() ? Progress::kMore : OnFailure(command, args, result.error());
}

AofReplay::Progress AofReplay::OnFailure(const Command& command, std::span<const Bytes> args,
                                         const Error& error) {
  const std::string why = ErrorText(error, command.full_name);
  const bool can_skip = CanBeSkipped(command, error);
  if (can_skip && services_.settings.skips_foreign_types()) {
    return Skip(args, why + (DeleteReplacedBy(args) ? kKeyIsDeleted : ""));
  }
  const bool may_have_failed = command.spec->Is(kRunsScript) && !IsForeignCall(error);
  if (can_skip && (may_have_failed || IsOfData(error))) return Skip(args, why);
  failure_ = (can_skip ? "see rdb-foreign-types: " : "") + NameOf(args) + ": " + why;
  return Progress::kFailedCommand;
}

// An old value must not pass for the new one. Whether there may have been one.
bool AofReplay::DeleteReplacedBy(std::span<const Bytes> args) {
  const auto replaced = KeyReplacedBy(args);
  if (!replaced) return false;
  const int64_t database = replaced->database.value_or(client_.database);
  if (database < 0 || database >= services_.databases.count()) return false;
  services_.databases[static_cast<int>(database)].Delete(
      services_.environment.hash_key.Of(replaced->key));
  ++deleted_keys_;
  return true;
}

// Where the request that was read last would run.
int AofReplay::DatabaseOfNext() const {
  int64_t database = client_.database;
  if (in_transaction_) {
    client_.transaction->queue().ForEach(
        [&](const Command& queued, std::span<const Bytes> request, const HashHints&) {
          if (queued.spec->name != "select" || request.size() < 2) return;
          database = ParseInt64(request[1]).value_or(database);
        });
  }
  return static_cast<int>(database);
}

AofReplay::Progress AofReplay::Skip(std::span<const Bytes> args, const std::string& why) {
  constexpr uint64_t kMostTold = 10;
  if (++failed_requests_ <= kMostTold) {
    Log(LogLevel::kWarning,
        "A request of the append only file failed: " + NameOf(args) + ": " + why);
  }
  return Progress::kMore;
}

}  // namespace thimble
