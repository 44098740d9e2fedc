#include "server/memory_ceiling.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "server/config/settings.h"
#include "server/persist/persistence.h"
#include "server/script/scripts.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

constexpr uint64_t kSliceEveryMs = 1;
// Evictions between two looks at the clock.
constexpr unsigned kEvictionsPerLook = 16;
constexpr int64_t kNoLimitNs = INT64_MAX;

// Up to 10 linear, 50 us a step; then each step is 15 % longer, two minutes in the end.
int64_t NanosecondsFor(int64_t tenacity) {
  constexpr int64_t kLinear = 10;
  constexpr int64_t kStepNs = 50'000;
  if (tenacity >= 100) return kNoLimitNs;
  if (tenacity <= kLinear) return tenacity * kStepNs;
  return static_cast<int64_t>(kLinear * kStepNs *
                              std::pow(1.15, static_cast<double>(tenacity - kLinear)));
}

}  // namespace

CountedMemory CountMemory(const Services& services) {
  CountedMemory counted{.kept = services.statistics.bytes_outside_storage};
  for (int i = 0; i < services.databases.count(); ++i) {
    const Keyspace& keys = services.databases[i];
    const uint64_t buried = keys.BuriedBytes();
    counted.kept += keys.MemoryBytes() - buried;
    counted.buried += buried;
  }
  return counted;
}

MemoryCeiling::MemoryCeiling(Loop& loop, Services& services)
    : services_(services),
      evictor_(services.environment, services.databases),
      timer_(loop, [this] { Slice(); }) {}

bool MemoryCeiling::MakeRoom() {
  if (StandsStill()) return true;
  return Work(!timer_runs_);
}

void MemoryCeiling::Review() {
  if (services_.settings.maxmemory == 0) {
    CountTimeAbove(false);
    return;
  }
  MakeRoom();
}

// Whether nothing may go now: in the middle of a script, while writes are paused, while files are
// loaded (what is behind in a log may still need it).
bool MemoryCeiling::StandsStill() const {
  return services_.environment.expiry_paused || services_.scripts.runner.busy() ||
         services_.persistence.loading();
}

void MemoryCeiling::Slice() {
  timer_.Stop();
  if (StandsStill()) return timer_.Start(kSliceEveryMs);
  timer_runs_ = false;
  Review();
}

// Evicts until enough is free, or only as much as was added since the last call. False if that is
// not enough and nothing is left that may go.
bool MemoryCeiling::Work(bool all) {
  const auto limit = static_cast<uint64_t>(services_.settings.maxmemory);
  CountedMemory counted = CountMemory(services_);
  if (counted.total() <= limit) [[likely]] {
    CountTimeAbove(false);
    total_at_last_call_ = 0;
    return true;
  }
  const int64_t start_ns = services_.environment.clock.MonotonicNs();
  const uint64_t before = std::max(limit, total_at_last_call_);
  const uint64_t added = counted.total() - std::min(counted.total(), before);
  FreeBuried(added, start_ns);

  const uint64_t excess = counted.kept - std::min(counted.kept, limit);
  const bool none_left = !Evict(counted.kept - (all ? excess : std::min(excess, added)), start_ns);
  counted = CountMemory(services_);
  total_at_last_call_ = counted.total();
  CountTimeAbove(counted.kept > limit);
  if (none_left && counted.kept > limit) return false;
  if (counted.total() > limit && !timer_runs_) {
    timer_runs_ = true;
    timer_.Start(kSliceEveryMs);
  }
  return true;
}

// Evicts until `goal` bytes are kept, or time is out. False if nothing is left that may go.
bool MemoryCeiling::Evict(uint64_t goal, int64_t start_ns) {
  const std::optional<EvictionRule> rule = Rule();
  if (!rule) return false;
  while (CountMemory(services_).kept > goal) {
    for (unsigned i = 0; i < kEvictionsPerLook; ++i) {
      const Evictor::Outcome outcome = evictor_.EvictOne(*rule);
      if (outcome == Evictor::Outcome::kNone) return false;
      if (outcome == Evictor::Outcome::kSearching) break;
      if (CountMemory(services_).kept <= goal) return true;
    }
    if (IsOutOfTime(start_ns)) return true;
  }
  return true;
}

// Frees of the graveyards what takes as much room as was added, and a little in any case.
void MemoryCeiling::FreeBuried(uint64_t bytes, int64_t start_ns) {
  const uint64_t buried = CountMemory(services_).buried;
  for (int i = 0; i < services_.databases.count(); ++i) {
    Keyspace& keys = services_.databases[i];
    while (keys.BuriedBytes() > 0) {
      keys.FreeSome();
      if (CountMemory(services_).buried + bytes <= buried || IsOutOfTime(start_ns)) return;
    }
  }
}

bool MemoryCeiling::IsOutOfTime(int64_t start_ns) const {
  const int64_t spent_ns = services_.environment.clock.MonotonicNs() - start_ns;
  return spent_ns >= NanosecondsFor(services_.settings.maxmemory_eviction_tenacity);
}

std::optional<EvictionRule> MemoryCeiling::Rule() const {
  const auto samples = static_cast<size_t>(services_.settings.maxmemory_samples);
  using Order = EvictionRule::Order;
  switch (services_.settings.maxmemory_policy) {
    case MaxmemoryPolicy::kNoEviction:
      break;
    case MaxmemoryPolicy::kAllKeysLru:
      return EvictionRule{Order::kIdlest, false, samples};
    case MaxmemoryPolicy::kAllKeysLfu:
      return EvictionRule{Order::kLeastUsed, false, samples};
    case MaxmemoryPolicy::kAllKeysRandom:
      return EvictionRule{Order::kRandom, false, samples};
    case MaxmemoryPolicy::kVolatileLru:
      return EvictionRule{Order::kIdlest, true, samples};
    case MaxmemoryPolicy::kVolatileLfu:
      return EvictionRule{Order::kLeastUsed, true, samples};
    case MaxmemoryPolicy::kVolatileRandom:
      return EvictionRule{Order::kRandom, true, samples};
    case MaxmemoryPolicy::kVolatileTtl:
      return EvictionRule{Order::kNextDeadline, true, samples};
  }
  return std::nullopt;
}

// For INFO: since when there is more than allowed.
void MemoryCeiling::CountTimeAbove(bool above) {
  ServerStatistics& statistics = services_.statistics;
  if (above == (statistics.above_maxmemory_since_ns != 0)) [[likely]]
    return;
  const int64_t now_ns = services_.environment.clock.MonotonicNs();
  if (above) {
    statistics.above_maxmemory_since_ns = now_ns;
  } else {
    statistics.above_maxmemory_ns += now_ns - statistics.above_maxmemory_since_ns;
    statistics.above_maxmemory_since_ns = 0;
  }
}

}  // namespace thimble
