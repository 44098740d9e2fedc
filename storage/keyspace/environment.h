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
  uint64_t expired_fields = 0;
  uint64_t evicted_keys = 0;
  uint64_t lazyfreed_objects = 0;
};

class SnapshotKeeper;

// What all keyspaces of a server share. Outlives them.
struct StorageEnvironment {
  const HashKey& hash_key;
  const Clock& clock;
  Random& random;
  EncodingLimits limits = {};
  KeyspaceObserver* observer = nullptr;  // Optional.
  SnapshotKeeper* snapshot = nullptr;    // While one is being taken.
  bool count_frequency = false;     // The access clock counts uses (LFU) instead of time (LRU).
  bool timeless = false;            // No key expires: what happened long ago is happening again.
  bool tell_new = false;            // The observer hears kNew.
  bool tell_misses = false;         // The observer hears kKeyMiss.
  bool no_touch = false;            // Of the client whose command runs: its writes leave no trace.
  bool expiry_paused = false;       // Expired keys look absent but stay (CLIENT PAUSE WRITE).
  int64_t standing_ms = kTimeRuns;  // What NowMs() says while time stands still (TimeStands).
  KeyspaceStatistics statistics = {};

  static constexpr int64_t kTimeRuns = 0;
  static constexpr int64_t kStandsOnceRead = -1;

  // Wall clock that keys expire by, read anew at each call unless it stands still.
  int64_t NowMs() {
    if (standing_ms > 0) return standing_ms;
    const int64_t now_ms = clock.NowMs();
    if (standing_ms == kStandsOnceRead) standing_ms = now_ms;
    return now_ms;
  }
};

// While one lives, the time that keys expire by stands still, from when it is first asked for: a
// key that a command has found it does not lose to the clock. One inside another changes nothing.
class TimeStands {
 public:
  explicit TimeStands(StorageEnvironment& environment)
      : environment_(environment), is_first_(environment.standing_ms == environment.kTimeRuns) {
    if (is_first_) environment.standing_ms = environment.kStandsOnceRead;
  }
  ~TimeStands() {
    if (is_first_) environment_.standing_ms = environment_.kTimeRuns;
  }
  TimeStands(const TimeStands&) = delete;
  TimeStands& operator=(const TimeStands&) = delete;

 private:
  StorageEnvironment& environment_;
  const bool is_first_;
};

}  // namespace thimble
