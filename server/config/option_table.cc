// The option table: file, command line, CONFIG GET, SET and REWRITE all derive from these rows;
// conf/thimble.conf says what each means, and a test keeps the two in step.
#include <algorithm>
#include <cstdlib>
#include <type_traits>

#include "server/config/settings.h"
#include "server/config/value_types.h"
#include "server/pubsub/notifications.h"
#include "storage/common/number.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

// Copies a value's text into the member of Settings that code reads.
template <auto kMember>
void Bind(Settings& settings, const std::string& value) {
  auto& member = settings.*kMember;
  using Member = std::remove_reference_t<decltype(member)>;
  if constexpr (std::is_same_v<Member, bool>) {
    member = value == "yes";
  } else if constexpr (std::is_same_v<Member, int64_t>) {
    const uint64_t magnitude = ParseUint64(value).value_or(0);
    member = ParseInt64(value).value_or(
        static_cast<int64_t>(std::min(magnitude, static_cast<uint64_t>(INT64_MAX))));
  } else if constexpr (std::is_same_v<Member, std::vector<std::string>>) {
    member = *SplitWords(value);
  } else {
    static_assert(std::is_same_v<Member, std::string>);
    member = value;
  }
}

void BindPermissions(Settings& settings, const std::string& value) {
  settings.unixsocketperm = std::strtol(value.c_str(), nullptr, 8);
}

void BindPolicy(Settings& settings, const std::string& value);

void BindOutputLimits(Settings& settings, const std::string& value) {
  const std::vector<std::string> words = *SplitWords(value);
  OutputLimit* const limits[] = {&settings.output_normal, &settings.output_replica,
                                 &settings.output_pubsub};
  for (size_t i = 0; i < std::size(limits); ++i) {
    limits[i]->hard_bytes = ParseUint64(words[i * 4 + 1]).value_or(0);
    limits[i]->soft_bytes = ParseUint64(words[i * 4 + 2]).value_or(0);
    limits[i]->soft_seconds = ParseInt64(words[i * 4 + 3]).value_or(0);
  }
}

void BindSavePoints(Settings& settings, const std::string& value) {
  const std::vector<std::string> words = *SplitWords(value);
  settings.save_points.clear();
  for (size_t i = 0; i + 1 < words.size(); i += 2) {
    settings.save_points.push_back(
        {ParseInt64(words[i]).value_or(0), ParseInt64(words[i + 1]).value_or(0)});
  }
}

void BindPercentiles(Settings& settings, const std::string& value) {
  settings.latency_percentiles.clear();
  const auto words = SplitWords(value);
  for (const std::string& word : *words) {
    settings.latency_percentiles.push_back(std::strtod(word.c_str(), nullptr));
  }
}

void BindEvents(Settings& settings, const std::string& value) {
  settings.notify_events = ParseEventClasses(value);
}

constexpr std::string_view kPolicies[] = {"volatile-lru",   "volatile-lfu", "volatile-random",
                                          "volatile-ttl",   "allkeys-lru",  "allkeys-lfu",
                                          "allkeys-random", "noeviction"};
constexpr std::string_view kLogLevels[] = {"debug", "verbose", "notice", "warning"};
constexpr std::string_view kGuards[] = {"no", "yes", "local"};
constexpr std::string_view kForeignTypes[] = {"refuse", "skip"};
constexpr std::string_view kFieldDeadlines[] = {"write", "omit"};
constexpr std::string_view kFsyncs[] = {"everysec", "always", "no"};
constexpr std::string_view kSupervisors[] = {"upstart", "systemd", "auto", "no"};
constexpr std::string_view kFacilities[] = {"user",   "local0", "local1", "local2", "local3",
                                            "local4", "local5", "local6", "local7"};
constexpr std::string_view kDisklessLoads[] = {"disabled", "on-empty-db", "swapdb"};
constexpr std::string_view kSanitizing[] = {"no", "yes", "clients"};
constexpr std::string_view kChannelDefaults[] = {"allchannels", "resetchannels"};
constexpr std::string_view kOomAdjusting[] = {"no", "yes", "relative", "absolute"};
constexpr std::string_view kPropagationErrors[] = {"ignore", "panic", "panic-on-replicas"};
constexpr std::string_view kShutdownWays[] = {"default", "save", "nosave", "now", "force"};
constexpr std::string_view kEndpoints[] = {"ip", "hostname", "unknown-endpoint"};
constexpr std::string_view kTlsClients[] = {"no", "yes", "optional"};

