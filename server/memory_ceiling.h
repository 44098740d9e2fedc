#pragma once

#include <cstdint>
#include <optional>

#include "server/command/services.h"
#include "server/net/timer.h"
#include "storage/keyspace/eviction.h"

namespace thimble {

class Loop;

// Bytes that count against `maxmemory`.
struct CountedMemory {
  uint64_t kept = 0;    // What stays unless something is deleted.
  uint64_t buried = 0;  // Deleted already, freed slice by slice: no reason to evict more.
  uint64_t total() const { return kept + buried; }
};
// Exact for what is stored, so that a burst of writes is stopped where it should be; as of the last
// sample for everything else. O(databases).
CountedMemory CountMemory(const Services& services);

// Holds the server to `maxmemory`: evicts by `maxmemory-policy`, and says when commands that add
// data must be refused.
//
// Bounds      One call works for as long as `maxmemory-eviction-tenacity` says (10: half a
//             millisecond), then a timer goes on every millisecond. While it does, a command only
//             makes up for what was added since the last call, so that a pipeline is not held up by
//             as many slices as it has commands.
// Graveyard   Does not count as used, since it is on its way out; but while both together are above
//             the limit every call also frees some of it, at least what was added meanwhile.
class MemoryCeiling {
 public:
  MemoryCeiling(Loop& loop, Services& services);

  // Before a command, and whenever memory may have grown. False if commands that add data must be
  // refused: there is too much, and nothing that may go. REQUIRES: maxmemory is not 0.
  bool MakeRoom();
  // When the limit, the policy or what others than commands hold has changed.
  void Review();

 private:
  bool StandsStill() const;
  void Slice();
  bool Work(bool all);
  bool Evict(uint64_t goal, int64_t start_ns);
  void FreeBuried(uint64_t bytes, int64_t start_ns);
  bool IsOutOfTime(int64_t start_ns) const;
  std::optional<EvictionRule> Rule() const;
  void CountTimeAbove(bool above);

  Services& services_;
  Evictor evictor_;
  Timer timer_;
  bool timer_runs_ = false;
  uint64_t total_at_last_call_ = 0;  // Kept and buried, while above the limit.
};

}  // namespace thimble
