#pragma once

#include <cstdint>

namespace thimble {

// For tests in which loading or saving has to take long: sleeps so many microseconds, or with -n
// once in n calls for one. The options key-load-delay and rdb-key-save-delay.
void SleepPerKey(int64_t delay_us);
// How long that would be this time, for who waits in another way.
int64_t DelayOfThisKeyUs(int64_t delay_us);

}  // namespace thimble
