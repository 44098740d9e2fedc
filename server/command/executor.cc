#include "server/command/executor.h"

#include <algorithm>
#include <utility>

#include "server/command/context.h"
#include "server/command/effects.h"
#include "server/command/error_text.h"
#include "server/config/settings.h"
#include "server/memory_ceiling.h"
#include "server/script/scripts.h"
#include "server/session/clients.h"
#include "server/session/tracking.h"
#include "server/stats/command_log.h"
#include "server/stats/latency_monitor.h"
#include "server/stats/monitor_feed.h"
#include "server/stats/statistics.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {

inline CommandStatistics& Executor::CountCall(const Command& command, uint64_t duration_ns) {
  ServerStatistics& statistics = services_.statistics;
  CommandStatistics& own = statistics.commands[command.id];
  ++own.calls;
  own.total_ns += duration_ns;
  if (services_.settings.latency_tracking) own.CountDuration(duration_ns);
  ++statistics.commands_processed;
  return own;
}

// What is quick to tell, for nearly every command: not even twice its time in microseconds is as
// much as SLOWLOG looks for. A limit of -1, off, is more than any time.
inline bool MayBeSlow(const Settings& settings, uint64_t duration_ns) {
  return duration_ns / 512 >= static_cast<uint64_t>(settings.slowlog_log_slower_than_us) ||
         settings.latency_monitor_threshold_ms > 0;
}

// No argument adds more framing than this.
constexpr size_t kMostFraming = 32;

// Likewise: false if neither request nor reply can be as large as COMMANDLOG looks for.
// `input_bytes` 0: not known.
inline bool MayBeLarge(const Settings& settings, size_t input_bytes, size_t args,
                       size_t reply_bytes) {
  if (reply_bytes >= static_cast<uint64_t>(settings.commandlog_reply_larger_than)) return true;
  const size_t at_most = input_bytes + kMostFraming * (args + 1);
  return input_bytes == 0 ||
         at_most >= static_cast<uint64_t>(settings.commandlog_request_larger_than);
}

template <bool kUnattended>
bool Executor::RunAs(Client& client, const Command& command, std::span<const Bytes> args,
                     const HashHints& hints, OutputBuffer& out) {
  const CommandSpec& spec = *command.spec;
  const uint64_t before = out.written();
  const uint64_t start_ticks = start_ticks_;
  const TimeStands time_stands(services_.environment);
  ++client.commands;
  services_.environment.no_touch = client.no_touch;
  if (!kUnattended && spec.Is(kRunsScript) && !services_.clients.monitors().empty()) [[unlikely]] {
    FeedMonitors(services_, client, args);
  }

  Effects& effects = services_.effects;
  const bool telling = effects.active();
  if (telling) effects.Begin();
  CommandContext context(services_, client, command, out);
  const size_t names = !kUnattended && command.container != nullptr ? 2 : 1;
  Result<void> result =
      spec.run(context, ArgCursor(args.subspan(names), services_.environment.hash_key, hints));
  if (!kUnattended && client.running_script && services_.scripts.runner.busy()) [[unlikely]] {
    late_ = {&command, {args.begin(), args.end()}, start_ticks, telling};
    start_ticks_ = ticks_.Read();
    return true;
  }
  if (telling) [[unlikely]]
    effects.End(client, command, args, hints.sent);
  const uint64_t end_ticks = ticks_.Read();
  const uint64_t duration_ns = ticks_.Nanoseconds(end_ticks - start_ticks);
  start_ticks_ = end_ticks;
  CommandStatistics& own = CountCall(command, duration_ns);
  const bool ok = result.ok();
  if (!ok) [[unlikely]] {
    out.TruncateTo(before);
    const std::string line = ErrorText(result.error(), command.full_name);
    ReplyWriter(out, client.protocol).Error(line);
    ++own.failed_calls;
    CountError(line);
  }
  if constexpr (!kUnattended) {
    if (client.tracking != nullptr && spec.Is(kReadOnly) && !spec.Is(kRunsScript)) [[unlikely]] {
      services_.tracking.Remember(client, command, args);
    }
    if (!services_.clients.monitors().empty()) [[unlikely]]
      TellOthers(client, spec, args);
  }
  const size_t reply_bytes = out.written() - before;
  if (MayBeSlow(services_.settings, duration_ns)) [[unlikely]]
    LogIfSlow(client, spec, args, duration_ns);
  if (MayBeLarge(services_.settings, hints.input_bytes, args.size(), reply_bytes)) [[unlikely]] {
    LogIfLarge(client, spec, args, reply_bytes);
  }
  return ok;
}