void BindPolicy(Settings& settings, const std::string& value) {
  using enum MaxmemoryPolicy;
  static constexpr MaxmemoryPolicy kInOrder[] = {kVolatileLru,   kVolatileLfu, kVolatileRandom,
                                                 kVolatileTtl,   kAllKeysLru,  kAllKeysLfu,
                                                 kAllKeysRandom, kNoEviction};
  const auto found = std::find(std::begin(kPolicies), std::end(kPolicies), value);
  settings.maxmemory_policy = kInOrder[found - std::begin(kPolicies)];
}

constexpr int64_t kMega = 1024 * 1024;
constexpr std::string_view kOutputLimitDefault =
    "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60";

// clang-format off
constexpr OptionSpec kNetworkOptions[] = {
    {"bind", WordList(reading::Addresses), "* -::*", kPlainOption, Bind<&Settings::bind>},
    {"bind-source-addr", AnyText(), "", kNoEffectYet},
    {"port", Number(0, 65535), "6379", kPlainOption, Bind<&Settings::port>},
    {"protected-mode", YesNo(), "yes", kPlainOption, Bind<&Settings::protected_mode>},
    {"unixsocket", AnyText(), "", kImmutable, Bind<&Settings::unixsocket>},
    {"unixsocketperm", Permissions(), "0", kImmutable, BindPermissions},
    {"unixsocketgroup", AnyText(), "", kImmutable | kNoEffectYet},
    {"tcp-backlog", Number(0, kMaxInt), "511", kImmutable, Bind<&Settings::tcp_backlog>},
    {"tcp-keepalive", Number(0, kMaxInt), "300", kPlainOption, Bind<&Settings::tcp_keepalive_s>},
    {"timeout", Number(0, kMaxInt), "0", kPlainOption, Bind<&Settings::timeout_s>},
    {"maxclients", Number(1, UINT32_MAX), "10000", kPlainOption, Bind<&Settings::maxclients>},
    {"socket-mark-id", Number(0, UINT32_MAX), "0", kImmutable | kOutside},
    {"max-new-connections-per-cycle", Number(1, 1000), "10", kOutside},
    {"max-new-tls-connections-per-cycle", Number(1, 1000), "1", kOutside},
    {"mptcp", YesNo(), "no", kImmutable | kOutside},
    {"rdma-bind", AnyText(), "", kOutside},
    {"rdma-completion-vector", Number(-1, 1024), "-1", kImmutable | kOutside},
    {"rdma-port", Number(0, 65535), "0", kOutside},
    {"rdma-rx-size", Number(65536, 16 * kMega), "1048576", kImmutable | kOutside},
    {"prefetch-batch-max-size", Number(0, 128), "16", kOutside},
    {"io-threads", Number(1, 256), "1", kImmutable | kNoEffectYet},
    {"io-threads-do-reads", YesNo(), "no", kImmutable | kOutside},
    {"client-query-buffer-limit", MemorySize(kMega), "1073741824", kPlainOption, Bind<&Settings::client_query_buffer_limit>},
    {"client-output-buffer-limit", WordList(reading::OutputLimits, FileForm::kClassPerLine), kOutputLimitDefault, kPlainOption, BindOutputLimits},
    {"proto-max-bulk-len", MemorySize(kMega), "536870912", kPlainOption, Bind<&Settings::proto_max_bulk_len>},
    {"maxmemory-clients", MemoryOrPercentage(), "0", kNoEffectYet},
};

