#pragma once

#include <cstdint>

#include "server/command/services.h"
#include "server/net/timer.h"
#include "storage/slab/slab_releaser.h"

namespace thimble {

class Loop;

// How tightly slabs are kept, as SlabAllocator::CompactAbove wants it: always; with `activedefrag
// yes`; and until there is nothing left to move, after MEMORY PURGE.
constexpr size_t kCompactAlways = 20;
constexpr size_t kCompactActively = 50;
constexpr size_t kCompactOnRequest = 1000;

// What the server does by itself: expiry, merging and freeing, idle clients, rates. In slices of
// half a millisecond, at most one in a turn of the loop, so that no client waits longer for it.
//
// The regular beat comes `hz` times a second. While there is more to free, merge or expire, a
// second, quick beat does the slices, which fill up to a quarter of the time.
class Upkeep {
 public:
  Upkeep(Loop& loop, Services& services);

  // Starts the regular beat; again after `hz` changed.
  void Start();
  // DEBUG SET-ACTIVE-EXPIRE.
  void set_active_expiry(bool active) { active_expiry_ = active; }
  // DEBUG PAUSE-CRON.
  void set_paused(bool paused) { paused_ = paused; }

 private:
  void Beat();
  void QuickBeat();
  // Expires and maintains for about a millisecond. True if there is more to do.
  bool Slice();
  bool ExpireUntil(int64_t end_ns);
  bool MaintainUntil(int64_t end_ns);
  void ReviewClients();
  void SampleRates();
  void MeasureMemory();

  Loop& loop_;
  Services& services_;
  Timer beat_;
  Timer quick_beat_;
  SlabReleaser releaser_;
  bool quick_ = false;
  bool maintaining_ = false;  // The last slice left maintenance to do.
  bool active_expiry_ = true;
  bool paused_ = false;
  int next_expiry_database_ = 0;
  uint64_t beats_ = 0;

  // The state of the counters at the last sample, and the last rates.
  static constexpr int kSamples = 16;
  struct Rate {
    double samples[kSamples] = {};
    uint64_t last = 0;
    double Update(uint64_t counter, double seconds, int slot);
  };
  Rate commands_rate_;
  Rate input_rate_;
  Rate output_rate_;
  Rate cycles_rate_;
  Rate busy_rate_;
  int64_t sampled_ns_ = 0;
  int sample_slot_ = 0;
};

}  // namespace thimble
