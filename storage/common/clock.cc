#include "storage/common/clock.h"

#include <ctime>

namespace thimble {
namespace {

int64_t ReadNs(clockid_t id) {
  timespec now{};
  clock_gettime(id, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

class SystemClock final : public Clock {
 public:
  int64_t NowUs() const override { return ReadNs(CLOCK_REALTIME) / 1000; }
  int64_t CoarseNowMs() const override { return ReadNs(CLOCK_REALTIME_COARSE) / 1'000'000; }
  int64_t MonotonicNs() const override { return ReadNs(CLOCK_MONOTONIC); }
};

}  // namespace

const Clock& Clock::System() {
  static const SystemClock clock;
  return clock;
}

}  // namespace thimble
