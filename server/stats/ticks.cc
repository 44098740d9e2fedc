#include "server/stats/ticks.h"

#include <fstream>
#include <string>

namespace thimble {
namespace {

// Whether the kernel itself trusts the counter: it says so by listing both flags.
bool CounterIsConstant() {
#if defined(__x86_64__)
  std::ifstream cpuinfo("/proc/cpuinfo");
  std::string line;
  while (std::getline(cpuinfo, line)) {
    if (!line.starts_with("flags")) continue;
    return line.find("constant_tsc") != std::string::npos &&
           line.find("nonstop_tsc") != std::string::npos;
  }
#endif
  return false;
}

}  // namespace

TickClock::TickClock() : constant_(CounterIsConstant()), rate_(Calibrate()) {}

uint64_t TickClock::Calibrate() const {
  constexpr uint64_t kOne = uint64_t{1} << kRateBits;
  if (!constant_) return kOne;
  constexpr int64_t kWindowNs = 2'000'000;
  const Clock& clock = Clock::System();
  const int64_t start_ns = clock.MonotonicNs();
  const uint64_t start_ticks = Read();
  int64_t now_ns = start_ns;
  while (now_ns - start_ns < kWindowNs) now_ns = clock.MonotonicNs();
  const double ns_per_tick =
      static_cast<double>(now_ns - start_ns) / static_cast<double>(Read() - start_ticks);
  return static_cast<uint64_t>(ns_per_tick * static_cast<double>(kOne));
}

}  // namespace thimble
