#include "server/commands/transaction_commands.h"

#include <memory>
#include <utility>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/executor.h"
#include "server/command/latest_key.h"
#include "server/script/scripts.h"
#include "server/session/pushes.h"
#include "server/session/transaction.h"

namespace thimble {
namespace {

Transaction& TransactionOf(Client& client) {
  if (client.transaction == nullptr) client.transaction = std::make_unique<Transaction>();
  return *client.transaction;
}

Result<void> Multi(CommandContext& ctx, ArgCursor) {
  if (InMulti(ctx.client())) return Error::Message("ERR MULTI calls can not be nested");
  TransactionOf(ctx.client()).Open();
  ctx.reply().Ok();
  return Ok();
}

// CLIENT REPLY OFF silences itself and what follows, not the replies before it.
void RunQueue(Client& client, Services& services, Transaction& transaction, OutputBuffer& out) {
  client.in_exec = true;
  services.executor.set_in_transaction(true);
  if (!Mutes(client.reply_mode))
    ReplyWriter(out, client.protocol).Array(transaction.queue().size());
  LatestKey latest;
  transaction.queue().ForEach(
      [&](const Command& command, std::span<const Bytes> args, HashHints& hints) {
        if (hints.key.bytes.data() != nullptr) {
          latest.Locate(services.databases[client.database], hints.key);
        }
        const uint64_t before = out.written();
        services.executor.Run(client, command, args, hints, out);
        if (Mutes(client.reply_mode) && !AnswersByPushes(*command.spec)) [[unlikely]]
          out.TruncateTo(before);
      });
  services.executor.set_in_transaction(false);
  client.in_exec = false;
}

// From here on the client is outside MULTI and watches nothing, whatever the commands do.
Result<void> Exec(CommandContext& ctx, ArgCursor) {
  Client& client = ctx.client();
  if (!InMulti(client)) return Error::Message("ERR EXEC without MULTI");
  std::unique_ptr<Transaction> transaction = std::move(client.transaction);
  if (transaction->failed()) {
    return Error::Message("EXECABORT Transaction discarded because of previous errors.");
  }
  const bool changed = transaction->AnyChanged();
  transaction->ForgetWatches();
  if (changed) {
    if (!Mutes(client.reply_mode)) ctx.reply().NullArray();
    return Ok();
  }
  Services& services = ctx.services();
  if ((transaction->flags() & kRunsScript) == 0) [[likely]] {
    RunQueue(client, services, *transaction, ctx.reply().buffer());
    return Ok();
  }
  // A script may be left in its middle and with it all that is here.
  services.scripts.runner.RunTogether(
      ctx, [&client, &services, queue = std::shared_ptr<Transaction>(std::move(transaction))](
               OutputBuffer& out) { RunQueue(client, services, *queue, out); });
  return Ok();
}

Result<void> Discard(CommandContext& ctx, ArgCursor) {
  if (!InMulti(ctx.client())) return Error::Message("ERR DISCARD without MULTI");
  ctx.client().transaction.reset();
  ctx.reply().Ok();
  return Ok();
}

Result<void> Watch(CommandContext& ctx, ArgCursor args) {
  Client& client = ctx.client();
  if (InMulti(client)) return Error::Message("ERR WATCH inside MULTI is not allowed");
  Transaction& transaction = TransactionOf(client);
  while (args.HasNext()) {
    transaction.Watch(ctx.services().watched, client.database, args.Next());
  }
  ctx.reply().Ok();
  return Ok();
}

// Runs outside MULTI; inside it is queued, and EXEC has forgotten the keys before it runs.
Result<void> Unwatch(CommandContext& ctx, ArgCursor) {
  ctx.client().transaction.reset();
  ctx.reply().Ok();
  return Ok();
}

constexpr uint32_t kPlain = kNoScript | kLoading | kStale;
constexpr uint32_t kQuick = kPlain | kFast | kAllowBusy;

constexpr CommandSpec kTransactionCommands[] = {
    {.name = "discard",
     .run = Discard,
     .arity = Exactly(1),
     .flags = kQuick | kNotQueued,
     .group = Group::kTransactions,
     .since = "2.0.0",
     .complexity = "O(N) in the number of commands queued.",
     .summary = "Drops the commands queued since MULTI."},
    {.name = "exec",
     .run = Exec,
     .arity = Exactly(1),
     .flags = kPlain | kSkipSlowLog | kNotQueued | kRunsQueue,
     .group = Group::kTransactions,
     .since = "1.2.0",
     .complexity = "Depends on the commands queued.",
     .summary = "Runs the commands queued since MULTI, if no watched key has changed."},
    {.name = "multi",
     .run = Multi,
     .arity = Exactly(1),
     .flags = kQuick | kNotQueued | kBeginsTransaction,
     .group = Group::kTransactions,
     .since = "1.2.0",
     .complexity = "O(1)",
     .summary = "Begins a transaction: commands are queued until EXEC."},
    {.name = "unwatch",
     .run = Unwatch,
     .arity = Exactly(1),
     .flags = kQuick,
     .group = Group::kTransactions,
     .since = "2.2.0",
     .complexity = "O(N) in the number of keys watched.",
     .summary = "Watches no key any more."},
    {.name = "watch",
     .run = Watch,
     .arity = AtLeast(2),
     .keys = KeysFrom(1, kKeyReadOnly),
     .flags = kQuick | kNotQueued | kBeginsTransaction,
     .group = Group::kTransactions,
     .since = "2.2.0",
     .complexity = "O(1) per key.",
     .summary = "Has the next EXEC do nothing if one of the keys changes before it.",
     .syntax = "key [key ...]"},
};
static_assert(WellFormed(kTransactionCommands));

}  // namespace

std::span<const CommandSpec> TransactionCommands() {
  return kTransactionCommands;
}

}  // namespace thimble
