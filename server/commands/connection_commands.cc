#include "server/commands/connection_commands.h"

#include <algorithm>
#include <climits>
#include <string>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/error_text.h"
#include "server/commands/client_name.h"
#include "server/config/identity.h"
#include "server/config/settings.h"
#include "server/pubsub/pubsub.h"
#include "server/session/clients.h"
#include "server/session/login.h"
#include "server/session/tracking.h"
#include "server/session/transaction.h"
#include "server/stats/statistics.h"

namespace thimble {
namespace {

constexpr const char* kWrongPassword =
    "WRONGPASS invalid username-password pair or user is disabled.";

// Takes as long for a wrong password as for the right one.
bool SamePassword(Bytes given, Bytes expected) {
  unsigned char difference = given.size() == expected.size() ? 0 : 1;
  for (size_t i = 0; i < given.size(); ++i) {
    const char other = expected.empty() ? '\0' : expected[i % expected.size()];
    difference |= static_cast<unsigned char>(given[i] ^ other);
  }
  return difference == 0;
}

// The only user so far is "default"; without requirepass it takes any password.
Result<void> LogIn(CommandContext& ctx, Bytes user, Bytes password) {
  const std::string& expected = ctx.services().settings.requirepass;
  if (user != "default" || (!expected.empty() && !SamePassword(password, expected))) {
    ++ctx.services().statistics.auth_denied;
    return Error::Message(kWrongPassword);
  }
  ctx.client().authenticated = true;
  ctx.client().user = "default";
  return Ok();
}

Result<void> Ping(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() > 1) return Errc::kArity;
  const Client& client = ctx.client();
  if (client.subscriptions != nullptr && client.protocol == Protocol::kResp2) {
    ctx.reply().Array(2);
    ctx.reply().Bulk(Bytes("pong"));
    ctx.reply().Bulk(args.HasNext() ? args.Next() : Bytes());
  } else if (args.HasNext()) {
    ctx.reply().Bulk(args.Next());
  } else {
    ctx.reply().Status("PONG");
  }
  return Ok();
}

Result<void> Echo(CommandContext& ctx, ArgCursor args) {
  ctx.reply().Bulk(args.Next());
  return Ok();
}

Result<void> Quit(CommandContext& ctx, ArgCursor) {
  ctx.reply().Ok();
  if (Connection* const connection = ctx.client().connection) connection->CloseAfterFlush();
  return Ok();
}

Result<void> Select(CommandContext& ctx, ArgCursor args) {
  const auto index = args.NextInt();
  if (!index.ok()) return Errc::kNotInteger;
  if (*index < INT_MIN || *index > INT_MAX) {
    return Error::Message(
        "ERR value is out of range, value must between -2147483648 and 2147483647");
  }
  if (*index < 0 || *index >= ctx.databases().count()) return Errc::kDbOutOfRange;
  ctx.client().database = static_cast<int>(*index);
  ctx.reply().Ok();
  return Ok();
}

// AUTH [username] password
Result<void> Auth(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() > 2) return Errc::kSyntax;
  if (args.Remaining() == 1 && ctx.services().settings.requirepass.empty()) {
    return Error::Message(
        "ERR AUTH <password> called without any password configured for the default user. Are "
        "you sure your configuration is correct?");
  }
  const Bytes user = args.Remaining() == 2 ? args.Next() : Bytes("default");
  Result<void> done = LogIn(ctx, user, args.Next());
  if (!done.ok()) return done;
  ctx.reply().Ok();
  return Ok();
}

void DescribeServer(CommandContext& ctx) {
  Client& client = ctx.client();
  ReplyWriter reply(ctx.reply().buffer(), client.protocol);  // The protocol just chosen.
  reply.Map(7);
  reply.Bulk(Bytes("server"));
  reply.Bulk(Bytes("redis"));
  reply.Bulk(Bytes("version"));
  reply.Bulk(Bytes(kRedisVersion));
  reply.Bulk(Bytes("proto"));
  reply.Integer(static_cast<int64_t>(client.protocol));
  reply.Bulk(Bytes("id"));
  reply.Integer(static_cast<int64_t>(client.id));
  reply.Bulk(Bytes("mode"));
  reply.Bulk(Bytes("standalone"));
  reply.Bulk(Bytes("role"));
  reply.Bulk(Bytes("master"));
  reply.Bulk(Bytes("modules"));
  reply.Array(0);
}

// HELLO [protover [AUTH username password] [SETNAME clientname]]
//
// Options take effect as they are read, so a login stays even if something behind it is refused.
Result<void> Hello(CommandContext& ctx, ArgCursor args) {
  Client& client = ctx.client();
  Protocol protocol = client.protocol;
  if (args.HasNext()) {
    const auto version = args.NextInt();
    if (!version.ok()) {
      return Error::Message("ERR Protocol version is not an integer or out of range");
    }
    if (*version != 2 && *version != 3) {
      return Error::Message("NOPROTO unsupported protocol version");
    }
    protocol = *version == 2 ? Protocol::kResp2 : Protocol::kResp3;
  }
  while (args.HasNext()) {
    Result<void> done = Ok();
    if (args.Remaining() >= 3 && args.TakeWord("auth")) {
      const Bytes user = args.Next();
      done = LogIn(ctx, user, args.Next());
    } else if (args.TakeOption("setname")) {
      done = NameClient(client, args.Next());
    } else {
      const Bytes option = Quotable(args.Next(), Bytes::npos);
      done = Error::Message("ERR Syntax error in HELLO option '" + std::string(option) + "'");
    }
    if (!done.ok()) return done;
  }
  if (NeedsLogin(ctx.services().settings, client)) {
    return Error::Message(
        "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO "
        "<proto> AUTH <user> <pass> option can be used to authenticate the client and select the "
        "RESP protocol version at the same time");
  }
  client.protocol = protocol;
  DescribeServer(ctx);
  return Ok();
}

