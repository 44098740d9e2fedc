#include "server/command/latest_key.h"

#include "storage/common/equal.h"

namespace thimble {

bool LatestKey::Is(Bytes key) const {
  return known_ && EqualBytes(key, bytes_);
}

void LatestKey::Keep(const Hashed& key) {
  known_ = key.bytes.size() <= kLongest;
  if (!known_) return;
  bytes_.assign(key.bytes);
  latest_ = key;
  latest_.bytes = bytes_;
}

void LatestKey::Locate(Keyspace& keys, Hashed& key) {
  if (Is(key.bytes)) return key.PlaceAs(latest_);
  keys.Locate(key);
  Keep(key);
}

Hashed LatestKey::Locate(Keyspace& keys, const HashKey& hash_key, Bytes key) {
  Hashed hashed{key, latest_.hash};
  if (Is(key)) {
    hashed.PlaceAs(latest_);
  } else {
    hashed = hash_key.Of(key);
    keys.Locate(hashed);
    Keep(hashed);
  }
  return hashed;
}

}  // namespace thimble
