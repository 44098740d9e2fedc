#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "server/command/args.h"
#include "server/command/executor.h"
#include "server/command/registry.h"
#include "server/command/services.h"
#include "server/session/client.h"

namespace thimble {

class Keyspace;
class Table;

// Turns a client's input into executed commands.
//
// Batches     Everything one read brought is parsed ahead, up to kBatch requests; their keys and
//             fields are hashed and the memory they will touch is prefetched stage by stage; then
//             they run in order. What was computed ahead is only a hint, so results are exactly
//             those of one request at a time.
// Stopping    A batch ends early where what follows depends on what runs first: at a login, a
//             pause, a close. Requests parsed but not run stay in the connection's input and are
//             parsed again.
class Dispatcher {
 public:
  static constexpr size_t kBatch = 32;

  explicit Dispatcher(Services& services);

  // Runs what the client's connection holds. Whole requests are consumed, the rest stays.
  void OnInput(Client& client);

  // From now on nothing runs: the server ends, and what it would do then is lost.
  void End() { ended_ = true; }

  // While paused, commands wait: all of them, or those that may write.
  enum class Paused : uint8_t { kNot, kWrites, kAll };
  void set_paused(Paused paused) { paused_ = paused; }
  Paused paused() const { return paused_; }

 private:
  struct Request {
    uint32_t first_arg = 0;
    uint32_t arg_count = 0;
    size_t end = 0;                    // Where in the input the request ends.
    const Command* command = nullptr;  // Null until it is looked up, or if there is none.
    HashHints hints;
    bool same_key = false;  // As the request before it.
  };
  // What a run of one request means for those behind it.
  enum class Next : uint8_t { kContinue, kStop };

  void RunInput(Client& client);
  // Fills the batch from the input. Where the stream is broken it ends, and broken_ is set.
  void ParseBatch(Client& client);
  void PrefetchBatch(Client& client);
  void PrefetchFields(Keyspace& keys);
  Next Run(Client& client, Request& request);

  // Most commands are plain (Command::plain) and find nobody who attends to more than the data. Who
  // might is looked for once a batch and behind each command that is not plain, instead of around
  // every one.
  bool IsUnattended(const Client& client) const;
  // Whether an unattended request is a plain command that may run.
  bool IsPlain(Request& request);
  Next RunUnattended(Client& client, const Request& request);
  bool HasRoomFor(const HashHints& hints) const;

  // The command, or the subcommand, that a request names. Writes the error and returns null if
  // there is none.
  const Command* Resolve(Client& client, Request& request, std::span<const Bytes> args);
  // The checks before a command may run. Writes the error and returns false if it may not.
  bool Admits(Client& client, const Command& command, const HashHints& hints,
              std::span<const Bytes> args);
  // Whether a command has to wait for the end of a pause. REQUIRES: there is one.
  bool MustWait(const Client& client, const CommandSpec& spec, std::span<const Bytes> args) const;
  // Whether CLIENT REPLY OFF and SKIP apply to what a command wrote, or it knows better itself.
  enum class Answer : uint8_t { kReply, kMutedItself };
  Answer Execute(Client& client, const Command& command, const HashHints& hints,
                 std::span<const Bytes> args);
  void Reject(Client& client, const Command* command, std::string line);
  void CloseIfOverLimits(Client& client);
  const Command* FindCommand(Bytes name);
  std::span<Request> Batch() { return {requests_.data(), batch_size_}; }
  std::span<const Bytes> ArgsOf(const Request& request) const {
    return {args_.data() + request.first_arg, request.arg_count};
  }

  Services& services_;
  Paused paused_ = Paused::kNot;
  bool ended_ = false;
  std::vector<Bytes> args_;
  std::array<Request, kBatch> requests_;
  size_t batch_size_ = 0;    // Of requests_, those in use.
  std::string latest_name_;  // As it was spelled.
  const Command* latest_command_ = nullptr;
  const Table* latest_table_ = nullptr;  // Only ever compared: it may be gone.
  bool broken_ = false;
  std::string broken_line_;
};

}  // namespace thimble
