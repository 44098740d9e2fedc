#include "server/stats/memory_report.h"

#include <algorithm>
#include <fstream>

#include <malloc.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "server/pubsub/pubsub.h"
#include "server/script/scripts.h"
#include "server/session/clients.h"
#include "server/session/transaction.h"
#include "server/stats/ratio.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/databases.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {

double MemoryReport::DatasetPercent() const {
  const uint64_t grown = used > startup ? used - startup : 0;
  return std::min(Percent(dataset, grown), 100.0);
}

double MemoryReport::PeakPercent() const {
  return Percent(used, peak);
}

uint64_t AllocatedBytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd + process_slabs.held_bytes();
}

uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t total_pages = 0;
  uint64_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

uint64_t MachineMemoryBytes() {
  struct sysinfo info {};
  return sysinfo(&info) == 0 ? uint64_t{info.totalram} * info.mem_unit : 0;
}

uint64_t ClientMemoryBytes(const Client& client) {
  uint64_t bytes = sizeof(Client) + client.parser.MemoryBytes() + client.name.capacity() +
                   client.library_name.capacity() + client.library_version.capacity();
  if (client.transaction != nullptr) bytes += client.transaction->MemoryBytes();
  if (client.subscriptions != nullptr) bytes += client.subscriptions->MemoryBytes();
  if (client.connection != nullptr) {
    bytes += client.connection->InputMemoryBytes() + client.connection->output().MemoryBytes();
  }
  return bytes;
}

MemoryReport TakeMemoryReport(Services& services) {
  MemoryReport report;
  uint64_t stored = 0;
  for (int i = 0; i < services.databases.count(); ++i) {
    const Keyspace& keys = services.databases[i];
    stored += keys.MemoryBytes();
    report.keys += keys.size();
    if (keys.size() != 0) report.databases.push_back({i, keys.OverheadBytes()});
  }
  services.clients.ForEach([&](Client& client) { report.clients += ClientMemoryBytes(client); });

  report.scripts = services.scripts.MemoryBytes();

  ServerStatistics& statistics = services.statistics;
  report.startup = statistics.startup_memory_bytes;
  const struct mallinfo2 info = mallinfo2();
  report.gaps = process_slabs.held_bytes() - process_slabs.live_bytes();
  // An allocator that keeps no account (a sanitizer's) leaves what we counted ourselves.
  report.used = std::max<uint64_t>(AllocatedBytes(), stored + report.clients + report.gaps);
  statistics.peak_memory_bytes = std::max(statistics.peak_memory_bytes, report.used);
  report.peak = statistics.peak_memory_bytes;
  report.overhead =
      std::min(report.startup + report.clients + report.scripts + report.gaps, report.used);
  report.dataset = report.used - report.overhead;

  report.active = std::max<uint64_t>(
      info.arena + info.hblkhd - info.keepcost + process_slabs.held_bytes(), report.used);
  report.resident = ResidentBytes();
  return report;
}

}  // namespace thimble
