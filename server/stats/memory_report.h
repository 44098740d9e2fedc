#pragma once

#include <cstdint>
#include <vector>

#include "server/command/services.h"

namespace thimble {

// Where the process's memory is. Bytes throughout.
struct MemoryReport {
  uint64_t used = 0;      // Allocated by the server; of slabs, all of their memory.
  uint64_t peak = 0;      // The most `used` ever was.
  uint64_t startup = 0;   // `used` when serving began.
  uint64_t gaps = 0;      // Of it, free blocks in slabs: room for what comes next.
  uint64_t overhead = 0;  // Startup, clients, scripts, gaps.
  uint64_t dataset = 0;   // Used minus overhead: keys, values and the tables' own rows.
  uint64_t clients = 0;
  uint64_t scripts = 0;   // Kept scripts and libraries of functions.
  uint64_t keys = 0;      // How many, over all databases.
  uint64_t active = 0;    // The allocator's pages in use, free room in them included.
  uint64_t resident = 0;  // The whole process, from the kernel.
  struct Database {
    int index = 0;
    uint64_t overhead = 0;
  };
  std::vector<Database> databases;  // Those with keys.

  double DatasetPercent() const;
  double PeakPercent() const;
};

// Asks allocator, kernel and keyspaces, and raises the peak. O(clients + databases).
MemoryReport TakeMemoryReport(Services& services);

// What the allocator has given out. Microseconds: for timers and INFO, not for every command.
uint64_t AllocatedBytes();
// Resident set size, from the kernel.
uint64_t ResidentBytes();
// Installed memory.
uint64_t MachineMemoryBytes();

struct Client;
// What one client's state and buffers hold.
uint64_t ClientMemoryBytes(const Client& client);

}  // namespace thimble
