#pragma once

#include "storage/common/sha1.h"
#include "storage/keyspace/databases.h"

namespace thimble {

// Fingerprints of data that do not depend on the order in which anything is stored, equal to those
// Redis computes for the same data: two servers can be compared without exchanging the data.

// Of one value with its deadline; all zeros for a missing key.
Sha1Digest DigestOfValue(Keyspace& keys, const Hashed& key);

// Of everything. O(data).
Sha1Digest DigestOfAll(Databases& databases, const HashKey& hash_key);

}  // namespace thimble
