#pragma once

#include <cstdint>

#include "storage/common/clock.h"

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace thimble {

// A clock for measuring commands: the processor's time-stamp counter where it runs at a constant
// rate, else the monotonic clock. Reading it costs a few nanoseconds; two reads on one thread never
// run backwards.
class TickClock {
 public:
  TickClock();  // Calibrates: about two milliseconds.

  uint64_t Read() const {
#if defined(__x86_64__)
    if (constant_) [[likely]]
      return __rdtsc();
#endif
    return static_cast<uint64_t>(Clock::System().MonotonicNs());
  }
  uint64_t Nanoseconds(uint64_t ticks) const {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(ticks) * rate_) >> kRateBits);
  }

 private:
  static constexpr unsigned kRateBits = 32;

  uint64_t Calibrate() const;

  bool constant_;
  uint64_t rate_;  // Nanoseconds per tick, times 2^kRateBits.
};

}  // namespace thimble
