#pragma once

#include <cstdint>

namespace thimble {

// A clock for measuring commands: the processor's time-stamp counter where it runs at a constant
// rate, else the monotonic clock. Reading it costs a few nanoseconds; two reads on one thread never
// run backwards.
uint64_t ReadTicks();

// Ticks to nanoseconds; calibrated once at first use (about two milliseconds).
double NanosecondsPerTick();

}  // namespace thimble
