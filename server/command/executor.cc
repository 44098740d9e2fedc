#include "server/command/executor.h"

#include "server/command/context.h"
#include "server/command/error_text.h"
#include "server/config/settings.h"
#include "server/memory_ceiling.h"
#include "server/session/clients.h"
#include "server/session/tracking.h"
#include "server/stats/latency_monitor.h"
#include "server/stats/monitor_feed.h"
#include "server/stats/slow_log.h"
#include "server/stats/statistics.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {

bool Executor::Run(Client& client, const Command& command, std::span<const Bytes> args,
                   const HashHints& hints, OutputBuffer& out) {
  const CommandSpec& spec = *command.spec;
  const OutputBuffer::Mark before = out.End();
  const uint64_t start_ticks = start_ticks_;
  ++client.commands;
  if (spec.Is(kShownFirst) && !services_.clients.monitors().empty()) [[unlikely]] {
    FeedMonitors(services_, client, args);
  }

  CommandContext context(services_, client, command, out);
  Result<void> result =
      spec.run(context, ArgCursor(args.subspan(command.container == nullptr ? 1 : 2),
                                  services_.environment.hash_key, hints));
  const uint64_t end_ticks = ticks_.Read();
  const uint64_t duration_ns = ticks_.Nanoseconds(end_ticks - start_ticks);
  start_ticks_ = end_ticks;

  ServerStatistics& statistics = services_.statistics;
  CommandStatistics& own = statistics.commands[command.id];
  ++own.calls;
  own.total_ns += duration_ns;
  if (services_.settings.latency_tracking) own.CountDuration(duration_ns);
  ++statistics.commands_processed;
  const bool ok = result.ok();
  if (!ok) [[unlikely]] {
    out.Truncate(before);
    const std::string line = ErrorText(result.error(), command.full_name);
    ReplyWriter(out, client.protocol).Error(line);
    ++own.failed_calls;
    CountError(line);
  }
  if (client.tracking != nullptr && spec.Is(kReadOnly)) [[unlikely]] {
    services_.tracking.Remember(client, command, args);
  }
  const bool closing = client.connection != nullptr && client.connection->closing();
  const bool watched = !services_.clients.monitors().empty() && !closing;
  if (watched && !spec.Is(kSkipMonitor) && !spec.Is(kAdmin)) [[unlikely]] {
    FeedMonitors(services_, client, args);
  }
  const auto duration_us = static_cast<int64_t>(duration_ns / 1000);
  const int64_t slow_us = services_.settings.slowlog_log_slower_than_us;
  if (slow_us >= 0 && duration_us >= slow_us && !spec.Is(kSkipSlowLog)) [[unlikely]] {
    services_.slow_log.Record(services_, client, args, duration_us);
  }
  const int64_t latency_ms = services_.settings.latency_monitor_threshold_ms;
  if (latency_ms > 0 && duration_us >= latency_ms * 1000) [[unlikely]] {
    services_.latency.Record(spec.Is(kFast) ? "fast-command" : "command",
                             services_.environment.clock.NowMs() / 1000, duration_us / 1000);
  }
  return ok;
}

void Executor::Reject(Client& client, const Command* command, const std::string& line,
                      OutputBuffer& out) {
  ReplyWriter(out, client.protocol).Error(line);
  CountRejection(command, line);
}

void Executor::CountRejection(const Command* command, Bytes line) {
  if (command != nullptr) ++services_.statistics.commands[command->id].rejected_calls;
  CountError(line);
}

bool Executor::MayAddData() const {
  if (services_.settings.maxmemory > 0 && !services_.ceiling.MakeRoom()) return false;
  return process_slabs.HasReserve();
}

void Executor::CountError(Bytes line) {
  // Attackers choose the text of few errors, but a bound on distinct prefixes costs nothing.
  constexpr size_t kMaxPrefixes = 128;
  ServerStatistics& statistics = services_.statistics;
  ++statistics.error_replies;
  std::string prefix(line.substr(0, line.find(' ')));
  if (statistics.errors_by_prefix.size() < kMaxPrefixes ||
      statistics.errors_by_prefix.contains(prefix)) {
    ++statistics.errors_by_prefix[std::move(prefix)];
  }
}

}  // namespace thimble