constexpr OptionSpec kGeneralOptions[] = {
    {"daemonize", YesNo(), "no", kImmutable, Bind<&Settings::daemonize>},
    {"supervised", OneOf(kSupervisors), "no", kImmutable | kNoEffectYet},
    {"pidfile", AnyText(), "", kImmutable, Bind<&Settings::pidfile>},
    {"loglevel", OneOf(kLogLevels), "notice", kPlainOption, Bind<&Settings::loglevel>},
    {"crash-log-enabled", YesNo(), "yes", kPlainOption, Bind<&Settings::crash_log_enabled>},
    {"logfile", CheckedText(reading::LogFile), "", kImmutable, Bind<&Settings::logfile>},
    {"log-format", AnyText(), "legacy", kNoEffectYet},
    {"log-timestamp-format", AnyText(), "legacy", kNoEffectYet},
    {"hide-user-data-from-log", YesNo(), "no", kOutside},
    {"syslog-enabled", YesNo(), "no", kImmutable, Bind<&Settings::syslog_enabled>},
    {"syslog-ident", AnyText(), "redis", kImmutable, Bind<&Settings::syslog_ident>},
    {"syslog-facility", OneOf(kFacilities), "local0", kImmutable, Bind<&Settings::syslog_facility>},
    {"databases", Number(1, kMaxInt), "16", kImmutable, Bind<&Settings::databases>},
    {"always-show-logo", YesNo(), "no", kImmutable | kOutside},
    {"set-proc-title", YesNo(), "yes", kImmutable | kOutside},
    {"proc-title-template", CheckedText(reading::TitleTemplate), "{title} {listen-addr} {server-mode}", kOutside},
    {"locale-collate", AnyText(), "", kOutside},
    {"hz", {.read = reading::Hertz, .max = kMaxInt}, "10", kPlainOption, Bind<&Settings::hz>},
    {"dynamic-hz", YesNo(), "yes", kOutside},
    {"dir", CheckedText(reading::Directory), "", kGuarded | kNotWhileLoading, Bind<&Settings::dir>},
    {"crash-memcheck-enabled", YesNo(), "yes", kOutside},
    {"use-exit-on-panic", YesNo(), "no", kHidden | kOutside},
    {"disable-thp", YesNo(), "yes", kImmutable | kOutside},
    {"shutdown-timeout", Number(0, kMaxInt), "10", kNoEffectYet},
    {"shutdown-on-sigint", SomeOf(kShutdownWays, reading::ShutdownWays), "default", kPlainOption, Bind<&Settings::shutdown_on_sigint>},
    {"shutdown-on-sigterm", SomeOf(kShutdownWays, reading::ShutdownWays), "default", kPlainOption, Bind<&Settings::shutdown_on_sigterm>},
    {"oom-score-adj", OneOf(kOomAdjusting), "no", kNoEffectYet},
    {"oom-score-adj-values", WordList(reading::OomScores), "0 200 800", kOutside},
    {"server-cpulist", AnyText(), "", kImmutable | kNoEffectYet, nullptr, "server_cpulist"},
    {"bio-cpulist", AnyText(), "", kImmutable | kNoEffectYet, nullptr, "bio_cpulist"},
    {"aof-rewrite-cpulist", AnyText(), "", kImmutable | kNoEffectYet, nullptr, "aof_rewrite_cpulist"},
    {"bgsave-cpulist", AnyText(), "", kImmutable | kNoEffectYet, nullptr, "bgsave_cpulist"},
    {"ignore-warnings", AnyText(), "", kOutside},
    {"enable-debug-command", OneOf(kGuards), "no", kImmutable, Bind<&Settings::enable_debug_command>},
    {"enable-module-command", OneOf(kGuards), "no", kImmutable | kOutside},
    {"enable-protected-configs", OneOf(kGuards), "no", kImmutable, Bind<&Settings::enable_protected_configs>},
    {"extended-redis-compatibility", YesNo(), "no", kOutside},
    {"import-mode", YesNo(), "no", kOutside},
    {"hash-seed", AnyText(), "", kImmutable | kOutside},
    {"availability-zone", AnyText(), "", kOutside},
};

