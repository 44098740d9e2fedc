#include "server/persist/key_delay.h"

#include <ctime>

namespace thimble {

int64_t DelayOfThisKeyUs(int64_t delay_us) {
  if (delay_us >= 0) return delay_us;
  static thread_local uint64_t calls = 0;
  return ++calls % static_cast<uint64_t>(-delay_us) == 0 ? 1 : 0;
}

void SleepPerKey(int64_t delay_us) {
  constexpr int64_t kMicrosecond = 1000;
  constexpr int64_t kSecond = 1'000'000;
  delay_us = DelayOfThisKeyUs(delay_us);
  if (delay_us == 0) return;
  timespec left{};
  left.tv_sec = delay_us / kSecond;
  left.tv_nsec = delay_us % kSecond * kMicrosecond;
  nanosleep(&left, nullptr);
}

}  // namespace thimble