// Back to how the connection began, except for what the library said of itself.
Result<void> Reset(CommandContext& ctx, ArgCursor) {
  Client& client = ctx.client();
  std::erase(ctx.services().clients.monitors(), &client);
  client.monitoring = false;
  client.transaction.reset();
  client.subscriptions.reset();
  client.tracking.reset();
  client.database = 0;
  client.protocol = Protocol::kResp2;
  if (client.reply_mode != ReplyMode::kSkipThis) client.reply_mode = ReplyMode::kOn;
  client.no_evict = false;
  client.no_touch = false;
  client.name.clear();
  client.user = "default";
  client.authenticated = ctx.services().settings.requirepass.empty();
  ctx.reply().Status("RESET");
  return Ok();
}

// There is no cluster to read stale data in, so both are what clients hope for: nothing to do.
Result<void> ReadOnlyMode(CommandContext& ctx, ArgCursor) {
  ctx.reply().Ok();
  return Ok();
}

// WAIT numreplicas timeout: there are no replicas to wait for.
Result<void> Wait(CommandContext& ctx, ArgCursor args) {
  if (!args.NextInt().ok()) return Errc::kNotInteger;
  const auto timeout_ms = args.NextInt();
  if (!timeout_ms.ok()) return Error::Message("ERR timeout is not an integer or out of range");
  if (*timeout_ms < 0) return Error::Message("ERR timeout is negative");
  ctx.reply().Integer(0);
  return Ok();
}

constexpr uint32_t kAtAnyTime = kNoScript | kLoading | kStale | kFast | kNoAuth | kAllowBusy;
constexpr std::string_view kWaitTips[] = {"request_policy:all_shards", "response_policy:agg_min"};
constexpr std::string_view kPingTips[] = {"request_policy:all_shards",
                                          "response_policy:all_succeeded"};

constexpr CommandSpec kConnectionCommands[] = {
    {.name = "auth",
     .run = Auth,
     .arity = AtLeast(2),
     .flags = kAtAnyTime,
     .group = Group::kConnection,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Logs the connection in.",
     .syntax = "[username] password"},
    {.name = "echo",
     .run = Echo,
     .arity = Exactly(2),
     .flags = kFast | kLoading | kStale,
     .group = Group::kConnection,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Sends a message back.",
     .syntax = "message"},
    {.name = "hello",
     .run = Hello,
     .arity = AtLeast(1),
     .flags = kAtAnyTime,
     .group = Group::kConnection,
     .since = "6.0.0",
     .complexity = "O(1)",
     .summary = "Chooses the protocol, logs in and names the connection, and describes the server.",
     .syntax = "[protover:integer [AUTH username password] [SETNAME clientname]]"},
    {.name = "ping",
     .run = Ping,
     .arity = AtLeast(1),
     .flags = kFast | kWhileSubscribed,
     .group = Group::kConnection,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Answers PONG, or sends a message back.",
     .syntax = "[message]",
     .tips = kPingTips},
    {.name = "quit",
     .run = Quit,
     .arity = AtLeast(1),
     .flags = kAtAnyTime | kNotQueued | kWhileSubscribed,
     .group = Group::kConnection,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Closes the connection once its replies are sent."},
    {.name = "readonly",
     .run = ReadOnlyMode,
     .arity = Exactly(1),
     .flags = kFast | kLoading | kStale,
     .group = Group::kConnection,
     .since = "3.0.0",
     .complexity = "O(1)",
     .summary = "Accepted for cluster clients; changes nothing."},
    {.name = "readwrite",
     .run = ReadOnlyMode,
     .arity = Exactly(1),
     .flags = kFast | kLoading | kStale,
     .group = Group::kConnection,
     .since = "3.0.0",
     .complexity = "O(1)",
     .summary = "Accepted for cluster clients; changes nothing."},
    {.name = "reset",
     .run = Reset,
     .arity = Exactly(1),
     .flags = kAtAnyTime | kNotQueued | kWhileSubscribed,
     .group = Group::kConnection,
     .since = "6.2.0",
     .complexity = "O(1)",
     .summary = "Puts the connection back to how it began."},
    {.name = "select",
     .run = Select,
     .arity = Exactly(2),
     .flags = kFast | kLoading | kStale,
     .group = Group::kConnection,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Chooses the database that commands work on.",
     .syntax = "index:integer"},
    {.name = "wait",
     .run = Wait,
     .arity = Exactly(3),
     .flags = kNoScript,
     .categories = kConnectionCategory,
     .group = Group::kGeneric,
     .since = "3.0.0",
     .complexity = "O(1)",
     .summary = "Returns how many replicas have the writes so far: none, as there are none.",
     .syntax = "numreplicas:integer timeout:integer",
     .tips = kWaitTips},
};
static_assert(WellFormed(kConnectionCommands));

}  // namespace

std::span<const CommandSpec> ConnectionCommands() {
  return kConnectionCommands;
}

}  // namespace thimble
