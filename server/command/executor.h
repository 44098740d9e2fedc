#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/command/args.h"
#include "server/command/registry.h"
#include "server/command/services.h"
#include "server/session/client.h"
#include "server/stats/ticks.h"

namespace thimble {

struct CommandStatistics;

// Runs single commands and keeps their account: statistics, slow log, latency, monitors. What a
// client sends comes here through the dispatcher, what a transaction queued through EXEC, what
// a script calls through the script.
class Executor {
 public:
  explicit Executor(Services& services) : services_(services) {}

  // The next command's time begins now. Else it begins where the one before it ended.
  void StartClock() { start_ticks_ = ticks_.Read(); }

  // Runs a command that may run. `args` begin with its name. The reply goes to `out`; an error
  // takes the place of whatever the handler had already written. Returns false for an error, and
  // true for a command that is left in its middle (FinishLate).
  bool Run(Client& client, const Command& command, std::span<const Bytes> args,
           const HashHints& hints, OutputBuffer& out) {
    return RunAs<false>(client, command, args, hints, out);
  }

  // The same for a plain command that nobody attends to (Dispatcher::IsUnattended). `hints` know
  // the request's size.
  void RunUnattended(Client& client, const Command& command, std::span<const Bytes> args,
                     const HashHints& hints, OutputBuffer& out) {
    RunAs<true>(client, command, args, hints, out);
  }

  // Refuses a command, or (`command` null) what is none. `line` is the whole error.
  void Reject(Client& client, const Command* command, const std::string& line, OutputBuffer& out);

  // The statistics of a refusal that is told in another way.
  void CountRejection(const Command* command, Bytes line);

  // That of one that failed with an error which is counted already.
  void CountFailure(const Command& command);

  // A command whose script was past its time (ScriptRunner) returned from Run without its account
  // and its effects; now it is through. `error` is the whole line if it failed, else null;
  // `counted` if the error itself is counted already.
  void FinishLate(Client& client, const std::string* error, bool counted, size_t reply_bytes);

  // Whether what runs is part of a transaction, whose parts no file may hold without the others.
  bool in_transaction() const { return in_transaction_; }
  void set_in_transaction(bool in_transaction) { in_transaction_ = in_transaction; }

  // Whether commands that may add data may run: false above `maxmemory` with nothing to evict, and
  // when the kernel gives no more memory.
  bool MayAddData() const;

 private:
  // The command that was left in its middle.
  struct Late {
    const Command* command;
    std::vector<std::string> args;
    uint64_t start_ticks;
    bool telling;  // Its effects are being gathered.
  };

  template <bool kUnattended>
  bool RunAs(Client& client, const Command& command, std::span<const Bytes> args,
             const HashHints& hints, OutputBuffer& out);
  CommandStatistics& CountCall(const Command& command, uint64_t duration_ns);
  void TellOthers(Client& client, const CommandSpec& spec, std::span<const Bytes> args);
  void LogIfSlow(Client& client, const CommandSpec& spec, std::span<const Bytes> args,
                 uint64_t duration_ns);
  void CountError(Bytes line);
  void LogIfLarge(Client& client, const CommandSpec& spec, std::span<const Bytes> args,
                  size_t reply_bytes);

  Services& services_;
  TickClock ticks_;
  uint64_t start_ticks_ = 0;
  bool in_transaction_ = false;
  std::optional<Late> late_;
};

}  // namespace thimble
