#include "server/net/turn_clock.h"

#include <algorithm>
#include <ctime>

namespace thimble {
namespace {

uint64_t ThreadCpuNs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

}  // namespace

TurnClock::TurnClock() : last_reading_ns_(ThreadCpuNs()) {}

uint64_t TurnClock::EndTurn(uint64_t wall_ns) {
  if (wall_ns < kLongNs && ++unread_turns_ < kTurnsPerReading) {
    unread_ns_ += wall_ns;
    return wall_ns;
  }
  const uint64_t now_ns = ThreadCpuNs();
  const uint64_t spent_ns = now_ns - last_reading_ns_;
  const uint64_t turn_ns = spent_ns - std::min(spent_ns, unread_ns_);
  last_reading_ns_ = now_ns;
  unread_ns_ = 0;
  unread_turns_ = 0;
  return std::min(turn_ns, wall_ns);
}

}  // namespace thimble
