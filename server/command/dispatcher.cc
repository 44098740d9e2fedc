#include "server/command/dispatcher.h"

#include <algorithm>
#include <array>
#include <bit>

#include "server/command/error_text.h"
#include "server/command/protected_access.h"
#include "server/config/settings.h"
#include "server/memory_ceiling.h"
#include "server/persist/persistence.h"
#include "server/script/scripts.h"
#include "server/session/clients.h"
#include "server/session/login.h"
#include "server/session/output_limit.h"
#include "server/session/pushes.h"
#include "server/session/tracking.h"
#include "server/session/transaction.h"
#include "server/stats/statistics.h"
#include "storage/common/equal.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

// What one client may have run before others get their turn: a paused client's backlog can be long.
constexpr int kBatchesPerTurn = 64;

// Input a client may have waiting before it logs in.
constexpr size_t kMaxUnauthenticatedInput = 1U << 20U;

// One request may have millions of arguments; the room for them does not stay.
constexpr size_t kMaxKeptArgs = size_t{64} << 10U;

// A table of this size that was just used is still in the processor's cache.
constexpr size_t kWarmTableBytes = size_t{64} << 10U;

// A web browser or a form tricked into posting to us: its headers must not be read as commands.
bool LooksLikeHttp(Bytes name) {
  return EqualsIgnoringCase(name, "post") || EqualsIgnoringCase(name, "host:");
}

bool PointsInto(Bytes whole, Bytes part) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

// Whether what is behind a request can be parsed only after it ran: a RESET may log the client out,
// which lowers limits, and words of an inline request may live in the parser, which the next
// Parse() reuses.
bool EndsBatch(Bytes request, std::span<const Bytes> args) {
  if (args.empty()) return false;
  if (EqualsIgnoringCase(args[0], "reset")) return true;
  if (request[0] == '*') [[likely]]
    return false;
  return !std::all_of(args.begin(), args.end(),
                      [&](Bytes arg) { return PointsInto(request, arg); });
}

// What a command may do: EXEC, what it has to run.
uint32_t FlagsOf(const Client& client, const CommandSpec& spec) {
  if (spec.Is(kRunsQueue) && client.transaction != nullptr) {
    return spec.flags | client.transaction->flags();
  }
  return spec.flags;
}

bool MayWrite(uint32_t flags) {
  return (flags & (kWrite | kMayReplicate)) != 0;
}

// Whether a command is refused while there is no room: what adds data, now or by EXEC, and whatever
// would be queued, or is refused there anyway.
bool NeedsRoom(const Client& client, const CommandSpec& spec) {
  if ((FlagsOf(client, spec) & kDenyOom) != 0) return true;
  return InMulti(client) && (!spec.Is(kNotQueued) || spec.Is(kBeginsTransaction));
}

bool HasFields(const CommandSpec& spec) {
  return spec.group == Group::kHash || spec.group == Group::kSet;
}

}  // namespace

Dispatcher::Dispatcher(Services& services) : services_(services) {
  args_.reserve(kBatch * 8);
}

void Dispatcher::OnInput(Client& client) {
  if (ended_) return;
  services_.pushes.Hold(client);
  RunInput(client);
  // What no command was through for: keys were evicted before a batch that ran none.
  if (services_.pushes.waiting()) [[unlikely]]
    services_.pushes.Deliver();
  services_.pushes.Release();
  if (services_.tracking.collected() && !services_.scripts.runner.busy()) [[unlikely]]
    services_.tracking.Broadcast();
}

void Dispatcher::RunInput(Client& client) {
  if (client.running_script) return;
  Connection& connection = *client.connection;
  client.active_ms = services_.environment.clock.NowMs();
  for (int batches = 0; !connection.closing(); ++batches) {
    if (batches == kBatchesPerTurn) {
      connection.ResumeInput();  // Others want their turn.
      return;
    }
    ParseBatch(client);
    if (batch_size_ == 0 && !broken_) {
      CloseIfOverLimits(client);
      return;
    }
    // What may add data asks again; for the rest once a batch will do.
    const bool busy = services_.scripts.runner.busy();
    if (services_.settings.maxmemory > 0 && !busy) services_.ceiling.MakeRoom();
    if (batch_size_ > 1) PrefetchBatch(client);

    size_t consumed = 0;
    bool stopped = false;
    services_.executor.StartClock();
    bool unattended = IsUnattended(client);
    for (Request& request : Batch()) {
      if (unattended && IsPlain(request)) [[likely]] {
        stopped = RunUnattended(client, request) == Next::kStop;
        if (stopped) [[unlikely]]
          break;
        consumed = request.end;
        continue;
      }
      stopped = Run(client, request) == Next::kStop;
      if (stopped) break;
      consumed = request.end;
      stopped = client.running_script;
      if (stopped) break;
      unattended = IsUnattended(client);
    }
    connection.Consume(consumed);
    if (client.running_script) [[unlikely]] {
      client.parser.Reset();
      return connection.HoldInput();
    }
    if (connection.closing()) return;
    if (stopped) {
      client.parser.Reset();  // What it remembers is of a request further on.
      CloseIfOverLimits(client);
      return;
    }
    if (broken_) {
      const uint64_t before = connection.output().written();
      if (!broken_line_.empty()) Reject(client, nullptr, broken_line_);
      if (Mutes(client.reply_mode)) connection.output().TruncateTo(before);
      connection.CloseAfterFlush();
      return;
    }
    CloseIfOverLimits(client);
  }
}

