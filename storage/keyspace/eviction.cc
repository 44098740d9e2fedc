#include "storage/keyspace/eviction.h"

#include <algorithm>
#include <utility>

namespace thimble {

Evictor::Outcome Evictor::EvictOne(const EvictionRule& rule) {
  if (rule != rule_) pool_.clear();
  rule_ = rule;

  size_t total = 0;
  for (int i = 0; i < databases_.count(); ++i) total += CandidatesIn(i);
  if (total == 0) {
    pool_.clear();
    return Outcome::kNone;
  }
  size_t drawn = environment_.random.Below(total);
  int database = 0;
  while (drawn >= CandidatesIn(database)) drawn -= CandidatesIn(database++);
  Sample(databases_[database], CandidatesIn(database));

  while (!pool_.empty()) {
    const Pooled best = std::move(pool_.back());
    pool_.pop_back();
    const Hashed key = environment_.hash_key.Of(best.key);
    if (databases_[best.database].Evict(key, best.deadline_ms, best.clock)) {
      return Outcome::kEvicted;
    }
  }
  return Outcome::kSearching;
}

size_t Evictor::CandidatesIn(int database) const {
  const Keyspace& keys = databases_[database];
  return rule_.with_deadline_only ? keys.deadlines() : keys.size();
}

void Evictor::Sample(Keyspace& keys, size_t candidates) {
  const AccessClock clock(static_cast<uint64_t>(environment_.clock.CoarseNowMs()),
                          environment_.count_frequency);
  const size_t wanted = std::min(rule_.samples, candidates);
  const size_t pairs = std::min(kMostPairs, keys.Buckets() / 2);
  size_t seen = 0;
  for (size_t pair = 0; pair < pairs && seen < wanted; ++pair) {
    keys.VisitNext(rule_.with_deadline_only, [&](const Keyspace::Candidate& candidate) {
      ++seen;
      Remember(keys.index(), Score(candidate, clock), candidate);
    });
  }
}

uint64_t Evictor::Score(const Keyspace::Candidate& candidate, const AccessClock& clock) const {
  switch (rule_.order) {
    case EvictionRule::Order::kIdlest:
      return clock.IdleSeconds(candidate.clock);
    case EvictionRule::Order::kLeastUsed:
      return UINT8_MAX - clock.Frequency(candidate.clock);
    case EvictionRule::Order::kNextDeadline:
      return UINT64_MAX - candidate.deadline_ms;
    case EvictionRule::Order::kRandom:
      break;
  }
  return environment_.random.Next();
}

void Evictor::Remember(int database, uint64_t score, const Keyspace::Candidate& candidate) {
  const bool full = pool_.size() == kPoolSize;
  if (full && score <= pool_.front().score) return;
  std::string key = candidate.key.ToString();
  const auto same = std::find_if(pool_.begin(), pool_.end(), [&](const Pooled& pooled) {
    return pooled.database == database && pooled.key == key;
  });
  if (same != pool_.end()) {
    pool_.erase(same);  // Seen again, perhaps used since.
  } else if (full) {
    pool_.erase(pool_.begin());
  }
  const auto place =
      std::lower_bound(pool_.begin(), pool_.end(), score,
                       [](const Pooled& pooled, uint64_t wanted) { return pooled.score < wanted; });
  pool_.insert(place, {score, database, candidate.deadline_ms, candidate.clock, std::move(key)});
}

}  // namespace thimble
