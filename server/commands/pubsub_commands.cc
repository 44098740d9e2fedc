#include "server/commands/pubsub_commands.h"

#include <memory>
#include <string>
#include <vector>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/error_text.h"
#include "server/command/help.h"
#include "server/pubsub/pubsub.h"
#include "storage/common/glob.h"

namespace thimble {
namespace {

// --- Subscribing --------------------------------------------------------------------------------

// Shard channels are counted by themselves, channels and patterns together.
size_t CountFor(const Client& client, TopicKind kind) {
  const Subscriptions* const subscriptions = client.subscriptions.get();
  if (subscriptions == nullptr) return 0;
  if (kind == TopicKind::kShardChannel) return subscriptions->count(kind);
  return subscriptions->count(TopicKind::kChannel) + subscriptions->count(TopicKind::kPattern);
}

void Confirm(CommandContext& ctx, Bytes what, TopicKind kind, const Bytes* name) {
  ReplyWriter& reply = ctx.reply();
  reply.Push(3);
  reply.Bulk(what);
  if (name != nullptr) {
    reply.Bulk(*name);
  } else {
    reply.Null();
  }
  reply.Integer(static_cast<int64_t>(CountFor(ctx.client(), kind)));
}

Result<void> SubscribeTo(CommandContext& ctx, ArgCursor args, Bytes what, TopicKind kind) {
  Client& client = ctx.client();
  if (kind == TopicKind::kShardChannel && client.in_exec) {
    return Error::Message("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
  }
  while (args.HasNext()) {
    const Bytes name = args.Next();
    if (client.subscriptions == nullptr) {
      client.subscriptions = std::make_unique<Subscriptions>(ctx.services().pubsub, client);
    }
    client.subscriptions->Add(kind, name);
    Confirm(ctx, what, kind, &name);
  }
  return Ok();
}

// Without arguments: from all of that kind, and at least one line says so.
Result<void> UnsubscribeFrom(CommandContext& ctx, ArgCursor args, Bytes what, TopicKind kind) {
  Client& client = ctx.client();
  const auto leave = [&](Bytes name) {
    if (client.subscriptions != nullptr) client.subscriptions->Remove(kind, name);
    Confirm(ctx, what, kind, &name);
  };
  if (args.HasNext()) {
    while (args.HasNext()) leave(args.Next());
  } else if (client.subscriptions != nullptr && client.subscriptions->count(kind) > 0) {
    for (const std::string& name : client.subscriptions->Names(kind)) leave(name);
  } else {
    Confirm(ctx, what, kind, nullptr);
  }
  if (client.subscriptions != nullptr && client.subscriptions->empty()) {
    client.subscriptions.reset();
  }
  return Ok();
}

Result<void> Subscribe(CommandContext& ctx, ArgCursor args) {
  return SubscribeTo(ctx, args, "subscribe", TopicKind::kChannel);
}

Result<void> PSubscribe(CommandContext& ctx, ArgCursor args) {
  return SubscribeTo(ctx, args, "psubscribe", TopicKind::kPattern);
}

Result<void> SSubscribe(CommandContext& ctx, ArgCursor args) {
  return SubscribeTo(ctx, args, "ssubscribe", TopicKind::kShardChannel);
}

Result<void> Unsubscribe(CommandContext& ctx, ArgCursor args) {
  return UnsubscribeFrom(ctx, args, "unsubscribe", TopicKind::kChannel);
}

Result<void> PUnsubscribe(CommandContext& ctx, ArgCursor args) {
  return UnsubscribeFrom(ctx, args, "punsubscribe", TopicKind::kPattern);
}

Result<void> SUnsubscribe(CommandContext& ctx, ArgCursor args) {
  return UnsubscribeFrom(ctx, args, "sunsubscribe", TopicKind::kShardChannel);
}

// --- Publishing ---------------------------------------------------------------------------------

Result<void> Publish(CommandContext& ctx, ArgCursor args) {
  const Bytes channel = args.Next();
  ctx.reply().Integer(static_cast<int64_t>(ctx.services().pubsub.Publish(channel, args.Next())));
  return Ok();
}

Result<void> SPublish(CommandContext& ctx, ArgCursor args) {
  const Bytes channel = args.Next();
  ctx.reply().Integer(
      static_cast<int64_t>(ctx.services().pubsub.PublishToShard(channel, args.Next())));
  return Ok();
}

// --- PUBSUB -------------------------------------------------------------------------------------

Result<void> ListTopics(CommandContext& ctx, ArgCursor args, TopicKind kind) {
  if (args.Remaining() > 1) return WrongSubcommandUse("PUBSUB", args.CalledBy());
  const bool all = !args.HasNext();
  const Bytes pattern = all ? Bytes() : args.Next();
  const OutputBuffer::Mark mark = ctx.reply().Defer();
  size_t shown = 0;
  ctx.services().pubsub.ForEach(kind, [&](const Topic& topic) {
    if (!all && !GlobMatch(pattern, *topic.name)) return;
    ctx.reply().Bulk(Bytes(*topic.name));
    ++shown;
  });
  ctx.reply().FinishDeferred(mark, ReplyWriter::Aggregate::kArray, shown);
  return Ok();
}

Result<void> CountSubscribers(CommandContext& ctx, ArgCursor args, TopicKind kind) {
  ctx.reply().Array(args.Remaining() * 2);
  while (args.HasNext()) {
    const Bytes name = args.Next();
    ctx.reply().Bulk(name);
    ctx.reply().Integer(static_cast<int64_t>(ctx.services().pubsub.SubscribersOf(kind, name)));
  }
  return Ok();
}

Result<void> Channels(CommandContext& ctx, ArgCursor args) {
  return ListTopics(ctx, args, TopicKind::kChannel);
}

Result<void> ShardChannels(CommandContext& ctx, ArgCursor args) {
  return ListTopics(ctx, args, TopicKind::kShardChannel);
}

Result<void> NumSub(CommandContext& ctx, ArgCursor args) {
  return CountSubscribers(ctx, args, TopicKind::kChannel);
}

Result<void> ShardNumSub(CommandContext& ctx, ArgCursor args) {
  return CountSubscribers(ctx, args, TopicKind::kShardChannel);
}

Result<void> NumPat(CommandContext& ctx, ArgCursor) {
  ctx.reply().Integer(static_cast<int64_t>(ctx.services().pubsub.topics(TopicKind::kPattern)));
  return Ok();
}

// --- Rows ---------------------------------------------------------------------------------------

constexpr uint32_t kListening = kPubSub | kNoScript | kLoading | kStale | kWhileSubscribed;
constexpr uint32_t kTelling = kPubSub | kLoading | kStale | kFast | kMayReplicate;
constexpr uint32_t kAsking = kPubSub | kLoading | kStale;

constexpr CommandSpec Listening(std::string_view name, Handler run, Arity arity,
                                std::string_view since, std::string_view summary,
                                std::string_view syntax, KeySpecs keys = {}) {
  return {.name = name,
          .run = run,
          .arity = arity,
          .keys = keys,
          .flags = kListening,
          .group = Group::kPubSub,
          .since = since,
          .complexity = "O(1) per channel or pattern.",
          .summary = summary,
          .syntax = syntax};
}

constexpr CommandSpec Asking(std::string_view name, Handler run, Arity arity,
                             std::string_view since, std::string_view summary,
                             std::string_view syntax = {}, uint32_t flags = kAsking) {
  return {.name = name,
          .run = run,
          .arity = arity,
          .flags = flags,
          .group = Group::kPubSub,
          .since = since,
          .complexity = "O(N) in what is listed.",
          .summary = summary,
          .syntax = syntax};
}

constexpr CommandSpec kPubSubSubcommands[] = {
    Asking("channels", Channels, AtLeast(2), "2.8.0", "Lists the channels that have subscribers.",
           "[pattern:pattern]"),
    Asking("help", ContainerHelp, Exactly(2), "6.2.0", "Lists the subcommands.", {},
           kLoading | kStale),
    Asking("numpat", NumPat, Exactly(2), "2.8.0", "Counts the patterns subscribed to."),
    Asking("numsub", NumSub, AtLeast(2), "2.8.0", "Counts the subscribers of channels.",
           "[channel [channel ...]]"),
    Asking("shardchannels", ShardChannels, AtLeast(2), "7.0.0",
           "Lists the shard channels that have subscribers.", "[pattern:pattern]"),
    Asking("shardnumsub", ShardNumSub, AtLeast(2), "7.0.0",
           "Counts the subscribers of shard channels.", "[shardchannel [shardchannel ...]]"),
};
static_assert(WellFormed(kPubSubSubcommands));

constexpr CommandSpec kPubSubCommands[] = {
    Listening("psubscribe", PSubscribe, AtLeast(2), "2.0.0",
              "Listens to the channels that match patterns.", "pattern:pattern [pattern ...]"),
    {.name = "publish",
     .run = Publish,
     .arity = Exactly(3),
     .flags = kTelling,
     .group = Group::kPubSub,
     .since = "2.0.0",
     .complexity = "O(N+M) in the channel's subscribers and all patterns.",
     .summary = "Sends a message to those who listen to a channel.",
     .syntax = "channel message"},
    {.name = "pubsub",
     .arity = AtLeast(2),
     .group = Group::kPubSub,
     .since = "2.8.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about channels and their subscribers.",
     .subcommands = kPubSubSubcommands},
    Listening("punsubscribe", PUnsubscribe, AtLeast(1), "2.0.0",
              "Stops listening to patterns, or to all of them.", "[pattern:pattern [pattern ...]]"),
    {.name = "spublish",
     .run = SPublish,
     .arity = Exactly(3),
     .keys = KeyAt(1, kNotKey),
     .flags = kTelling,
     .group = Group::kPubSub,
     .since = "7.0.0",
     .complexity = "O(N) in the channel's subscribers.",
     .summary = "Sends a message to those who listen to a shard channel.",
     .syntax = "shardchannel message"},
    Listening("ssubscribe", SSubscribe, AtLeast(2), "7.0.0", "Listens to shard channels.",
              "shardchannel [shardchannel ...]", KeysFrom(1, kNotKey)),
    Listening("subscribe", Subscribe, AtLeast(2), "2.0.0", "Listens to channels.",
              "channel [channel ...]"),
    Listening("sunsubscribe", SUnsubscribe, AtLeast(1), "7.0.0",
              "Stops listening to shard channels, or to all of them.",
              "[shardchannel [shardchannel ...]]", KeysFrom(1, kNotKey)),
    Listening("unsubscribe", Unsubscribe, AtLeast(1), "2.0.0",
              "Stops listening to channels, or to all of them.", "[channel [channel ...]]"),
};
static_assert(WellFormed(kPubSubCommands));

}  // namespace

std::span<const CommandSpec> PubSubCommands() {
  return kPubSubCommands;
}

}  // namespace thimble
