#include "server/stats/ticks.h"

#include <fstream>
#include <string>

#include "storage/common/clock.h"

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

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

const bool kUseCounter = CounterIsConstant();

double Calibrate() {
  if (!kUseCounter) return 1.0;
  constexpr int64_t kWindowNs = 2'000'000;
  const Clock& clock = Clock::System();
  const int64_t start_ns = clock.MonotonicNs();
  const uint64_t start_ticks = ReadTicks();
  int64_t now_ns = start_ns;
  while (now_ns - start_ns < kWindowNs) now_ns = clock.MonotonicNs();
  return static_cast<double>(now_ns - start_ns) / static_cast<double>(ReadTicks() - start_ticks);
}

}  // namespace

uint64_t ReadTicks() {
#if defined(__x86_64__)
  if (kUseCounter) return __rdtsc();
#endif
  return static_cast<uint64_t>(Clock::System().MonotonicNs());
}

double NanosecondsPerTick() {
  static const double ratio = Calibrate();
  return ratio;
}

}  // namespace thimble
