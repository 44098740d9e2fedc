#include "server/commands/client_commands.h"

#include <string>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/control.h"
#include "server/command/error_text.h"
#include "server/command/help.h"
#include "server/commands/client_filter.h"
#include "server/commands/client_name.h"
#include "server/commands/client_tracking.h"
#include "server/commands/row_words.h"
#include "server/pubsub/pubsub.h"
#include "server/session/client_line.h"
#include "server/session/clients.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

Result<void> ClientId(CommandContext& ctx, ArgCursor) {
  ctx.reply().Integer(static_cast<int64_t>(ctx.client().id));
  return Ok();
}

Result<void> ClientInfo(CommandContext& ctx, ArgCursor) {
  ctx.reply().Verbatim("txt", ClientLine(ctx.client(), ctx.NowMs()) + "\n");
  return Ok();
}

// CLIENT LIST [TYPE type | ID id [id ...]]
Result<void> ClientList(CommandContext& ctx, ArgCursor args) {
  Clients& clients = ctx.services().clients;
  const int64_t now_ms = ctx.NowMs();
  std::string lines;
  const auto add = [&](Client& client) {
    if (client.IsConnected()) lines += ClientLine(client, now_ms) + "\n";
  };
  if (args.Remaining() >= 2 && args.TakeWord("id")) {
    std::vector<Client*> named;
    while (args.HasNext()) {
      const auto id = args.NextInt();
      if (!id.ok()) return Error::Message("ERR Invalid client ID");
      if (Client* client = clients.Find(static_cast<uint64_t>(*id))) named.push_back(client);
    }
    for (Client* client : named) add(*client);
  } else if (args.Remaining() == 2 && args.TakeWord("type")) {
    auto kind = ParseClientKind(args.Next());
    if (!kind.ok()) return kind.error();
    clients.ForEach([&](Client& client) {
      if (KindOf(client) == *kind) add(client);
    });
  } else if (args.HasNext()) {
    return Errc::kSyntax;
  } else {
    clients.ForEach(add);
  }
  ctx.reply().Verbatim("txt", lines);
  return Ok();
}

Result<void> ClientSetName(CommandContext& ctx, ArgCursor args) {
  Result<void> named = NameClient(ctx.client(), args.Next());
  if (!named.ok()) return named;
  ctx.reply().Ok();
  return Ok();
}

Result<void> ClientGetName(CommandContext& ctx, ArgCursor) {
  if (ctx.client().name.empty()) {
    ctx.reply().Null();
  } else {
    ctx.reply().Bulk(Bytes(ctx.client().name));
  }
  return Ok();
}

// CLIENT SETINFO <LIB-NAME name | LIB-VER version>
Result<void> ClientSetInfo(CommandContext& ctx, ArgCursor args) {
  const Bytes attribute = args.Next();
  const Bytes value = args.Next();
  std::string* target = nullptr;
  if (IsWord(attribute, "lib-name")) target = &ctx.client().library_name;
  if (IsWord(attribute, "lib-ver")) target = &ctx.client().library_version;
  if (target == nullptr) {
    return Error::Message("ERR Unrecognized option '" + std::string(attribute) + "'");
  }
  if (!IsPlainWord(value)) {
    return Error::Message("ERR " + std::string(attribute) +
                          " cannot contain spaces, newlines or special characters.");
  }
  *target = value;
  ctx.reply().Ok();
  return Ok();
}

// The client that asks gets its answer first.
void Kill(Client& client, const Client& asking) {
  if (&client == &asking) {
    client.connection->CloseAfterFlush();
  } else {
    client.connection->Close();
    client.subscriptions.reset();  // The client itself goes a little later.
  }
}

// CLIENT KILL address: the old form, which may kill the asking client and must find somebody. All
// clients of a unix socket share an address.
Result<void> KillByAddress(CommandContext& ctx, Bytes address) {
  std::vector<Client*> found;
  ctx.services().clients.ForEach([&](Client& client) {
    if (client.IsConnected() && client.connection->PeerAddress() == address) {
      found.push_back(&client);
    }
  });
  if (found.empty()) return Error::Message("ERR No such client");
  ctx.reply().Ok();
  for (Client* const client : found) Kill(*client, ctx.client());
  return Ok();
}

