#pragma once

#include <cstdint>

namespace thimble {

// A part of a whole, as INFO and MEMORY STATS show it. Of nothing it is 0.
constexpr double Ratio(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

constexpr double Percent(uint64_t part, uint64_t whole) {
  return 100.0 * Ratio(part, whole);
}

}  // namespace thimble
