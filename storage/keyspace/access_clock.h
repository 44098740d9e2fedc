#pragma once

#include <algorithm>
#include <cstdint>

#include "storage/common/random.h"

namespace thimble {

// When, or how often, a key was last used: 16 bits beside every key.
//
// By time (LRU): a unit bit and 15 bits of time stamp. A fresh stamp counts seconds and goes round
// in nine hours; long before, the upkeep walk rewrites it in units of 512 seconds, which go round
// in 194 days and stop ageing a little before. So the ages people look at are right to the second
// and the old ones, which only eviction compares, to within nine minutes.
//
// By frequency (LFU): a byte of minutes and a byte of use counter, which grows logarithmically and
// loses one per minute without use. The minutes go round in four hours; the upkeep walk brings the
// counter up to date before.
//
// Nothing tells the two apart: after a change of policy old clocks are read as the other kind until
// their keys are used, as in Redis.
class AccessClock {
 public:
  AccessClock(uint64_t now_ms, bool counts_frequency)
      : now_s_(now_ms / 1000), counts_frequency_(counts_frequency) {}

  // The clock of a key that was just made.
  uint16_t Fresh() const { return counts_frequency_ ? WithMinutes(kFirstCount) : Seconds(now_s_); }
  // The clock of a key that is being used.
  uint16_t Used(uint16_t clock, Random& random) const {
    if (!counts_frequency_) return Seconds(now_s_);
    return WithMinutes(CountUp(Frequency(clock), random));
  }
  // The clock of a key that was last used so long ago. REQUIRES: the clock tells time.
  uint16_t Idle(uint64_t seconds) const;
  // The clock of a key that was used so often. REQUIRES: the clock counts uses.
  uint16_t Counted(uint8_t count) const { return WithMinutes(count); }
  bool counts_frequency() const { return counts_frequency_; }
  // The same clock, fit to live until the upkeep walk comes by again.
  uint16_t Aged(uint16_t clock) const;

  // Seconds since the last use; what an LFU clock has instead is not time.
  uint64_t IdleSeconds(uint16_t clock) const;
  // The use counter, decayed up to now.
  uint8_t Frequency(uint16_t clock) const {
    const unsigned minutes = (Minutes() - (clock >> 8U)) & 0xFFU;
    const unsigned count = clock & 0xFFU;
    return static_cast<uint8_t>(count - std::min(count, minutes));
  }

 private:
  static constexpr uint16_t kCoarse = 0x8000;
  static constexpr uint16_t kStampMask = 0x7FFF;
  static constexpr unsigned kCoarseShift = 9;
  static constexpr uint64_t kMaxFineAge = 0x4000;    // In seconds: half a round.
  static constexpr uint64_t kMaxCoarseAge = 0x7F00;  // In coarse units: nearly a round.
  static constexpr uint8_t kFirstCount = 5;          // A new key is not the first to be evicted.
  static constexpr uint64_t kCountFactor = 10;

  static uint16_t Seconds(uint64_t seconds) { return static_cast<uint16_t>(seconds & kStampMask); }
  unsigned Minutes() const { return static_cast<unsigned>(now_s_ / 60) & 0xFFU; }
  uint16_t WithMinutes(uint8_t count) const {
    return static_cast<uint16_t>(Minutes() << 8U | count);
  }
  static uint8_t CountUp(uint8_t count, Random& random) {
    if (count == UINT8_MAX) return count;
    const uint64_t above_first = count > kFirstCount ? count - kFirstCount : 0;
    return random.Below(above_first * kCountFactor + 1) == 0 ? count + 1 : count;
  }
  uint64_t CoarseAge(uint16_t clock) const {
    return ((now_s_ >> kCoarseShift) - clock) & kStampMask;
  }

  uint64_t now_s_;
  bool counts_frequency_;
};

}  // namespace thimble
