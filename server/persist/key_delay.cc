#include "server/persist/key_delay.h"

#include <ctime>

namespace thimble {

void SleepPerKey(int64_t delay_us) {
  constexpr int64_t kMicrosecond = 1000;
  constexpr int64_t kSecond = 1'000'000;
  if (delay_us == 0) return;
  if (delay_us < 0) {
    static uint64_t calls = 0;
    if (++calls % static_cast<uint64_t>(-delay_us) != 0) return;
    delay_us = 1;
  }
  timespec left{};
  left.tv_sec = delay_us / kSecond;
  left.tv_nsec = delay_us % kSecond * kMicrosecond;
  nanosleep(&left, nullptr);
}

}  // namespace thimble