Result<void> ClientKill(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() == 1) return KillByAddress(ctx, args.Next());
  auto filter = ParseClientFilter(args);
  if (!filter.ok()) return filter.error();
  const int64_t now_ms = ctx.NowMs();
  int64_t killed = 0;
  ctx.services().clients.ForEach([&](Client& client) {
    if (!client.IsConnected() || !filter->Matches(client, now_ms)) return;
    if (filter->skip_self && &client == &ctx.client()) return;
    Kill(client, ctx.client());
    ++killed;
  });
  ctx.reply().Integer(killed);
  return Ok();
}

// OFF and SKIP are themselves not answered.
Result<void> ClientReply(CommandContext& ctx, ArgCursor args) {
  Client& client = ctx.client();
  if (args.TakeWord("on")) {
    client.reply_mode = ReplyMode::kOn;
    ctx.reply().Ok();
  } else if (args.TakeWord("off")) {
    client.reply_mode = ReplyMode::kOff;
  } else if (args.TakeWord("skip")) {
    if (client.reply_mode != ReplyMode::kOff) client.reply_mode = ReplyMode::kSkipNext;
  } else {
    return Errc::kSyntax;
  }
  return Ok();
}

// CLIENT PAUSE timeout [WRITE | ALL]
Result<void> ClientPause(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() > 2) return WrongSubcommandUse("CLIENT", args.CalledBy());
  const auto timeout_ms = args.NextInt();
  ServerControl::Pause what = ServerControl::Pause::kAll;
  if (args.TakeWord("write")) {
    what = ServerControl::Pause::kWrites;
  } else if (args.HasNext() && !args.TakeWord("all")) {
    return Error::Message("ERR CLIENT PAUSE mode must be WRITE or ALL");
  }
  if (!timeout_ms.ok()) {
    return Error::Message("ERR timeout is not an integer or out of range");
  }
  if (*timeout_ms < 0) return Error::Message("ERR timeout is negative");
  const int64_t now_ms = ctx.NowMs();
  if (*timeout_ms > INT64_MAX - now_ms) return Error::Message("ERR timeout is out of range");
  ctx.services().control.PauseClients(what, now_ms + *timeout_ms);
  ctx.reply().Ok();
  return Ok();
}

Result<void> ClientUnpause(CommandContext& ctx, ArgCursor) {
  ctx.services().control.ResumeClients();
  ctx.reply().Ok();
  return Ok();
}

Result<void> SetSwitch(CommandContext& ctx, ArgCursor args, bool& value) {
  if (args.TakeWord("on")) {
    value = true;
  } else if (args.TakeWord("off")) {
    value = false;
  } else {
    return Errc::kSyntax;
  }
  ctx.reply().Ok();
  return Ok();
}

Result<void> ClientNoEvict(CommandContext& ctx, ArgCursor args) {
  return SetSwitch(ctx, args, ctx.client().no_evict);
}

Result<void> ClientNoTouch(CommandContext& ctx, ArgCursor args) {
  return SetSwitch(ctx, args, ctx.client().no_touch);
}

// CLIENT UNBLOCK id [TIMEOUT | ERROR]. Nothing blocks yet, so nobody is ever woken.
Result<void> ClientUnblock(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() > 2) return WrongSubcommandUse("CLIENT", args.CalledBy());
  const Bytes id = args.Next();
  if (args.HasNext() && !args.TakeWord("timeout") && !args.TakeWord("error")) {
    return Error::Message("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
  }
  if (!ParseInt64(id)) return Errc::kNotInteger;
  ctx.reply().Integer(0);
  return Ok();
}

constexpr uint32_t kClientFlags = kNoScript | kLoading | kStale;
constexpr const char* kPerClient = "O(N) in the number of clients.";

constexpr CommandSpec Subcommand(std::string_view name, Handler run, Arity arity, uint32_t flags,
                                 std::string_view since, std::string_view summary,
                                 std::string_view syntax = {},
                                 std::string_view complexity = "O(1)") {
  return {.name = name,
          .run = run,
          .arity = arity,
          .flags = flags,
          .categories = kConnectionCategory,
          .group = Group::kConnection,
          .since = since,
          .complexity = complexity,
          .summary = summary,
          .syntax = syntax};
}

constexpr CommandSpec WithTips(CommandSpec spec, std::span<const std::string_view> tips) {
  spec.tips = tips;
  return spec;
}

