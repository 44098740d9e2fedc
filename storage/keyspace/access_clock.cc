#include "storage/keyspace/access_clock.h"

namespace thimble {

uint64_t AccessClock::IdleSeconds(uint16_t clock) const {
  if ((clock & kCoarse) == 0) return (now_s_ - clock) & kStampMask;
  const uint64_t stamp = (now_s_ >> kCoarseShift) - CoarseAge(clock);
  return now_s_ - (stamp << kCoarseShift);
}

uint16_t AccessClock::Idle(uint64_t seconds) const {
  if (seconds < kMaxFineAge && seconds <= now_s_) return Seconds(now_s_ - seconds);
  const uint64_t age = std::min(seconds >> kCoarseShift, kMaxCoarseAge);
  return static_cast<uint16_t>(kCoarse | (((now_s_ >> kCoarseShift) - age) & kStampMask));
}

uint16_t AccessClock::Aged(uint16_t clock) const {
  if (counts_frequency_) return WithMinutes(Frequency(clock));
  uint64_t stamp = 0;
  if ((clock & kCoarse) == 0) {
    const uint64_t age = IdleSeconds(clock);
    if (age < kMaxFineAge) return clock;
    stamp = (now_s_ - age) >> kCoarseShift;
  } else {
    stamp = (now_s_ >> kCoarseShift) - std::min(CoarseAge(clock), kMaxCoarseAge);
  }
  return static_cast<uint16_t>(kCoarse | (stamp & kStampMask));
}

}  // namespace thimble
