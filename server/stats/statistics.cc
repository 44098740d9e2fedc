#include "server/stats/statistics.h"

namespace thimble {

void ServerStatistics::Reset() {
  ServerStatistics fresh;
  fresh.started_ms = started_ms;
  fresh.run_id = run_id;
  fresh.replication_id = replication_id;
  fresh.peak_memory_bytes = peak_memory_bytes;
  fresh.dirty = dirty;
  fresh.startup_memory_bytes = startup_memory_bytes;
  fresh.bytes_outside_storage = bytes_outside_storage;
  fresh.commands.resize(commands.size());
  *this = std::move(fresh);
}

}  // namespace thimble