constexpr OptionSpec kSecurityOptions[] = {
    {"requirepass", AnyText(), "", kSensitive, Bind<&Settings::requirepass>},
    {"aclfile", AnyText(), "", kImmutable | kNeedsAcl},
    {"acllog-max-len", Number(0, kMaxLong), "128", kNoEffectYet},
    {"acl-pubsub-default", OneOf(kChannelDefaults), "resetchannels", kNoEffectYet},
    {"tls-port", Number(0, 65535), "0", kNeedsTls},
    {"tls-cert-file", AnyText(), "", kNeedsTls},
    {"tls-key-file", AnyText(), "", kNeedsTls},
    {"tls-key-file-pass", AnyText(), "", kNeedsTls | kSensitive},
    {"tls-client-cert-file", AnyText(), "", kNeedsTls},
    {"tls-client-key-file", AnyText(), "", kNeedsTls},
    {"tls-client-key-file-pass", AnyText(), "", kNeedsTls | kSensitive},
    {"tls-dh-params-file", AnyText(), "", kNeedsTls},
    {"tls-ca-cert-file", AnyText(), "", kNeedsTls},
    {"tls-ca-cert-dir", AnyText(), "", kNeedsTls},
    {"tls-auth-clients", OneOf(kTlsClients), "yes", kNeedsTls},
    {"tls-auth-clients-user", AnyText(), "off", kNeedsTls},
    {"tls-auto-reload-interval", Number(0, kMaxInt), "0", kNeedsTls},
    {"tls-replication", YesNo(), "no", kNeedsTls},
    {"tls-cluster", YesNo(), "no", kNeedsTls},
    {"tls-protocols", AnyText(), "", kNeedsTls},
    {"tls-ciphers", AnyText(), "", kNeedsTls},
    {"tls-ciphersuites", AnyText(), "", kNeedsTls},
    {"tls-prefer-server-ciphers", YesNo(), "no", kNeedsTls},
    {"tls-session-caching", YesNo(), "yes", kNeedsTls},
    {"tls-session-cache-size", Number(0, kMaxInt), "20480", kNeedsTls},
    {"tls-session-cache-timeout", Number(0, kMaxInt), "300", kNeedsTls},
};

constexpr OptionSpec kMemoryOptions[] = {
    {"maxmemory", MemorySize(0, kNoMax), "0", kPlainOption, Bind<&Settings::maxmemory>},
    {"maxmemory-policy", OneOf(kPolicies), "noeviction", kPlainOption, BindPolicy},
    {"maxmemory-samples", Number(1, kMaxInt), "5", kPlainOption, Bind<&Settings::maxmemory_samples>},
    {"maxmemory-eviction-tenacity", Number(0, 100), "10", kPlainOption, Bind<&Settings::maxmemory_eviction_tenacity>},
    {"lfu-log-factor", Number(0, kMaxInt), "10", kNoEffectYet},
    {"lfu-decay-time", Number(0, kMaxInt), "1", kNoEffectYet},
    {"lazyfree-lazy-eviction", YesNo(), "no", kOutside},
    {"lazyfree-lazy-expire", YesNo(), "no", kOutside},
    {"lazyfree-lazy-server-del", YesNo(), "no", kOutside},
    {"lazyfree-lazy-user-del", YesNo(), "no", kOutside},
    {"lazyfree-lazy-user-flush", YesNo(), "no", kOutside},
    {"active-expire-effort", Number(1, 10), "1", kNoEffectYet},
    {"activerehashing", YesNo(), "yes", kNoEffectYet},
    {"activedefrag", YesNo(), "no", kPlainOption, Bind<&Settings::activedefrag>},
    {"active-defrag-cycle-max", Number(1, 99), "25", kOutside},
    {"active-defrag-cycle-min", Number(1, 99), "1", kOutside},
    {"active-defrag-cycle-us", Number(0, 100000), "500", kOutside},
    {"active-defrag-ignore-bytes", MemorySize(1), "104857600", kOutside},
    {"active-defrag-max-scan-fields", Number(1, kMaxLong), "1000", kOutside},
    {"active-defrag-threshold-lower", Number(0, 1000), "10", kOutside},
    {"active-defrag-threshold-upper", Number(0, 1000), "100", kOutside},
    {"jemalloc-bg-thread", YesNo(), "yes", kOutside},
};

