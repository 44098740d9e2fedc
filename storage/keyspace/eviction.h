#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/keyspace/databases.h"

namespace thimble {

// Which key goes first when memory is short.
struct EvictionRule {
  enum class Order : uint8_t {
    kIdlest,        // LRU. The access clock must tell time.
    kLeastUsed,     // LFU. The access clock must count uses.
    kNextDeadline,  // TTL.
    kRandom,
  };
  Order order = Order::kIdlest;
  bool with_deadline_only = false;  // "volatile-": keys without a deadline never go.
  size_t samples = 5;               // How many keys to compare each time, at least.

  friend bool operator==(const EvictionRule&, const EvictionRule&) = default;
};

// Chooses keys and evicts them, one a call. When and how many is the caller's business.
//
// Sampling    A hand goes round each database's buckets, a pair at a time, and every key of the
//             pair is looked at: after two or three cache misses a dozen comparisons are free. Keys
//             lie by their hash, so what is side by side is a random sample, and in one round each
//             is seen once. A database is chosen with a chance in proportion to its candidates.
// Pool        The best 16 seen so far are remembered by name from call to call, so that a good
//             candidate is not lost because a better one went first. One that was used since it was
//             seen is passed over.
// Cost        EvictOne: one pair of buckets and one deletion where candidates are common; at most
//             64 pairs where they are rare. Big values go to the graveyard.
class Evictor {
 public:
  // `databases` was made over `environment`. Both outlive this.
  Evictor(StorageEnvironment& environment, Databases& databases)
      : environment_(environment), databases_(databases) {}

  enum class Outcome : uint8_t {
    kEvicted,    // A key is gone, and the observer was told.
    kSearching,  // None was found so far, though there are some: call again.
    kNone,       // No key may go.
  };
  Outcome EvictOne(const EvictionRule& rule);

 private:
  static constexpr size_t kPoolSize = 16;
  static constexpr size_t kMostPairs = 64;

  struct Pooled {
    uint64_t score;  // The highest goes first.
    int database;
    uint64_t deadline_ms;
    uint16_t clock;
    std::string key;
  };

  size_t CandidatesIn(int database) const;
  void Sample(Keyspace& keys, size_t candidates);
  uint64_t Score(const Keyspace::Candidate& candidate, const AccessClock& clock) const;
  void Remember(int database, uint64_t score, const Keyspace::Candidate& candidate);

  StorageEnvironment& environment_;
  Databases& databases_;
  EvictionRule rule_;         // What the pool was filled for.
  std::vector<Pooled> pool_;  // By score, ascending.
};

}  // namespace thimble
