#pragma once

#include <cstdint>

#include "storage/table/hash_key.h"
#include "storage/table/sip_hash.h"

namespace thimble {

// How a directory turns keys into places. In three strengths, because skew is normal and floods are
// not: the process's hash as it is; the same hash mixed with a salt of the table's own, which
// undoes every correlation with other tables; SipHash with a key of its own, for hashes that
// collide in all 64 bits. Mixing is a bijection, so a salt cannot part what already collides.
struct Addressing {
  enum class Mode : uint8_t { kPlain, kSalted, kSip };

  Mode mode = Mode::kPlain;
  uint64_t salt[2] = {0, 0};

  // The hash kept with long strings: what cannot be had again without reading the key.
  uint64_t Base(const Hashed& key, const HashKey& hash_key) const {
    if (mode == Mode::kSip) [[unlikely]]
      return SipHash13(salt[0], salt[1], key.bytes);
    if (key.hash == Hashed::kUnknown) [[unlikely]]
      return hash_key.Hash(key.bytes);
    return key.hash;
  }

  // Whether a Base() of one is a Base() of the other.
  bool SharesBaseWith(const Addressing& other) const {
    if (mode != Mode::kSip && other.mode != Mode::kSip) return true;
    return mode == other.mode && salt[0] == other.salt[0] && salt[1] == other.salt[1];
  }

  // The bits that place an entry. The top eight are its tag, the next chooses the half of the
  // pair, the lowest choose the pair.
  uint64_t Address(uint64_t base) const {
    if (mode != Mode::kSalted) [[likely]]
      return base;
    base ^= salt[0];
    base = (base ^ base >> 33) * 0xff51afd7ed558ccd;
    base = (base ^ base >> 33) * 0xc4ceb9fe1a85ec53;
    return base ^ base >> 33;
  }
};

inline uint8_t TagOf(uint64_t address) {
  return static_cast<uint8_t>(address >> 56);
}
inline uint32_t HalfOf(uint64_t address) {
  return static_cast<uint32_t>(address >> 55 & 1);
}

}  // namespace thimble