void Dispatcher::ParseBatch(Client& client) {
  Connection& connection = *client.connection;
  const Settings& settings = services_.settings;
  const Bytes input = connection.input();
  const RequestLimits limits{.max_bulk_bytes = static_cast<size_t>(settings.proto_max_bulk_len),
                             .authenticated = !NeedsLogin(settings, client)};
  // A login lifts limits, so what is behind one is parsed only after it ran.
  const size_t most = limits.authenticated ? kBatch : 1;

  if (args_.capacity() > kMaxKeptArgs) args_ = {};
  args_.clear();
  batch_size_ = 0;
  broken_ = false;
  size_t at = 0;
  while (batch_size_ < most && at < input.size()) {
    const size_t first_arg = args_.size();
    const RequestParser::Step step = client.parser.Parse(input.substr(at), limits, args_);
    if (step.outcome == RequestParser::Outcome::kNeedMore) {
      args_.resize(first_arg);
      if (at == 0) connection.ExpectInput(step.wanted);
      break;
    }
    if (step.outcome == RequestParser::Outcome::kBroken) {
      args_.resize(first_arg);
      broken_ = true;
      broken_line_ = client.parser.error();
      break;
    }
    const Bytes bytes = input.substr(at, step.consumed);
    at += step.consumed;
    Request& request = requests_[batch_size_++];
    request.first_arg = static_cast<uint32_t>(first_arg);
    request.arg_count = static_cast<uint32_t>(args_.size() - first_arg);
    request.end = at;
    request.command = nullptr;
    request.hints.Clear();
    request.hints.input_bytes = step.consumed;
    if (step.shortest) request.hints.sent = bytes;
    request.same_key = false;
    if (EndsBatch(bytes, ArgsOf(request))) break;
  }
}

void Dispatcher::PrefetchBatch(Client& client) {
  const HashKey& hash_key = services_.environment.hash_key;
  Keyspace& keys = services_.databases[client.database];
  std::array<uint64_t, kBatch> new_keys;
  size_t new_key_count = 0;
  bool any_fields = false;
  for (size_t i = 0; i < batch_size_; ++i) {
    Request& request = requests_[i];
    if (request.arg_count == 0) continue;
    const std::span<const Bytes> args = ArgsOf(request);
    request.command = FindCommand(args[0]);
    if (request.command == nullptr) continue;
    const CommandSpec& spec = *request.command->spec;
    const KeyRange& range = spec.keys.ranges[0];
    if (range.kind != KeyRange::Kind::kRange) continue;
    const auto first = static_cast<size_t>(range.first);
    if (first >= args.size()) continue;
    // A run of commands on one key hashes, prefetches and finds it once.
    const Hashed* const before = i == 0 ? nullptr : &requests_[i - 1].hints.key;
    if (before != nullptr && before->bytes.data() != nullptr &&
        EqualBytes(before->bytes, args[first])) {
      request.same_key = true;
      request.hints.key.bytes = args[first];
      request.hints.key.hash = before->hash;
    } else {
      request.hints.key.bytes = args[first];
      request.hints.key.hash = hash_key.Hash(args[first]);
      new_keys[new_key_count++] = request.hints.key.hash;
      keys.PrefetchDirectory(request.hints.key.hash);
    }
    if (HasFields(spec) && first + 1 < args.size()) {
      request.hints.field.bytes = args[first + 1];
      request.hints.field.hash = Hashed::kUnknown;
      any_fields = true;
    }
  }
  const std::span<const uint64_t> hashes(new_keys.data(), new_key_count);
  for (const uint64_t hash : hashes) keys.PrefetchBucket(hash);
  for (const uint64_t hash : hashes) keys.PrefetchEntry(hash);
  if (any_fields) PrefetchFields(keys);
}