constexpr OptionSpec kDataOptions[] = {
    {"hash-max-listpack-entries", Number(0, kMaxLong), "512", kPlainOption, Bind<&Settings::hash_max_listpack_entries>, "hash-max-ziplist-entries"},
    {"hash-max-listpack-value", MemorySize(), "64", kPlainOption, Bind<&Settings::hash_max_listpack_value>, "hash-max-ziplist-value"},
    {"hash-max-template-entries", Number(0, kMaxLong), "0", kHidden | kOutside},
    {"hash-min-template-entries", Number(0, kMaxLong), "0", kHidden | kOutside},
    {"hash-rdb-load-max-template-entries", Number(0, kMaxLong), "0", kHidden | kOutside},
    {"hash-rdb-load-min-template-entries", Number(0, kMaxLong), "0", kHidden | kOutside},
    {"set-max-intset-entries", Number(0, kMaxLong), "512", kPlainOption, Bind<&Settings::set_max_intset_entries>},
    {"set-max-listpack-entries", Number(0, kMaxLong), "128", kPlainOption, Bind<&Settings::set_max_listpack_entries>},
    {"set-max-listpack-value", MemorySize(), "64", kPlainOption, Bind<&Settings::set_max_listpack_value>},
    {"list-max-listpack-size", Number(INT32_MIN, kMaxInt), "-2", kOutside, nullptr, "list-max-ziplist-size"},
    {"list-compress-depth", Number(0, kMaxInt), "0", kOutside},
    {"zset-max-listpack-entries", Number(0, kMaxLong), "128", kOutside, nullptr, "zset-max-ziplist-entries"},
    {"zset-max-listpack-value", MemorySize(), "64", kOutside, nullptr, "zset-max-ziplist-value"},
    {"hll-sparse-max-bytes", MemorySize(), "3000", kOutside},
    {"stream-node-max-bytes", MemorySize(), "4096", kOutside},
    {"stream-node-max-entries", Number(0, kMaxLong), "100", kOutside},
    {"notify-keyspace-events", CheckedText(reading::Events), "", kPlainOption, BindEvents},
    {"tracking-table-max-keys", Number(0, kMaxLong), "1000000", kPlainOption, Bind<&Settings::tracking_table_max_keys>},
    {"busy-reply-threshold", Number(0, kMaxLong), "5000", kPlainOption, Bind<&Settings::busy_reply_threshold_ms>, "lua-time-limit"},
};

constexpr OptionSpec kObservingOptions[] = {
    {"slowlog-log-slower-than", Number(-1, kMaxLong), "10000", kPlainOption, Bind<&Settings::slowlog_log_slower_than_us>, "commandlog-execution-slower-than"},
    {"slowlog-max-len", Number(0, kMaxLong), "128", kPlainOption, Bind<&Settings::slowlog_max_len>, "commandlog-slow-execution-max-len"},
    {"commandlog-request-larger-than", Number(-1, kMaxLong), "1048576", kPlainOption, Bind<&Settings::commandlog_request_larger_than>},
    {"commandlog-large-request-max-len", Number(0, kMaxLong), "128", kPlainOption, Bind<&Settings::commandlog_large_request_max_len>},
    {"commandlog-reply-larger-than", Number(-1, kMaxLong), "1048576", kPlainOption, Bind<&Settings::commandlog_reply_larger_than>},
    {"commandlog-large-reply-max-len", Number(0, kMaxLong), "128", kPlainOption, Bind<&Settings::commandlog_large_reply_max_len>},
    {"latency-monitor-threshold", Number(0, kMaxLong), "0", kPlainOption, Bind<&Settings::latency_monitor_threshold_ms>},
    {"latency-tracking", YesNo(), "yes", kPlainOption, Bind<&Settings::latency_tracking>},
    {"latency-tracking-info-percentiles", WordList(reading::Percentiles), "50 99 99.9", kPlainOption, BindPercentiles},
};

