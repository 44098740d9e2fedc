#pragma once

#include <string>

#include "storage/common/bytes.h"
#include "storage/keyspace/keyspace.h"
#include "storage/table/hash_key.h"

namespace thimble {

// The key of the command before. A run of commands on one key, in a transaction or a script, hashes
// and finds it once.
//
// Cost      The key's size where it is the same or short; where it changes, one lookup, which the
//           command need not do again.
class LatestKey {
 public:
  // Of a key that is hashed: notes in it where it is.
  void Locate(Keyspace& keys, Hashed& key);
  // Hashes it as well. The result is a view of `key`.
  Hashed Locate(Keyspace& keys, const HashKey& hash_key, Bytes key);

  void Forget() { known_ = false; }

 private:
  // Longer ones are not kept; to compare them would cost as much as to find them.
  static constexpr size_t kLongest = 256;

  bool Is(Bytes key) const;
  void Keep(const Hashed& key);

  std::string bytes_;  // What latest_ is of: arguments may be gone by the next command.
  Hashed latest_;
  bool known_ = false;
};

}  // namespace thimble
