#include "server/stats/info_sections.h"

#include <algorithm>
#include <climits>

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "server/config/config.h"
#include "server/config/identity.h"
#include "server/config/settings.h"
#include "server/persist/persist_info.h"
#include "server/script/scripts.h"
#include "server/session/clients.h"
#include "server/session/tracking.h"
#include "server/session/transaction.h"
#include "server/session/watched_keys.h"
#include "server/stats/memory_report.h"
#include "server/stats/ratio.h"
#include "server/stats/statistics.h"
#include "storage/common/random.h"
#include "storage/keyspace/environment.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

using enum InfoRegistry::Shown;

std::string ExecutablePath() {
  char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  return length < 0 ? std::string() : std::string(path, static_cast<size_t>(length));
}

void WriteServer(InfoText& text, Services& services) {
  const Settings& settings = services.settings;
  const ServerStatistics& statistics = services.statistics;
  utsname machine{};
  uname(&machine);
  const int64_t now_us = services.environment.clock.NowUs();
  const int64_t uptime_s = std::max<int64_t>(now_us / 1000 - statistics.started_ms, 0) / 1000;
  constexpr int64_t kDay = 86400;
  constexpr int64_t kLruClockMask = (1 << 24) - 1;

  text.Field("redis_version", kRedisVersion);
  text.Field("redis_git_sha1", "00000000");
  text.Field("redis_git_dirty", 0);
  text.Field("redis_build_id", "0000000000000000");
  text.Field("server_name", "thimble");
  text.Field("thimble_version", kThimbleVersion);
  text.Field("redis_mode", "standalone");
  text.Field("os", std::string(machine.sysname) + " " + machine.release + " " + machine.machine);
  text.Field("arch_bits", sizeof(void*) * CHAR_BIT);
  text.Field("monotonic_clock", "POSIX clock_gettime");
  text.Field("multiplexing_api", "epoll");
  text.Field("gcc_version", __VERSION__);
  text.Field("process_id", getpid());
  text.Field("process_supervised", "no");
  text.Field("run_id", statistics.run_id);
  text.Field("tcp_port", settings.port);
  text.Field("server_time_usec", now_us);
  text.Field("uptime_in_seconds", uptime_s);
  text.Field("uptime_in_days", uptime_s / kDay);
  text.Field("hz", settings.hz);
  text.Field("configured_hz", settings.hz);
  text.Field("lru_clock", now_us / 1'000'000 & kLruClockMask);
  text.Field("executable", ExecutablePath());
  text.Field("config_file", services.config.file());
  text.Field("io_threads_active", 0);
}

void WriteClients(InfoText& text, Services& services) {
  size_t largest_input = 0;
  size_t largest_output = 0;
  size_t listening = 0;
  size_t watching = 0;
  size_t waiting = 0;  // For the end of a pause.
  services.clients.ForEach([&](Client& client) {
    if (client.connection == nullptr) return;
    largest_input = std::max(largest_input, client.connection->input_bytes());
    largest_output = std::max(largest_output, client.connection->output().size());
    if (client.subscriptions != nullptr) ++listening;
    if (client.waiting) ++waiting;
    if (client.transaction != nullptr && client.transaction->watches() > 0) ++watching;
  });
  text.Field("connected_clients", services.clients.connected());
  text.Field("cluster_connections", 0);
  text.Field("maxclients", services.settings.maxclients);
  text.Field("client_recent_max_input_buffer", largest_input);
  text.Field("client_recent_max_output_buffer", largest_output);
  text.Field("blocked_clients", waiting);
  text.Field("tracking_clients", services.tracking.clients());
  text.Field("pubsub_clients", listening);
  text.Field("watching_clients", watching);
  text.Field("clients_in_timeout_table", 0);
  text.Field("total_watched_keys", services.watched.size());
  text.Field("total_blocking_keys", 0);
}

int64_t Difference(uint64_t a, uint64_t b) {
  return static_cast<int64_t>(a) - static_cast<int64_t>(b);
}

void WriteScriptMemory(InfoText& text, Scripts& scripts) {
  const size_t eval_bytes = scripts.eval.interpreter().memory_bytes();
  const size_t function_bytes = scripts.functions.interpreter().memory_bytes();
  const size_t cached_bytes = scripts.eval.cache().MemoryBytes();
  const size_t library_bytes = scripts.functions.MemoryBytes();
  text.Field("used_memory_vm_eval", eval_bytes);
  text.Bytes("used_memory_lua", eval_bytes);
  text.Field("used_memory_scripts_eval", cached_bytes);
  text.Field("number_of_cached_scripts", scripts.eval.cache().size());
  text.Field("number_of_functions", scripts.functions.function_count());
  text.Field("number_of_libraries", scripts.functions.all().size());
  text.Field("used_memory_vm_functions", function_bytes);
  text.Bytes("used_memory_vm_total", eval_bytes + function_bytes);
  text.Field("used_memory_functions", library_bytes);
  text.Bytes("used_memory_scripts", cached_bytes + library_bytes);
}