constexpr OptionSpec kPersistenceOptions[] = {
    {"save", WordList(reading::SavePoints, FileForm::kPairPerLine), "3600 1 300 100 60 10000", kPlainOption, BindSavePoints},
    {"dbfilename", CheckedText(reading::DumpFileName), "dump.rdb", kGuarded, Bind<&Settings::dbfilename>},
    {"rdbcompression", YesNo(), "yes", kPlainOption, Bind<&Settings::rdbcompression>},
    {"rdbchecksum", YesNo(), "yes", kImmutable, Bind<&Settings::rdbchecksum>},
    {"rdb-field-deadlines", OneOf(kFieldDeadlines), "write", kPlainOption, Bind<&Settings::rdb_field_deadlines>},
    {"rdb-foreign-types", OneOf(kForeignTypes), "refuse", kPlainOption, Bind<&Settings::rdb_foreign_types>},
    {"rdb-del-sync-files", YesNo(), "no", kNoEffectYet},
    {"rdb-save-incremental-fsync", YesNo(), "yes", kNoEffectYet},
    {"rdb-version-check", AnyText(), "strict", kNoEffectYet},
    {"rdb-key-save-delay", Number(INT32_MIN, kMaxInt), "0", kHidden, Bind<&Settings::rdb_key_save_delay_us>},
    {"key-load-delay", Number(INT32_MIN, kMaxInt), "0", kHidden, Bind<&Settings::key_load_delay_us>},
    {"loading-process-events-interval-bytes", MemorySize(1024, kMaxInt), "2097152", kHidden | kNoEffectYet},
    {"sanitize-dump-payload", OneOf(kSanitizing), "no", kNoEffectYet},
    {"stop-writes-on-bgsave-error", YesNo(), "yes", kPlainOption, Bind<&Settings::stop_writes_on_bgsave_error>},
    {"appendonly", YesNo(), "no", kNotWhileLoading, Bind<&Settings::appendonly>},
    {"appendfilename", CheckedText(reading::LogFileName), "appendonly.aof", kImmutable, Bind<&Settings::appendfilename>},
    {"appenddirname", CheckedText(reading::LogFolderName), "appendonlydir", kImmutable, Bind<&Settings::appenddirname>},
    {"appendfsync", OneOf(kFsyncs), "everysec", kPlainOption, Bind<&Settings::appendfsync>},
    {"no-appendfsync-on-rewrite", YesNo(), "no", kPlainOption, Bind<&Settings::no_appendfsync_on_rewrite>},
    {"auto-aof-rewrite-percentage", Number(0, kMaxInt), "100", kPlainOption, Bind<&Settings::auto_aof_rewrite_percentage>},
    {"auto-aof-rewrite-min-size", MemorySize(), "67108864", kPlainOption, Bind<&Settings::auto_aof_rewrite_min_size>},
    {"aof-load-truncated", YesNo(), "yes", kPlainOption, Bind<&Settings::aof_load_truncated>},
    {"aof-use-rdb-preamble", YesNo(), "yes", kPlainOption, Bind<&Settings::aof_use_rdb_preamble>},
    {"aof-rewrite-incremental-fsync", YesNo(), "yes", kNoEffectYet},
    {"aof-timestamp-enabled", YesNo(), "no", kPlainOption, Bind<&Settings::aof_timestamp_enabled>},
    {"aof-disable-auto-gc", YesNo(), "no", kNoEffectYet},
};

constexpr OptionSpec kReplicationOptions[] = {
    {"replicaof", WordList(reading::MasterAddress), "", kImmutable | kNeedsReplication, nullptr, "slaveof"},
    {"masterauth", AnyText(), "", kSensitive | kNoEffectYet, nullptr, "primaryauth"},
    {"masteruser", AnyText(), "", kSensitive | kNoEffectYet, nullptr, "primaryuser"},
    {"replica-announced", YesNo(), "yes", kNoEffectYet},
    {"replica-announce-ip", AnyText(), "", kNoEffectYet, nullptr, "slave-announce-ip"},
    {"replica-announce-port", Number(0, 65535), "0", kNoEffectYet, nullptr, "slave-announce-port"},
    {"replica-full-sync-buffer-limit", MemorySize(), "0", kNoEffectYet},
    {"replica-ignore-disk-write-errors", YesNo(), "no", kNoEffectYet},
    {"replica-ignore-maxmemory", YesNo(), "yes", kNoEffectYet, nullptr, "slave-ignore-maxmemory"},
    {"replica-lazy-flush", YesNo(), "no", kNoEffectYet, nullptr, "slave-lazy-flush"},
    {"replica-priority", Number(0, kMaxInt), "100", kNoEffectYet, nullptr, "slave-priority"},
    {"replica-read-only", YesNo(), "yes", kNoEffectYet, nullptr, "slave-read-only"},
    {"replica-serve-stale-data", YesNo(), "yes", kNoEffectYet, nullptr, "slave-serve-stale-data"},
    {"min-replicas-to-write", Number(0, kMaxInt), "0", kNoEffectYet, nullptr, "min-slaves-to-write"},
    {"min-replicas-max-lag", Number(0, kMaxInt), "10", kNoEffectYet, nullptr, "min-slaves-max-lag"},
    {"repl-backlog-size", MemorySize(1), "1048576", kNoEffectYet},
    {"repl-backlog-ttl", Number(0, kMaxLong), "3600", kNoEffectYet},
    {"repl-timeout", Number(1, kMaxInt), "60", kPlainOption, Bind<&Settings::repl_timeout_s>},
    {"repl-ping-replica-period", Number(1, kMaxInt), "10", kNoEffectYet, nullptr, "repl-ping-slave-period"},
    {"repl-disable-tcp-nodelay", YesNo(), "no", kNoEffectYet},
    {"repl-diskless-sync", YesNo(), "yes", kNoEffectYet},
    {"repl-diskless-sync-delay", Number(0, kMaxInt), "5", kNoEffectYet},
    {"repl-diskless-sync-max-replicas", Number(0, kMaxInt), "0", kNoEffectYet},
    {"repl-diskless-load", OneOf(kDisklessLoads), "disabled", kNoEffectYet},
    {"repl-mptcp", YesNo(), "no", kOutside},
    {"dual-channel-replication-enabled", YesNo(), "no", kOutside},
    {"propagation-error-behavior", OneOf(kPropagationErrors), "ignore", kNoEffectYet},
};

