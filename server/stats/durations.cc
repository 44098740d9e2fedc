#include "server/stats/durations.h"

#include <algorithm>

namespace thimble {

double PercentileUs(const CommandStatistics& command, double percent) {
  uint64_t total = 0;
  for (const uint32_t count : command.durations) total += count;
  if (total == 0) return 0;
  const double wanted = std::max(1.0, static_cast<double>(total) * percent / 100);
  double below = 0;
  for (size_t bucket = 0; bucket < command.durations.size(); ++bucket) {
    const double count = command.durations[bucket];
    if (count > 0 && below + count >= wanted) {
      const double low_ns = bucket == 0 ? 0 : static_cast<double>(uint64_t{1} << bucket);
      const double high_ns = static_cast<double>(uint64_t{2} << bucket);
      return (low_ns + (high_ns - low_ns) * (wanted - below) / count) / 1000;
    }
    below += count;
  }
  return 0;
}

std::vector<std::pair<int64_t, uint64_t>> CumulativeHistogramUs(const CommandStatistics& command) {
  // The first boundary is a microsecond, as everywhere in this reply; later ones carry the two
  // significant digits that tools expect: 16, 33, 66, 132.
  constexpr size_t kFirst = 9;  // Durations below 2^10 ns.
  std::vector<std::pair<int64_t, uint64_t>> points;
  uint64_t calls = 0;
  uint64_t shown = 0;
  for (size_t bucket = 0; bucket < command.durations.size(); ++bucket) {
    calls += command.durations[bucket];
    if (bucket < kFirst || calls == shown) continue;
    const uint64_t boundary_ns = (uint64_t{2} << bucket) + (uint64_t{2} << bucket >> 7U) - 1;
    points.emplace_back(static_cast<int64_t>(boundary_ns / 1000), calls);
    shown = calls;
  }
  return points;
}

}  // namespace thimble