constexpr CommandSpec kClientSubcommands[] = {
    Subcommand("caching", ClientCaching, Exactly(3), kClientFlags, "6.0.0",
               "Makes the next command the exception to how keys are tracked.", "<YES | NO>"),
    Subcommand("getname", ClientGetName, Exactly(2), kClientFlags, "2.6.9",
               "Returns the connection's name."),
    Subcommand("getredir", ClientGetRedir, Exactly(2), kClientFlags, "6.0.0",
               "Returns the connection that gets this one's invalidations."),
    Subcommand("help", ContainerHelp, Exactly(2), kLoading | kStale, "5.0.0",
               "Lists the subcommands."),
    Subcommand("id", ClientId, Exactly(2), kClientFlags, "5.0.0",
               "Returns the connection's number."),
    WithTips(Subcommand("info", ClientInfo, Exactly(2), kClientFlags, "6.2.0",
                        "Describes this connection."),
             kAnyOutput),
    Subcommand("kill", ClientKill, AtLeast(3), kClientFlags | kAdmin, "2.4.0",
               "Closes the connections that meet all conditions.",
               "<ip:port | <[ID client-id:integer] | [TYPE <NORMAL | MASTER | SLAVE | REPLICA | "
               "PUBSUB>] | [USER username] | [ADDR ip:port] | [LADDR ip:port] | [SKIPME <YES | "
               "NO>] | [MAXAGE maxage:integer]>>",
               kPerClient),
    WithTips(Subcommand("list", ClientList, AtLeast(2), kClientFlags | kAdmin, "2.4.0",
                        "Describes all connections, or those asked for.",
                        "[TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [ID client-id:integer "
                        "[client-id ...]]",
                        kPerClient),
             kAnyOutput),
    Subcommand("no-evict", ClientNoEvict, Exactly(3), kClientFlags | kAdmin, "7.0.0",
               "Spares the connection when memory for clients runs out.", "<ON | OFF>"),
    Subcommand("no-touch", ClientNoTouch, Exactly(3), kClientFlags, "7.2.0",
               "Keeps this connection's reads from counting as uses of a key.", "<ON | OFF>"),
    Subcommand("pause", ClientPause, AtLeast(3), kClientFlags | kAdmin, "2.9.50",
               "Lets commands, or only those that write, wait for some milliseconds.",
               "timeout:integer [WRITE | ALL]"),
    Subcommand("reply", ClientReply, Exactly(3), kClientFlags, "3.2.0",
               "Says whether this connection gets replies.", "<ON | OFF | SKIP>"),
    Subcommand("setinfo", ClientSetInfo, Exactly(4), kClientFlags, "7.2.0",
               "Notes the name or version of the client's library.",
               "<LIB-NAME libname | LIB-VER libver>"),
    Subcommand("setname", ClientSetName, Exactly(3), kClientFlags, "2.6.9", "Names the connection.",
               "connection-name"),
    Subcommand("tracking", ClientTracking, AtLeast(3), kClientFlags, "6.0.0",
               "Switches notices about keys that this connection may have cached on or off.",
               "<ON | OFF> [REDIRECT client-id:integer] [PREFIX prefix [PREFIX prefix ...]] "
               "[BCAST] [OPTIN] [OPTOUT] [NOLOOP]"),
    Subcommand("trackinginfo", ClientTrackingInfo, Exactly(2), kClientFlags, "6.2.0",
               "Describes how this connection's keys are tracked."),
    Subcommand("unblock", ClientUnblock, AtLeast(3), kClientFlags | kAdmin, "5.0.0",
               "Wakes a connection that waits in a blocking command.",
               "client-id:integer [TIMEOUT | ERROR]"),
    Subcommand("unpause", ClientUnpause, Exactly(2), kClientFlags | kAdmin, "6.2.0",
               "Ends CLIENT PAUSE.", {}, kPerClient),
};
static_assert(WellFormed(kClientSubcommands));

constexpr CommandSpec kClientCommands[] = {
    {.name = "client",
     .arity = AtLeast(2),
     .group = Group::kConnection,
     .since = "2.4.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about connections.",
     .subcommands = kClientSubcommands},
};
static_assert(WellFormed(kClientCommands));

}  // namespace

std::span<const CommandSpec> ClientCommands() {
  return kClientCommands;
}

}  // namespace thimble