void WriteMemory(InfoText& text, Services& services) {
  const MemoryReport report = TakeMemoryReport(services);
  const Config& config = services.config;
  text.Bytes("used_memory", report.used);
  text.Bytes("used_memory_rss", report.resident);
  text.Bytes("used_memory_peak", report.peak);
  text.Field("used_memory_peak_perc", report.PeakPercent(), 2, "%");
  text.Field("used_memory_overhead", report.overhead);
  text.Field("used_memory_startup", report.startup);
  text.Field("used_memory_dataset", report.dataset);
  text.Field("used_memory_dataset_perc", report.DatasetPercent(), 2, "%");
  text.Field("allocator_allocated", report.used - report.gaps);
  text.Field("allocator_active", report.active);
  text.Field("allocator_resident", report.resident);
  text.Bytes("total_system_memory", MachineMemoryBytes());
  WriteScriptMemory(text, services.scripts);
  text.Bytes("maxmemory", static_cast<uint64_t>(services.settings.maxmemory));
  text.Field("maxmemory_policy", config.Value("maxmemory-policy"));
  text.Field("allocator_frag_ratio", Ratio(report.active, report.used - report.gaps), 2);
  text.Field("allocator_frag_bytes", Difference(report.active, report.used - report.gaps));
  text.Field("allocator_rss_ratio", Ratio(report.resident, report.active), 2);
  text.Field("allocator_rss_bytes", Difference(report.resident, report.active));
  text.Field("rss_overhead_ratio", 1.0, 2);
  text.Field("rss_overhead_bytes", 0);
  text.Field("mem_fragmentation_ratio", Ratio(report.resident, report.used), 2);
  text.Field("mem_fragmentation_bytes", Difference(report.resident, report.used));
  text.Field("mem_not_counted_for_evict", report.gaps);
  text.Zeroes({"mem_replication_backlog", "mem_total_replication_buffers", "mem_clients_slaves"});
  text.Field("mem_clients_normal", report.clients);
  text.Zeroes({"mem_cluster_links", "mem_aof_buffer"});
  text.Field("mem_allocator", "slab");
  text.Field("active_defrag_running",
             services.settings.activedefrag && process_slabs.WantsCompaction() ? 1 : 0);
  uint64_t pending_frees = 0;
  for (int i = 0; i < services.databases.count(); ++i) {
    pending_frees += services.databases[i].CountPendingFrees();
  }
  text.Field("lazyfree_pending_objects", pending_frees);
  text.Field("lazyfreed_objects", services.environment.statistics.lazyfreed_objects);
}

void WriteReplication(InfoText& text, Services& services) {
  text.Field("role", "master");
  text.Field("connected_slaves", 0);
  text.Field("master_failover_state", "no-failover");
  text.Field("master_replid", services.statistics.replication_id);
  text.Field("master_replid2", std::string(40, '0'));
  text.Field("master_repl_offset", 0);
  text.Field("second_repl_offset", -1);
  text.Field("repl_backlog_active", 0);
  text.Field("repl_backlog_size", services.config.Value("repl-backlog-size"));
  text.Zeroes({"repl_backlog_first_byte_offset", "repl_backlog_histlen"});
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

void WriteCpu(InfoText& text) {
  rusage self{};
  rusage children{};
  rusage thread{};
  getrusage(RUSAGE_SELF, &self);
  getrusage(RUSAGE_CHILDREN, &children);
  getrusage(RUSAGE_THREAD, &thread);
  text.Field("used_cpu_sys", Seconds(self.ru_stime), 6);
  text.Field("used_cpu_user", Seconds(self.ru_utime), 6);
  text.Field("used_cpu_sys_children", Seconds(children.ru_stime), 6);
  text.Field("used_cpu_user_children", Seconds(children.ru_utime), 6);
  text.Field("used_cpu_sys_main_thread", Seconds(thread.ru_stime), 6);
  text.Field("used_cpu_user_main_thread", Seconds(thread.ru_utime), 6);
}

}  // namespace

std::string RandomId() {
  static constexpr char kHex[] = "0123456789abcdef";
  unsigned char bytes[20];
  FillWithEntropy(bytes, sizeof bytes);
  std::string id;
  for (const unsigned char byte : bytes) {
    id += kHex[byte >> 4U];
    id += kHex[byte & 15U];
  }
  return id;
}

void AddInfoSections(InfoRegistry& info, Services& services) {
  Services* const parts = &services;
  services.statistics.run_id = RandomId();
  services.statistics.replication_id = RandomId();
  info.Add("Server", kByDefault, [parts](InfoText& text) { WriteServer(text, *parts); });
  info.Add("Clients", kByDefault, [parts](InfoText& text) { WriteClients(text, *parts); });
  info.Add("Memory", kByDefault, [parts](InfoText& text) { WriteMemory(text, *parts); });
  AddPersistenceSection(info, services);
  AddStatsSection(info, services);
  info.Add("Replication", kByDefault, [parts](InfoText& text) { WriteReplication(text, *parts); });
  info.Add("CPU", kByDefault, [](InfoText& text) { WriteCpu(text); });
  info.Add("Modules", kByDefault, [](InfoText&) {});
  AddCommandSections(info, services);
  info.Add("Cluster", kByDefault, [](InfoText& text) { text.Field("cluster_enabled", 0); });
  AddKeyspaceSection(info, services);
}

}  // namespace thimble
