#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thimble {

enum class MaxmemoryPolicy : uint8_t {
  kNoEviction,
  kAllKeysLru,
  kAllKeysLfu,
  kAllKeysRandom,
  kVolatileLru,
  kVolatileLfu,
  kVolatileRandom,
  kVolatileTtl,
};

// Hard limit, and a soft limit that may be exceeded for `soft_seconds`. 0 = none.
struct OutputLimit {
  uint64_t hard_bytes = 0;
  uint64_t soft_bytes = 0;
  int64_t soft_seconds = 0;
};

// Saves by itself once there were so many changes in more than so many seconds.
struct SavePoint {
  int64_t seconds = 0;
  int64_t changes = 0;
};

// The options that code reads, as values. Defaults are the product's; the option table in
// option_table.cc binds each to its name. Changed only through Config.
struct Settings {
  // Network
  std::vector<std::string> bind = {"*", "-::*"};
  int64_t port = 6379;
  std::string unixsocket;
  int64_t unixsocketperm = 0;
  int64_t tcp_backlog = 511;
  int64_t tcp_keepalive_s = 300;
  int64_t timeout_s = 0;
  int64_t maxclients = 10000;
  bool protected_mode = true;

  // Protocol limits
  int64_t proto_max_bulk_len = 512LL << 20;
  int64_t client_query_buffer_limit = 1LL << 30;
  uint32_t notify_events = 0;                   // EventClass bits of notify-keyspace-events.
  int64_t tracking_table_max_keys = 1'000'000;  // 0 = no limit.
  OutputLimit output_normal;
  OutputLimit output_replica{256ULL << 20, 64ULL << 20, 60};
  OutputLimit output_pubsub{32ULL << 20, 8ULL << 20, 60};

  // General
  int64_t databases = 16;
  std::string requirepass;
  std::string pidfile;
  std::string logfile;
  std::string loglevel = "notice";
  bool crash_log_enabled = true;
  bool daemonize = false;
  std::string dir;
  int64_t hz = 10;
  bool activedefrag = false;
  std::vector<std::string> shutdown_on_sigint{"default"};  // Words of SHUTDOWN, or "default".
  std::vector<std::string> shutdown_on_sigterm{"default"};
  std::string enable_debug_command = "no";      // no, yes, or local: from loopback only.
  std::string enable_protected_configs = "no";  // Likewise.
  bool syslog_enabled = false;
  std::string syslog_ident = "redis";
  std::string syslog_facility = "local0";

  // Memory
  int64_t maxmemory = 0;
  MaxmemoryPolicy maxmemory_policy = MaxmemoryPolicy::kNoEviction;
  int64_t maxmemory_samples = 5;
  int64_t maxmemory_eviction_tenacity = 10;

  // Persistence
  std::vector<SavePoint> save_points = {{3600, 1}, {300, 100}, {60, 10000}};
  std::string dbfilename = "dump.rdb";
  bool rdbcompression = true;
  bool rdbchecksum = true;
  std::string rdb_foreign_types = "refuse";  // Or skip.
  bool skips_foreign_types() const { return rdb_foreign_types == "skip"; }
  std::string rdb_field_deadlines = "write";  // Or omit.
  bool omits_field_deadlines() const { return rdb_field_deadlines == "omit"; }
  bool stop_writes_on_bgsave_error = true;
  bool appendonly = false;
  std::string appendfilename = "appendonly.aof";
  std::string appenddirname = "appendonlydir";
  std::string appendfsync = "everysec";  // Or always, or no.
  bool no_appendfsync_on_rewrite = false;
  int64_t auto_aof_rewrite_percentage = 100;
  int64_t auto_aof_rewrite_min_size = 64LL << 20;
  bool aof_load_truncated = true;
  bool aof_use_rdb_preamble = true;
  bool aof_timestamp_enabled = false;
  // For tests: how long each key takes, in microseconds; -n: one in n keys takes one.
  int64_t key_load_delay_us = 0;
  int64_t rdb_key_save_delay_us = 0;
  int64_t repl_timeout_s = 60;

  // Encodings
  int64_t hash_max_listpack_entries = 512;
  int64_t hash_max_listpack_value = 64;
  int64_t set_max_intset_entries = 512;
  int64_t set_max_listpack_entries = 128;
  int64_t set_max_listpack_value = 64;

  // Scripts
  int64_t busy_reply_threshold_ms = 5000;

  // Observing
  int64_t slowlog_log_slower_than_us = 10000;
  int64_t slowlog_max_len = 128;
  int64_t commandlog_request_larger_than = 1 << 20;  // Bytes; -1 = never.
  int64_t commandlog_large_request_max_len = 128;
  int64_t commandlog_reply_larger_than = 1 << 20;
  int64_t commandlog_large_reply_max_len = 128;
  int64_t latency_monitor_threshold_ms = 0;
  bool latency_tracking = true;
  std::vector<double> latency_percentiles = {50, 99, 99.9};
};

}  // namespace thimble
