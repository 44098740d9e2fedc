#include "server/commands/latency_commands.h"

#include <string>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/help.h"
#include "server/command/registry.h"
#include "server/config/settings.h"
#include "server/stats/durations.h"
#include "server/stats/latency_monitor.h"

namespace thimble {
namespace {

Result<void> LatencyLatest(CommandContext& ctx, ArgCursor) {
  const auto& events = ctx.services().latency.events();
  ctx.reply().Array(events.size());
  for (const auto& [name, event] : events) {
    ctx.reply().Array(4);
    ctx.reply().Bulk(Bytes(name));
    ctx.reply().Integer(event.samples.back().time_s);
    ctx.reply().Integer(event.samples.back().latency_ms);
    ctx.reply().Integer(event.worst_ms);
  }
  return Ok();
}

Result<void> LatencyHistory(CommandContext& ctx, ArgCursor args) {
  const LatencyMonitor::Event* event = ctx.services().latency.Find(args.Next());
  if (event == nullptr) {
    ctx.reply().Array(0);
    return Ok();
  }
  ctx.reply().Array(event->samples.size());
  for (const LatencyMonitor::Sample& sample : event->samples) {
    ctx.reply().Array(2);
    ctx.reply().Integer(sample.time_s);
    ctx.reply().Integer(sample.latency_ms);
  }
  return Ok();
}

// LATENCY RESET [event ...]: all without one. Replies with how many were forgotten.
Result<void> LatencyReset(CommandContext& ctx, ArgCursor args) {
  LatencyMonitor& monitor = ctx.services().latency;
  size_t count = args.HasNext() ? 0 : monitor.ResetAll();
  while (args.HasNext()) count += monitor.Reset(args.Next());
  ctx.reply().Integer(static_cast<int64_t>(count));
  return Ok();
}

Result<void> Graph(CommandContext& ctx, ArgCursor args) {
  const Bytes name = args.Next();
  const LatencyMonitor::Event* event = ctx.services().latency.Find(name);
  if (event == nullptr) {
    return Error::Message("ERR No samples available for event '" + std::string(name) + "'");
  }
  ctx.reply().Verbatim("txt", LatencyGraph(name, *event, ctx.NowMs() / 1000));
  return Ok();
}

Result<void> LatencyDoctor(CommandContext& ctx, ArgCursor) {
  ctx.reply().Verbatim("txt", LatencyReport(ctx.services().latency,
                                            ctx.services().settings.latency_monitor_threshold_ms));
  return Ok();
}

// One command's histogram, and its subcommands'. Returns how many there were to show.
size_t WriteHistograms(CommandContext& ctx, const Command& command) {
  size_t shown = 0;
  const CommandStatistics& counted = ctx.services().statistics.commands[command.id];
  if (!counted.durations.empty()) {
    const auto points = CumulativeHistogramUs(counted);
    ReplyWriter& reply = ctx.reply();
    reply.Bulk(Bytes(command.full_name));
    reply.Map(2);
    reply.Bulk(Bytes("calls"));
    reply.Integer(points.empty() ? 0 : static_cast<int64_t>(points.back().second));
    reply.Bulk(Bytes("histogram_usec"));
    reply.Map(points.size());
    for (const auto& [microseconds, calls] : points) {
      reply.Integer(microseconds);
      reply.Integer(static_cast<int64_t>(calls));
    }
    ++shown;
  }
  for (const auto& subcommand : command.subcommands) shown += WriteHistograms(ctx, *subcommand);
  return shown;
}

// LATENCY HISTOGRAM [command ...]
Result<void> LatencyHistogram(CommandContext& ctx, ArgCursor args) {
  const CommandRegistry& registry = ctx.services().registry;
  const OutputBuffer::Mark mark = ctx.reply().Defer();
  size_t shown = 0;
  if (!args.HasNext()) {
    for (const auto& command : registry.commands()) shown += WriteHistograms(ctx, *command);
  }
  while (args.HasNext()) {
    const Command* command = registry.FindFull(args.Next());
    if (command != nullptr) shown += WriteHistograms(ctx, *command);
  }
  ctx.reply().FinishDeferred(mark, ReplyWriter::Aggregate::kMap, shown);
  return Ok();
}

constexpr std::string_view kTips[] = {"nondeterministic_output", "request_policy:all_nodes",
                                      "response_policy:special"};
constexpr std::string_view kOnEveryNode[] = {"request_policy:all_nodes",
                                             "response_policy:all_succeeded"};

constexpr CommandSpec Subcommand(std::string_view name, Handler run, Arity arity,
                                 std::string_view since, std::string_view summary,
                                 std::string_view syntax = {},
                                 std::span<const std::string_view> tips = kTips) {
  return {.name = name,
          .run = run,
          .arity = arity,
          .flags = kAdmin | kNoScript | kLoading | kStale,
          .group = Group::kServer,
          .since = since,
          .complexity = "O(N) in the size of the reply.",
          .summary = summary,
          .syntax = syntax,
          .tips = tips};
}

constexpr CommandSpec kLatencySubcommands[] = {
    Subcommand("doctor", LatencyDoctor, Exactly(2), "2.8.13",
               "Tells in words what latency spikes were seen."),
    Subcommand("graph", Graph, Exactly(3), "2.8.13", "Draws the spikes of an event.", "event"),
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kLoading | kStale,
     .group = Group::kServer,
     .since = "2.8.13",
     .complexity = "O(1)",
     .summary = "Lists the subcommands."},
    Subcommand("histogram", LatencyHistogram, AtLeast(2), "7.0.0",
               "Returns how long calls of commands took, as cumulative counts.",
               "[command [command ...]]"),
    Subcommand("history", LatencyHistory, Exactly(3), "2.8.13",
               "Returns the spikes of an event, oldest first.", "event"),
    Subcommand("latest", LatencyLatest, Exactly(2), "2.8.13",
               "Returns each event's latest and worst spike."),
    Subcommand("reset", LatencyReset, AtLeast(2), "2.8.13",
               "Forgets the spikes of the events given, or of all.", "[event [event ...]]",
               kOnEveryNode),
};
static_assert(WellFormed(kLatencySubcommands));

constexpr CommandSpec kLatencyCommands[] = {
    {.name = "latency",
     .arity = AtLeast(2),
     .group = Group::kServer,
     .since = "2.8.13",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about latency.",
     .subcommands = kLatencySubcommands},
};
static_assert(WellFormed(kLatencyCommands));

}  // namespace

std::span<const CommandSpec> LatencyCommands() {
  return kLatencyCommands;
}

}  // namespace thimble