void Dispatcher::PrefetchFields(Keyspace& keys) {
  const HashKey& hash_key = services_.environment.hash_key;
  struct Lookup {
    const Table* table;
    uint64_t hash;
  };
  std::array<Lookup, kBatch> found;
  size_t count = 0;
  const Table* table = nullptr;
  bool is_warm = false;
  for (size_t i = 0; i < batch_size_; ++i) {
    HashHints& hints = requests_[i].hints;
    if (hints.field.bytes.data() == nullptr) continue;
    if (requests_[i].same_key && requests_[i - 1].hints.field.bytes.data() != nullptr) {
      hints.key.PlaceAs(requests_[i - 1].hints.key);
    } else {
      table = keys.Locate(hints.key);
      is_warm =
          table != nullptr && table == latest_table_ && table->MemoryBytes() <= kWarmTableBytes;
      latest_table_ = table;
    }
    if (table == nullptr) continue;  // A small one, searched by its bytes.
    hints.field.hash = hash_key.Hash(hints.field.bytes);
    if (is_warm) continue;
    found[count++] = {table, hints.field.hash};
    table->PrefetchDirectory(hints.field.hash);
  }
  const std::span<const Lookup> lookups(found.data(), count);
  for (const Lookup& lookup : lookups) lookup.table->PrefetchBucket(lookup.hash);
  for (const Lookup& lookup : lookups) lookup.table->PrefetchEntry(lookup.hash);
}

// A client tends to send the same command again and again.
const Command* Dispatcher::FindCommand(Bytes name) {
  if (EqualBytes(name, latest_name_)) return latest_command_;
  const Command* const command = services_.registry.Find(name);
  if (command != nullptr) {
    latest_name_ = name;
    latest_command_ = command;
  }
  return command;
}

bool Dispatcher::IsUnattended(const Client& client) const {
  return client.transaction == nullptr && client.subscriptions == nullptr &&
         client.tracking == nullptr && client.reply_mode == ReplyMode::kOn && !client.monitoring &&
         !NeedsLogin(services_.settings, client) && paused_ == Paused::kNot &&
         !services_.persistence.restricts() && !services_.scripts.runner.busy() &&
         services_.clients.monitors().empty();
}

bool Dispatcher::IsPlain(Request& request) {
  if (request.arg_count == 0) return false;
  if (request.command == nullptr) request.command = FindCommand(ArgsOf(request)[0]);
  const Command* const command = request.command;
  return command != nullptr && command->plain && command->spec->arity.Accepts(request.arg_count) &&
         (!command->spec->Is(kDenyOom) || HasRoomFor(request.hints));
}

Dispatcher::Next Dispatcher::RunUnattended(Client& client, const Request& request) {
  Connection& connection = *client.connection;
  client.last_command = request.command->spec;
  client.last_container = nullptr;
  services_.executor.RunUnattended(client, *request.command, ArgsOf(request), request.hints,
                                   connection.output());
  if (!services_.pushes.waiting()) [[likely]]
    return Next::kContinue;
  services_.pushes.Deliver();
  return connection.closing() ? Next::kStop : Next::kContinue;
}

bool Dispatcher::HasRoomFor(const HashHints& hints) const {
  return services_.executor.MayAddData() && process_slabs.HasHeapFor(hints.input_bytes);
}

Dispatcher::Next Dispatcher::Run(Client& client, Request& request) {
  if (request.arg_count == 0) return Next::kContinue;
  const std::span<const Bytes> args = ArgsOf(request);
  Connection& connection = *client.connection;
  const uint64_t before = connection.output().written();

  const Command* const command = Resolve(client, request, args);
  const bool admitted = command != nullptr && Admits(client, *command, request.hints, args);
  Answer answer = Answer::kReply;
  if (admitted) {
    if (paused_ != Paused::kNot && MustWait(client, *command->spec, args)) [[unlikely]] {
      client.waiting = true;
      return Next::kStop;
    }
    answer = Execute(client, *command, request.hints, args);
    if (client.running_script) [[unlikely]]
      return Next::kContinue;  // The rest follows when its script has ended.
  }

  if (client.reply_mode != ReplyMode::kOn) [[unlikely]] {
    if (answer == Answer::kReply && Mutes(client.reply_mode)) {
      connection.output().TruncateTo(before);
    }
    client.reply_mode = AfterCommand(client.reply_mode);
  }
  if (client.tracking != nullptr) [[unlikely]]
    client.tracking->EndCaching(command);
  if (services_.pushes.waiting()) [[unlikely]]
    services_.pushes.Deliver();
  return connection.closing() || ended_ ? Next::kStop : Next::kContinue;
}

bool Dispatcher::MustWait(const Client& client, const CommandSpec& spec,
                          std::span<const Bytes> args) const {
  if (paused_ == Paused::kAll) return true;
  return MayWrite(FlagsOf(client, spec)) && !services_.scripts.PromisesNoWrites(spec, args);
}

