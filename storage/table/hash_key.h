#pragma once

#include <array>
#include <cstdint>

#include "storage/common/bytes.h"
#include "storage/table/table_position.h"

namespace thimble {

// A byte string with its hash, computed once and carried along: batches hash ahead of execution,
// and a copy from one table to another need not hash again. The hash belongs to the process's
// HashKey.
struct Hashed {
  // Not computed: a table does that when it needs to. Of the one string whose hash this really is,
  // again each time.
  static constexpr uint64_t kUnknown = 0;

  Bytes bytes;
  uint64_t hash = kUnknown;
  // Where a batch has found it already. A hint: counts only while the table it was found in still
  // has the position's generation, which no other table ever has.
  TablePosition located = {};
  uint32_t memo = 0;  // Which of the entries that its keyspace remembers is the one found there.

  // The same bytes were located before.
  void PlaceAs(const Hashed& other) {
    located = other.located;
    memo = other.memo;
  }
};

// The secret that keys every table of the process: XXH3 with 192 random bytes. Never the seeded
// variant, whose 64-bit seed an attacker can defeat with prepared collisions. One per process;
// fixed in tests. Immutable, so any thread may hash.
class HashKey {
 public:
  static constexpr unsigned kSecretBytes = 192;

  static HashKey FromEntropy();
  static HashKey FromSeed(uint64_t seed);  // For tests: repeatable, not secret.

  uint64_t Hash(Bytes bytes) const;
  Hashed Of(Bytes bytes) const { return {bytes, Hash(bytes), {}}; }

 private:
  HashKey() = default;
  std::array<unsigned char, kSecretBytes> secret_;
};

}  // namespace thimble
