#pragma once

#include <cstdint>

namespace thimble {

// xoshiro256** by Blackman and Vigna (public domain, 2018): fast and equidistributed, not for
// secrets. One per server, seeded from the kernel; fixed seeds in tests make a run repeatable.
class Random {
 public:
  explicit Random(uint64_t seed);
  static Random FromEntropy();

  uint64_t Next();
  // Uniform in [0, bound) without modulo bias (Lemire's multiply-and-reject). REQUIRES: bound > 0.
  uint64_t Below(uint64_t bound);

 private:
  uint64_t state_[4];
};

// Fills `out` from the kernel's generator; aborts if the kernel refuses.
void FillWithEntropy(void* out, unsigned size);

}  // namespace thimble
