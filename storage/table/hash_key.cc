#include "storage/table/hash_key.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "storage/common/random.h"

namespace thimble {

HashKey HashKey::FromEntropy() {
  HashKey key;
  FillWithEntropy(key.secret_.data(), kSecretBytes);
  return key;
}

HashKey HashKey::FromSeed(uint64_t seed) {
  HashKey key;
  Random random(seed);
  for (unsigned char& byte : key.secret_) byte = static_cast<unsigned char>(random.Next() >> 56);
  return key;
}

uint64_t HashKey::Hash(Bytes bytes) const {
  return XXH3_64bits_withSecret(bytes.data(), bytes.size(), secret_.data(), kSecretBytes);
}

}  // namespace thimble