constexpr OptionSpec kClusterOptions[] = {
    {"cluster-enabled", YesNo(), "no", kImmutable | kNeedsCluster},
    {"cluster-allow-pubsubshard-when-down", YesNo(), "yes", kOutside},
    {"cluster-allow-reads-when-down", YesNo(), "no", kOutside},
    {"cluster-allow-replica-migration", YesNo(), "yes", kOutside},
    {"cluster-announce-bus-port", Number(0, 65535), "0", kOutside},
    {"cluster-announce-client-ipv4", AnyText(), "", kOutside},
    {"cluster-announce-client-ipv6", AnyText(), "", kOutside},
    {"cluster-announce-client-port", Number(0, 65535), "0", kOutside},
    {"cluster-announce-client-tls-port", Number(0, 65535), "0", kOutside},
    {"cluster-announce-hostname", CheckedText(reading::HostName), "", kOutside},
    {"cluster-announce-human-nodename", AnyText(), "", kOutside},
    {"cluster-announce-ip", AnyText(), "", kOutside},
    {"cluster-announce-port", Number(0, 65535), "0", kOutside},
    {"cluster-announce-tls-port", Number(0, 65535), "0", kOutside},
    {"cluster-blacklist-ttl", Number(0, kMaxLong), "60", kOutside},
    {"cluster-compatibility-sample-ratio", Number(0, 100), "0", kOutside},
    {"cluster-config-file", AnyText(), "nodes.conf", kImmutable | kOutside},
    {"cluster-config-save-behavior", AnyText(), "sync", kOutside},
    {"cluster-databases", Number(1, kMaxInt), "1", kImmutable | kOutside},
    {"cluster-link-sendbuf-limit", MemorySize(), "0", kOutside},
    {"cluster-manual-failover-timeout", Number(1, kMaxInt), "5000", kOutside},
    {"cluster-migration-barrier", Number(0, kMaxInt), "1", kOutside},
    {"cluster-node-timeout", Number(0, kMaxLong), "15000", kOutside},
    {"cluster-port", Number(0, 65535), "0", kImmutable | kOutside},
    {"cluster-preferred-endpoint-type", OneOf(kEndpoints), "ip", kOutside},
    {"cluster-replica-no-failover", YesNo(), "no", kOutside, nullptr, "cluster-slave-no-failover"},
    {"cluster-replica-validity-factor", Number(0, kMaxInt), "10", kOutside, nullptr, "cluster-slave-validity-factor"},
    {"cluster-require-full-coverage", YesNo(), "yes", kOutside},
    {"cluster-slot-migration-log-max-len", Number(0, kMaxLong), "1000", kOutside},
    {"cluster-slot-stats-enabled", YesNo(), "no", kOutside},
    {"slot-migration-max-failover-repl-bytes", MemorySize(), "0", kOutside},
};
// clang-format on

std::vector<OptionSpec> Collect() {
  std::vector<OptionSpec> all;
  const auto add = [&all](std::span<const OptionSpec> options) {
    all.insert(all.end(), options.begin(), options.end());
  };
  add(kNetworkOptions);
  add(kGeneralOptions);
  add(kSecurityOptions);
  add(kMemoryOptions);
  add(kDataOptions);
  add(kObservingOptions);
  add(kPersistenceOptions);
  add(kReplicationOptions);
  add(kClusterOptions);
  return all;
}

}  // namespace

std::span<const OptionSpec> AllOptions() {
  static const std::vector<OptionSpec> options = Collect();
  return options;
}

const OptionSpec* FindOption(std::string_view name) {
  const std::string lower = LowerCase(name);
  for (const OptionSpec& option : AllOptions()) {
    if (option.name == lower || option.alias == lower) return lower.empty() ? nullptr : &option;
  }
  return nullptr;
}

}  // namespace thimble
