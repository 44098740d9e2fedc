#pragma once

#include <cstdint>

#include "storage/common/clock.h"
#include "storage/common/random.h"
#include "storage/keyspace/event.h"
#include "storage/table/hash_key.h"
#include "storage/value/encoding.h"

namespace thimble {

// Counters that INFO shows; kept by the keyspaces, reset by CONFIG RESETSTAT.
struct KeyspaceStatistics {
  uint64_t hits = 0;
  uint64_t misses = 0;
  uint64_t expired_keys = 0;
  uint64_t evicted_keys = 0;
  uint64_t lazyfreed_objects = 0;
};

// What all keyspaces of a server share. Outlives them.
struct StorageEnvironment {
  const HashKey& hash_key;
  const Clock& clock;
  Random& random;
  EncodingLimits limits = {};
  KeyspaceObserver* observer = nullptr;  // Optional.
  bool count_frequency = false;  // The access clock counts uses (LFU) instead of time (LRU).
  bool timeless = false;         // No key expires: what happened long ago is happening again.
  bool tell_new = false;         // The observer hears kNew.
  bool tell_misses = false;      // The observer hears kKeyMiss.
  bool expiry_paused = false;    // Expired keys look absent but stay (CLIENT PAUSE WRITE).
  KeyspaceStatistics statistics = {};
};

}  // namespace thimble
