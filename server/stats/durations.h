#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "server/stats/statistics.h"

namespace thimble {

// What can be read from a command's histogram of durations, whose buckets are powers of two
// nanoseconds: a percentile is exact to within its bucket, interpolated inside it.

// Microseconds that `percent` of the calls did not exceed. 0 without calls.
double PercentileUs(const CommandStatistics& command, double percent);

// LATENCY HISTOGRAM: (microseconds, calls up to there) wherever the count rises.
std::vector<std::pair<int64_t, uint64_t>> CumulativeHistogramUs(const CommandStatistics& command);

}  // namespace thimble