// Runs an admitted command, or queues it behind a MULTI.
Dispatcher::Answer Dispatcher::Execute(Client& client, const Command& command,
                                       const HashHints& hints, std::span<const Bytes> args) {
  OutputBuffer& out = client.connection->output();
  client.last_command = command.spec;
  client.last_container = command.container == nullptr ? nullptr : command.container->spec;
  if (InMulti(client) && !command.spec->Is(kNotQueued)) {
    client.transaction->Queue(command, args, hints);
    ReplyWriter(out, client.protocol).Queued();
    return Answer::kReply;
  }
  const bool ok = services_.executor.Run(client, command, args, hints, out);
  // EXEC leaves out itself what is to be silent.
  const bool mutes_itself = AnswersByPushes(*command.spec) || command.spec->Is(kRunsQueue);
  return ok && mutes_itself ? Answer::kMutedItself : Answer::kReply;
}

const Command* Dispatcher::Resolve(Client& client, Request& request, std::span<const Bytes> args) {
  if (request.command == nullptr) request.command = FindCommand(args[0]);
  const Command* command = request.command;
  if (command == nullptr) {
    if (LooksLikeHttp(args[0])) {
      client.connection->Close();
      return nullptr;
    }
    Reject(client, nullptr, UnknownCommandText(args));
    return nullptr;
  }
  if (!command->subcommands.empty() && args.size() > 1) {
    const Command* subcommand = command->FindSubcommand(args[1]);
    if (subcommand == nullptr) {
      Reject(client, nullptr, UnknownSubcommandText(command->full_name, args[1]));
      return nullptr;
    }
    command = subcommand;
  }
  return command;
}

bool Dispatcher::Admits(Client& client, const Command& command, const HashHints& hints,
                        std::span<const Bytes> args) {
  const CommandSpec& spec = *command.spec;
  if (spec.run == nullptr || !spec.arity.Accepts(args.size())) {
    Reject(client, &command, ErrorText(Errc::kArity, command.full_name));
    return false;
  }
  if (spec.Is(kProtected)) [[unlikely]] {
    const char* const refusal =
        ProtectedRefusal(client, services_.settings.enable_debug_command, args);
    if (refusal != nullptr) {
      Reject(client, &command, refusal);
      return false;
    }
  }
  if (NeedsLogin(services_.settings, client) && !spec.Is(kNoAuth)) {
    Reject(client, &command, "NOAUTH Authentication required.");
    return false;
  }
  if (spec.Is(kNoMulti) && InMulti(client)) [[unlikely]] {
    Reject(client, &command, "ERR Command not allowed inside a transaction");
    return false;
  }
  const ScriptRunner& runner = services_.scripts.runner;
  if (runner.busy() && !spec.Is(kAllowBusy)) [[unlikely]] {
    Reject(client, &command, runner.BusyText());
    return false;
  }
  if (NeedsRoom(client, spec) && !HasRoomFor(hints)) [[unlikely]] {
    Reject(client, &command, ErrorText(Errc::kOutOfMemory, command.full_name));
    return false;
  }
  if (services_.persistence.restricts()) [[unlikely]] {
    const std::string line = services_.persistence.Refusal(spec, FlagsOf(client, spec));
    if (!line.empty()) {
      Reject(client, &command, line);
      return false;
    }
  }
  const bool listens_only = client.subscriptions != nullptr && client.protocol == Protocol::kResp2;
  if (listens_only && !spec.Is(kWhileSubscribed)) [[unlikely]] {
    Reject(client, &command,
           "ERR Can't execute '" + command.full_name +
               "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in "
               "this context");
    return false;
  }
  if (client.monitoring && (MayWrite(spec.flags) || spec.Is(kReadOnly))) [[unlikely]] {
    Reject(client, &command, "ERR Replica can't interact with the keyspace");
    return false;
  }
  return true;
}

// What cannot be queued has the transaction fail; an EXEC that cannot run ends it.
void Dispatcher::Reject(Client& client, const Command* command, std::string line) {
  if (command != nullptr && command->spec->Is(kRunsQueue)) {
    constexpr Bytes kPrefix = "ERR ";
    if (line.starts_with(kPrefix)) line.erase(0, kPrefix.size());
    line.insert(0, "EXECABORT Transaction discarded because of: ");
    client.transaction.reset();
  } else if (InMulti(client)) {
    client.transaction->Fail();
  }
  services_.executor.Reject(client, command, line, client.connection->output());
}

void Dispatcher::CloseIfOverLimits(Client& client) {
  Connection& connection = *client.connection;
  const Settings& settings = services_.settings;
  const auto input_limit = NeedsLogin(settings, client)
                               ? kMaxUnauthenticatedInput
                               : static_cast<size_t>(settings.client_query_buffer_limit);
  const size_t queued =
      client.transaction == nullptr ? 0 : client.transaction->queue().used_bytes();
  if (connection.input_bytes() + queued > input_limit) {
    ++services_.statistics.query_buffer_disconnections;
    connection.Close();
    return;
  }
  EnforceOutputLimit(services_, client);
}

}  // namespace thimble
