#include "server/persist/aof_replay.h"

#include <utility>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/registry.h"
#include "server/config/settings.h"
#include "server/persist/foreign_requests.h"
#include "server/persist/key_delay.h"
#include "server/session/transaction.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

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
  client_.authenticated = true;
}

AofReplay::~AofReplay() {
  services_.environment.timeless = false;
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
  const Command* command = services_.registry.Find(args[0]);
  if (command == nullptr) {
    // It may have another name here than where the log was written.
    for (const auto& candidate : services_.registry.commands()) {
      if (EqualsIgnoringCase(args[0], candidate->spec->name)) command = candidate.get();
    }
  }
  if (command != nullptr && !command->subcommands.empty() && args.size() > 1) {
    command = command->FindSubcommand(args[1]);
  }
  return command;
}

bool AofReplay::Translate(std::span<const Bytes> args, std::vector<Bytes>* translated) const {
  return TranslateForeign(args, services_.settings.rdb_foreign_types == "skip", translated);
}

AofReplay::Progress AofReplay::RunRequest(std::span<const Bytes> args) {
  const Command* command = FindCommand(args);
  std::vector<Bytes> translated;
  if (command == nullptr && Translate(args, &translated)) {
    if (translated.empty()) return Progress::kMore;
    args = translated;
    command = FindCommand(args);
  }
  if (command == nullptr || command->spec->run == nullptr ||
      !command->spec->arity.Accepts(args.size())) {
    unknown_command_ = args[0].substr(0, 128);
    return Progress::kUnknownCommand;
  }
  if (!in_transaction_) {
    Run(*command, args);
    in_transaction_ = InMulti(client_);
  } else if (!command->spec->Is(kNotQueued)) {
    client_.transaction->Queue(*command, args);
  } else {
    const std::unique_ptr<Transaction> transaction = std::move(client_.transaction);
    in_transaction_ = false;
    if (!command->spec->Is(kRunsQueue)) return Progress::kMore;  // DISCARD.
    transaction->queue().ForEach([this](const Command& queued, std::span<const Bytes> request,
                                        const HashHints&) { Run(queued, request); });
  }
  return Progress::kMore;
}

// Without the executor's account of it: this is no client's work. Errors are as they were then.
void AofReplay::Run(const Command& command, std::span<const Bytes> args) {
  if (!MakesData(*command.spec)) return;
  const TimeStands time_stands(services_.environment);
  const HashHints no_hints;
  CommandContext context(services_, client_, command, replies_);
  const ArgCursor cursor(args.subspan(command.container == nullptr ? 1 : 2),
                         services_.environment.hash_key, no_hints);
  (void)command.spec->run(context, cursor).ok();
  replies_.Clear();
}

}  // namespace thimble
