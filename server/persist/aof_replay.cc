#include "server/persist/aof_replay.h"

#include <algorithm>
#include <utility>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/registry.h"
#include "server/session/transaction.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

// What was written here once may be read, whatever limits clients have by now.
constexpr RequestLimits kNoLimits{.max_bulk_bytes = SIZE_MAX / 2, .authenticated = true};

}  // namespace

AofReplay::AofReplay(Services& services, std::unique_ptr<InputFile> file, uint64_t skip)
    : services_(services),
      file_(std::move(file)),
      observer_(std::exchange(services.environment.observer, nullptr)),
      skip_(skip),
      position_(skip),
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
    for (int i = 0; i < kStepsPerLook && progress == Progress::kMore; ++i) progress = Step();
  } while (progress == Progress::kMore && services_.environment.clock.MonotonicNs() < end_ns);
  return progress;
}

// False at the end.
bool AofReplay::ReadMore() {
  Bytes piece = file_->Next();
  while (skip_ > 0 && !piece.empty()) {
    const auto passed = static_cast<size_t>(std::min<uint64_t>(skip_, piece.size()));
    piece.remove_prefix(passed);
    skip_ -= passed;
    if (piece.empty()) piece = file_->Next();
  }
  input_.erase(0, at_);
  at_ = 0;
  input_.append(piece);
  return !piece.empty();
}

AofReplay::Progress AofReplay::Step() {
  while (true) {
    const Bytes rest = Bytes(input_).substr(at_);
    // A time stamp, or a comment: one line.
    if (rest.starts_with('#')) {
      const size_t end = rest.find('\n');
      if (end != Bytes::npos) {
        at_ += end + 1;
        position_ += end + 1;
        if (!in_transaction_) sound_bytes_ = position_;
        return Progress::kMore;
      }
    } else if (!rest.empty()) {
      if (rest[0] != '*') return Progress::kMalformed;
      args_.clear();
      const RequestParser::Step step = client_.parser.Parse(rest, kNoLimits, args_);
      if (step.outcome == RequestParser::Outcome::kBroken) return Progress::kMalformed;
      if (step.outcome == RequestParser::Outcome::kRequest) {
        const Progress progress = RunRequest();
        if (progress != Progress::kMore) return progress;
        at_ += step.consumed;
        position_ += step.consumed;
        if (!in_transaction_) sound_bytes_ = position_;
        return Progress::kMore;
      }
    }
    if (ReadMore()) continue;
    if (file_->error()) return Progress::kUnreadable;
    return input_.empty() && !in_transaction_ ? Progress::kDone : Progress::kTruncated;
  }
}

const Command* AofReplay::FindCommand() const {
  const Command* command = services_.registry.Find(args_[0]);
  if (command == nullptr) {
    // It may have another name here than where the log was written.
    for (const auto& candidate : services_.registry.commands()) {
      if (EqualsIgnoringCase(args_[0], candidate->spec->name)) command = candidate.get();
    }
  }
  if (command != nullptr && !command->subcommands.empty() && args_.size() > 1) {
    command = command->FindSubcommand(args_[1]);
  }
  return command;
}

AofReplay::Progress AofReplay::RunRequest() {
  if (args_.empty()) return Progress::kMalformed;
  const Command* const command = FindCommand();
  if (command == nullptr || command->spec->run == nullptr ||
      !command->spec->arity.Accepts(args_.size())) {
    unknown_command_ = args_[0].substr(0, 128);
    return Progress::kUnknownCommand;
  }
  if (!in_transaction_) {
    Run(*command, args_);
    in_transaction_ = client_.transaction != nullptr && client_.transaction->open();
  } else if (!command->spec->Is(kNotQueued)) {
    client_.transaction->Queue(*command, args_);
  } else {
    const std::unique_ptr<Transaction> transaction = std::move(client_.transaction);
    in_transaction_ = false;
    if (!command->spec->Is(kRunsQueue)) return Progress::kMore;  // DISCARD.
    transaction->ForEach(
        [this](const Command& queued, std::span<const Bytes> args) { Run(queued, args); });
  }
  return Progress::kMore;
}

// Without the executor's account of it: this is no client's work. Errors are as they were then.
void AofReplay::Run(const Command& command, std::span<const Bytes> args) {
  const HashHints no_hints;
  CommandContext context(services_, client_, command, replies_);
  const ArgCursor cursor(args.subspan(command.container == nullptr ? 1 : 2),
                         services_.environment.hash_key, no_hints);
  (void)command.spec->run(context, cursor).ok();
  replies_.Clear();
}

}  // namespace thimble
