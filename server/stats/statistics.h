#pragma once

#include <bit>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace thimble {

// Per command: what INFO commandstats and latencystats show. Indexed by CommandRegistry's id.
struct CommandStatistics {
  uint64_t calls = 0;
  uint64_t total_ns = 0;
  uint64_t rejected_calls = 0;  // Refused before running: arity, permissions, memory.
  uint64_t failed_calls = 0;    // Ran and returned an error.
  // Durations by logarithm: bucket b counts calls of [2^b, 2^(b+1)) nanoseconds. Empty until the
  // command was called, if latency-tracking is on.
  std::vector<uint32_t> durations;

  void CountDuration(uint64_t duration_ns) {
    constexpr size_t kBuckets = 40;  // Up to 2^40 ns, eighteen minutes.
    if (durations.empty()) durations.resize(kBuckets);
    const size_t bucket =
        duration_ns == 0 ? 0 : static_cast<size_t>(std::bit_width(duration_ns)) - 1;
    ++durations[bucket < kBuckets ? bucket : kBuckets - 1];
  }
};

// The server's counters. Plain numbers written where things happen, read by INFO.
struct ServerStatistics {
  int64_t started_ms = 0;
  std::string run_id;          // 40 hexadecimal digits, new at each start.
  std::string replication_id;  // Likewise; DEBUG CHANGE-REPL-ID draws another.
  uint64_t commands_processed = 0;
  uint64_t connections_received = 0;
  uint64_t rejected_connections = 0;
  uint64_t error_replies = 0;
  uint64_t net_input_bytes = 0;
  uint64_t net_output_bytes = 0;
  uint64_t reads_processed = 0;
  uint64_t writes_processed = 0;
  uint64_t query_buffer_disconnections = 0;
  uint64_t output_buffer_disconnections = 0;
  uint64_t expired_time_cap_reached = 0;
  double expired_stale_percent = 0;
  uint64_t dirty = 0;  // Changes since the last save.
  uint64_t auth_denied = 0;
  uint64_t full_syncs = 0;
  int64_t above_maxmemory_ns = 0;        // In all, the current time above it not included.
  int64_t above_maxmemory_since_ns = 0;  // On the monotonic clock; 0 = not above it.
  uint64_t peak_memory_bytes = 0;
  uint64_t startup_memory_bytes = 0;
  uint64_t bytes_outside_storage = 0;  // Allocated, but not by the keyspaces; sampled.
  uint64_t event_loop_cycles = 0;
  uint64_t event_loop_duration_us = 0;
  uint64_t event_loop_duration_max_us = 0;

  std::map<std::string, uint64_t> errors_by_prefix;  // "ERR", "WRONGTYPE": INFO errorstats.
  std::vector<CommandStatistics> commands;

  // Rates over the last 16 tenths of a second, sampled by the server's timer.
  uint64_t commands_per_second = 0;
  double input_kilobytes_per_second = 0;
  double output_kilobytes_per_second = 0;
  uint64_t cycles_per_second = 0;
  uint64_t cycle_duration_us = 0;  // The mean of one.

  void Reset();  // CONFIG RESETSTAT.
};

}  // namespace thimble