template bool Executor::RunAs<true>(Client&, const Command&, std::span<const Bytes>,
                                    const HashHints&, OutputBuffer&);
template bool Executor::RunAs<false>(Client&, const Command&, std::span<const Bytes>,
                                     const HashHints&, OutputBuffer&);

void Executor::LogIfSlow(Client& client, const CommandSpec& spec, std::span<const Bytes> args,
                         uint64_t duration_ns) {
  const auto duration_us = static_cast<int64_t>(duration_ns / 1000);
  const int64_t slow_us = services_.settings.slowlog_log_slower_than_us;
  if (slow_us >= 0 && duration_us >= slow_us && !spec.Is(kSkipSlowLog)) {
    services_.command_log.Record(CommandLog::Kind::kSlow, services_, client, args, duration_us);
  }
  const int64_t latency_ms = services_.settings.latency_monitor_threshold_ms;
  if (latency_ms > 0 && duration_us >= latency_ms * 1000) {
    services_.latency.Record(spec.Is(kFast) ? "fast-command" : "command",
                             services_.environment.clock.NowMs() / 1000, duration_us / 1000);
  }
}

void Executor::TellOthers(Client& client, const CommandSpec& spec, std::span<const Bytes> args) {
  if (!client.is_script && client.connection == nullptr) return;
  if (!spec.Is(kSkipMonitor) && !spec.Is(kAdmin)) FeedMonitors(services_, client, args);
}

void Executor::FinishLate(Client& client, const std::string* error, bool counted,
                          size_t reply_bytes) {
  const Late late = std::move(*late_);
  late_.reset();
  const std::vector<Bytes> args(late.args.begin(), late.args.end());
  if (late.telling) services_.effects.End(client, *late.command, args, {});
  const uint64_t duration_ns = ticks_.Nanoseconds(ticks_.Read() - late.start_ticks);
  CommandStatistics& own = CountCall(*late.command, duration_ns);
  if (error != nullptr) {
    ++own.failed_calls;
    if (!counted) CountError(*error);
  }
  const CommandSpec& spec = *late.command->spec;
  TellOthers(client, spec, args);
  LogIfSlow(client, spec, args, duration_ns);
  LogIfLarge(client, spec, args, reply_bytes);
  if (client.tracking != nullptr) client.tracking->EndCaching(late.command);
}

void Executor::LogIfLarge(Client& client, const CommandSpec& spec, std::span<const Bytes> args,
                          size_t reply_bytes) {
  const Settings& settings = services_.settings;
  const int64_t most_reply = settings.commandlog_reply_larger_than;
  const int64_t most_request = settings.commandlog_request_larger_than;
  const auto reply = static_cast<int64_t>(reply_bytes);
  if (most_reply >= 0 && reply >= most_reply && !spec.Is(kSkipSlowLog)) [[unlikely]] {
    services_.command_log.Record(CommandLog::Kind::kLargeReply, services_, client, args, reply);
  }
  if (most_request < 0 || spec.Is(kSkipSlowLog)) return;
  size_t at_most = kMostFraming * (args.size() + 1);
  for (const Bytes arg : args) at_most += arg.size();
  if (at_most < static_cast<size_t>(most_request)) [[likely]]
    return;
  const int64_t request = RequestBytes(args);
  if (request < most_request) return;
  services_.command_log.Record(CommandLog::Kind::kLargeRequest, services_, client, args, request);
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

void Executor::CountFailure(const Command& command) {
  ++services_.statistics.commands[command.id].failed_calls;
}

bool Executor::MayAddData() const {
  if (services_.settings.maxmemory > 0 && !services_.ceiling.MakeRoom()) return false;
  return process_slabs.HasReserve();
}

// By the line's first word if that looks like a code, as "ERR" else. Scripts choose it: no line of
// INFO may come of it.
void Executor::CountError(Bytes line) {
  constexpr size_t kMaxPrefixes = 128;
  constexpr size_t kLongestPrefix = 30;
  ServerStatistics& statistics = services_.statistics;
  ++statistics.error_replies;
  const size_t end = line.substr(0, kLongestPrefix + 1).find_first_of(" \r\n");
  std::string prefix(end == Bytes::npos ? Bytes("ERR") : line.substr(0, end));
  const auto is_syntax = [](char c) { return c == '#' || c == ':'; };
  std::replace_if(prefix.begin(), prefix.end(), is_syntax, '_');
  if (statistics.errors_by_prefix.size() < kMaxPrefixes ||
      statistics.errors_by_prefix.contains(prefix)) {
    ++statistics.errors_by_prefix[std::move(prefix)];
  }
}

}  // namespace thimble
