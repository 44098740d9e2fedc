// The sections of INFO about what the server has counted.
#include <cstdio>

#include "server/command/registry.h"
#include "server/config/settings.h"
#include "server/net/peer_link.h"
#include "server/persist/persistence.h"
#include "server/pubsub/pubsub.h"
#include "server/script/scripts.h"
#include "server/session/tracking.h"
#include "server/stats/durations.h"
#include "server/stats/info_sections.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/databases.h"

namespace thimble {
namespace {

using enum InfoRegistry::Shown;

std::string Fixed(double value, int places) {
  char digits[64];
  const int length = std::snprintf(digits, sizeof digits, "%.*f", places, value);
  return {digits, static_cast<size_t>(length)};
}

uint64_t CommandDurationUs(const ServerStatistics& counted) {
  uint64_t total_ns = 0;
  for (const CommandStatistics& command : counted.commands) total_ns += command.total_ns;
  return total_ns / 1000;
}

void WriteStats(InfoText& text, Services& services) {
  const ServerStatistics& counted = services.statistics;
  const KeyspaceStatistics& keys = services.environment.statistics;
  text.Field("total_connections_received", counted.connections_received);
  text.Field("total_commands_processed", counted.commands_processed);
  text.Field("instantaneous_ops_per_sec", counted.commands_per_second);
  text.Field("total_net_input_bytes", counted.net_input_bytes);
  text.Field("total_net_output_bytes", counted.net_output_bytes);
  text.Zeroes({"total_net_repl_input_bytes", "total_net_repl_output_bytes"});
  text.Field("instantaneous_input_kbps", counted.input_kilobytes_per_second, 2);
  text.Field("instantaneous_output_kbps", counted.output_kilobytes_per_second, 2);
  text.Field("instantaneous_input_repl_kbps", 0.0, 2);
  text.Field("instantaneous_output_repl_kbps", 0.0, 2);
  text.Field("rejected_connections", counted.rejected_connections);
  text.Field("sync_full", counted.full_syncs);
  text.Zeroes({"sync_partial_ok", "sync_partial_err"});
  text.Field("expired_subkeys", keys.expired_fields);
  text.Field("expired_keys", keys.expired_keys);
  text.Field("expired_stale_perc", counted.expired_stale_percent, 2);
  text.Field("expired_time_cap_reached_count", counted.expired_time_cap_reached);
  text.Field("expire_cycle_cpu_milliseconds", 0);
  text.Field("evicted_keys", keys.evicted_keys);
  text.Field("evicted_clients", 0);
  const int64_t since_ns = counted.above_maxmemory_since_ns;
  const int64_t above_ns = since_ns == 0 ? 0 : services.environment.clock.MonotonicNs() - since_ns;
  text.Field("evicted_scripts", services.scripts.eval.evicted());
  text.Field("total_eviction_exceeded_time", (counted.above_maxmemory_ns + above_ns) / 1'000'000);
  text.Field("current_eviction_exceeded_time", above_ns / 1'000'000);
  text.Field("keyspace_hits", keys.hits);
  text.Field("keyspace_misses", keys.misses);
  text.Field("pubsub_channels", services.pubsub.topics(TopicKind::kChannel));
  text.Field("pubsub_patterns", services.pubsub.topics(TopicKind::kPattern));
  text.Field("pubsubshard_channels", services.pubsub.topics(TopicKind::kShardChannel));
  const BackgroundWork::Facts files = services.persistence.work().GetFacts();
  text.Field("latest_fork_usec", files.last_fork_us);
  text.Field("total_forks", files.forks);
  text.Field("migrate_cached_sockets", services.peers.size());
  text.Zeroes({"slave_expires_tracked_keys", "active_defrag_hits", "active_defrag_misses",
               "active_defrag_key_hits", "active_defrag_key_misses", "total_active_defrag_time",
               "current_active_defrag_time"});
  text.Field("tracking_total_keys", services.tracking.keys());
  text.Field("tracking_total_items", services.tracking.items());
  text.Field("tracking_total_prefixes", services.tracking.prefixes());
  text.Field("unexpected_error_replies", 0);
  text.Field("total_error_replies", counted.error_replies);
  text.Field("dump_payload_sanitizations", 0);
  text.Field("total_reads_processed", counted.reads_processed);
  text.Field("total_writes_processed", counted.writes_processed);
  text.Zeroes({"io_threaded_reads_processed", "io_threaded_writes_processed"});
  text.Field("client_query_buffer_limit_disconnections", counted.query_buffer_disconnections);
  text.Field("client_output_buffer_limit_disconnections", counted.output_buffer_disconnections);
  text.Zeroes({"reply_buffer_shrinks", "reply_buffer_expands"});
  text.Field("eventloop_cycles", counted.event_loop_cycles);
  text.Field("eventloop_duration_sum", counted.event_loop_duration_us);
  text.Field("eventloop_duration_cmd_sum", CommandDurationUs(counted));
  text.Field("eventloop_duration_max_usec", counted.event_loop_duration_max_us);
  text.Field("instantaneous_eventloop_cycles_per_sec", counted.cycles_per_second);
  text.Field("instantaneous_eventloop_duration_usec", counted.cycle_duration_us);
  text.Field("acl_access_denied_auth", counted.auth_denied);
  text.Field("acl_access_denied_cmd", 0);
  text.Zeroes({"acl_access_denied_key", "acl_access_denied_channel"});
}

template <class Visit>
void ForEachCommand(const CommandRegistry& registry, const Visit& visit) {
  for (const auto& command : registry.commands()) {
    visit(*command);
    for (const auto& subcommand : command->subcommands) visit(*subcommand);
  }
}

void WriteCommands(InfoText& text, Services& services) {
  ForEachCommand(services.registry, [&](const Command& command) {
    const CommandStatistics& counted = services.statistics.commands[command.id];
    if (counted.calls + counted.rejected_calls + counted.failed_calls == 0) return;
    const uint64_t total_us = counted.total_ns / 1000;
    const double each_us = counted.calls == 0 ? 0
                                              : static_cast<double>(counted.total_ns) / 1000 /
                                                    static_cast<double>(counted.calls);
    text.Field("cmdstat_" + command.full_name,
               "calls=" + std::to_string(counted.calls) + ",usec=" + std::to_string(total_us) +
                   ",usec_per_call=" + Fixed(each_us, 2) +
                   ",rejected_calls=" + std::to_string(counted.rejected_calls) +
                   ",failed_calls=" + std::to_string(counted.failed_calls));
  });
}

void WriteErrors(InfoText& text, Services& services) {
  for (const auto& [prefix, count] : services.statistics.errors_by_prefix) {
    text.Field("errorstat_" + prefix, "count=" + std::to_string(count));
  }
}

// "99.9" as the option shows it: no zeros at the end.
std::string PercentText(double percent) {
  std::string digits = Fixed(percent, 6);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

void WriteLatencies(InfoText& text, Services& services) {
  const std::vector<double>& percentiles = services.settings.latency_percentiles;
  if (!services.settings.latency_tracking) return;
  ForEachCommand(services.registry, [&](const Command& command) {
    const CommandStatistics& counted = services.statistics.commands[command.id];
    if (counted.durations.empty() || percentiles.empty()) return;
    std::string values;
    for (const double percent : percentiles) {
      if (!values.empty()) values += ',';
      values += "p" + PercentText(percent) + "=" + Fixed(PercentileUs(counted, percent), 3);
    }
    text.Field("latency_percentiles_usec_" + command.full_name, values);
  });
}

void WriteKeyspaces(InfoText& text, Services& services) {
  for (int i = 0; i < services.databases.count(); ++i) {
    const Keyspace& keys = services.databases[i];
    if (keys.size() == 0) continue;
    text.Field("db" + std::to_string(i),
               "keys=" + std::to_string(keys.size()) +
                   ",expires=" + std::to_string(keys.deadlines()) +
                   ",avg_ttl=" + std::to_string(keys.AverageTtlMs()) +
                   ",subexpiry=" + std::to_string(keys.hashes_with_deadlines()));
  }
}

}  // namespace

void AddStatsSection(InfoRegistry& info, Services& services) {
  Services* const parts = &services;
  info.Add("Stats", kByDefault, [parts](InfoText& text) { WriteStats(text, *parts); });
}

void AddCommandSections(InfoRegistry& info, Services& services) {
  Services* const parts = &services;
  info.Add("Commandstats", kOnRequest, [parts](InfoText& text) { WriteCommands(text, *parts); });
  info.Add("Errorstats", kByDefault, [parts](InfoText& text) { WriteErrors(text, *parts); });
  info.Add("Latencystats", kOnRequest, [parts](InfoText& text) { WriteLatencies(text, *parts); });
}

void AddKeyspaceSection(InfoRegistry& info, Services& services) {
  Services* const parts = &services;
  info.Add("Keyspace", kByDefault, [parts](InfoText& text) { WriteKeyspaces(text, *parts); });
}

}  // namespace thimble
