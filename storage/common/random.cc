#include "storage/common/random.h"

#include <bit>
#include <cerrno>

#include <sys/random.h>

#include "storage/common/check.h"

namespace thimble {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014) spreads one word of seed over the whole state.
uint64_t SplitMix(uint64_t& state) {
  uint64_t z = (state += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace

Random::Random(uint64_t seed) {
  for (uint64_t& word : state_) word = SplitMix(seed);
}

Random Random::FromEntropy() {
  uint64_t seed = 0;
  FillWithEntropy(&seed, sizeof seed);
  return Random(seed);
}

uint64_t Random::Next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

uint64_t Random::Below(uint64_t bound) {
  THIMBLE_DCHECK(bound > 0);
  auto product = static_cast<unsigned __int128>(Next()) * bound;
  if (static_cast<uint64_t>(product) < bound) {
    const uint64_t threshold = (0 - bound) % bound;
    while (static_cast<uint64_t>(product) < threshold) {
      product = static_cast<unsigned __int128>(Next()) * bound;
    }
  }
  return static_cast<uint64_t>(product >> 64U);
}

void FillWithEntropy(void* out, unsigned size) {
  auto* cursor = static_cast<unsigned char*>(out);
  while (size > 0) {
    const ssize_t got = getrandom(cursor, size, 0);
    if (got < 0 && errno == EINTR) continue;
    THIMBLE_CHECK(got > 0);
    cursor += got;
    size -= static_cast<unsigned>(got);
  }
}

}  // namespace thimble
