#include "server/upkeep.h"

#include <algorithm>

#include "server/config/settings.h"
#include "server/memory_ceiling.h"
#include "server/net/loop.h"
#include "server/net/peer_link.h"
#include "server/persist/persistence.h"
#include "server/script/scripts.h"
#include "server/session/clients.h"
#include "server/session/output_limit.h"
#include "server/session/tracking.h"
#include "server/stats/memory_report.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/databases.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

constexpr int64_t kSliceNs = 500'000;
// What expiry takes of a slice when there is maintenance to do as well.
constexpr int64_t kExpiryShareNs = kSliceNs / 4 * 3;
constexpr uint64_t kQuickBeatMs = 2;
constexpr size_t kExpiryBuckets = 16;  // Per step; the clock is read between steps.

}  // namespace

Upkeep::Upkeep(Loop& loop, Services& services)
    : loop_(loop),
      services_(services),
      beat_(loop, [this] { Beat(); }),
      quick_beat_(loop, [this] { QuickBeat(); }),
      releaser_(process_slabs) {}

void Upkeep::Start() {
  MeasureMemory();  // The first commands are held against maxmemory already.
  const auto hz = static_cast<uint64_t>(std::clamp<int64_t>(services_.settings.hz, 1, 500));
  beat_.Start(1000 / hz, 1000 / hz);
}

void Upkeep::Beat() {
  if (paused_ || services_.scripts.runner.busy()) return;
  ++beats_;
  services_.persistence.Beat();
  // One slice a turn: both beats may fall into the same.
  if (!quick_ && Slice()) {
    quick_ = true;
    quick_beat_.Start(kQuickBeatMs, kQuickBeatMs);
  }
  const auto hz = static_cast<uint64_t>(std::max<int64_t>(services_.settings.hz, 1));
  if (beats_ % hz == 0) {
    ReviewClients();
    MeasureMemory();
    services_.ceiling.Review();
    services_.peers.CloseIdle();
  }
  if (beats_ % std::max<uint64_t>(hz / 10, 1) == 0) {
    SampleRates();
    releaser_.StepIdle();
  }
  if (services_.tracking.collected()) services_.tracking.Broadcast();
}

void Upkeep::QuickBeat() {
  if (!paused_ && (services_.scripts.runner.busy() || Slice())) return;
  quick_ = false;
  quick_beat_.Stop();
}

bool Upkeep::Slice() {
  const int64_t start_ns = services_.environment.clock.MonotonicNs();
  const int64_t share_ns = maintaining_ ? kExpiryShareNs : kSliceNs;
  if (services_.persistence.loading()) return false;
  const bool expiring = active_expiry_ && ExpireUntil(start_ns + share_ns);
  maintaining_ = MaintainUntil(start_ns + kSliceNs);
  return expiring || maintaining_;
}

bool Upkeep::ExpireUntil(int64_t end_ns) {
  const Clock& clock = services_.environment.clock;
  Databases& databases = services_.databases;
  Keyspace::ExpiryStep total;
  bool out_of_time = false;
  Keyspace::ExpiryStep fields;
  for (int visited = 0; visited < databases.count() && !out_of_time; ++visited) {
    Keyspace& keys = databases[next_expiry_database_];
    // A key with a deadline may sit anywhere, so a database that has some is walked through once
    // in a slice, if time allows.
    const size_t steps = keys.Buckets() / kExpiryBuckets + 1;
    for (size_t step = 0; step < steps && keys.HasDue(); ++step) {
      const Keyspace::ExpiryStep done = keys.ExpireSome(kExpiryBuckets);
      total.looked_at += done.looked_at;
      total.expired += done.expired;
      out_of_time = clock.MonotonicNs() >= end_ns;
      if (out_of_time) break;
    }
    while (!out_of_time && keys.HasDueFields()) {
      const Keyspace::ExpiryStep done = keys.ExpireSomeFields(kExpiryBuckets);
      fields.looked_at += done.looked_at;
      fields.expired += done.expired;
      out_of_time = clock.MonotonicNs() >= end_ns;
    }
    if (!out_of_time) next_expiry_database_ = (next_expiry_database_ + 1) % databases.count();
  }
  ServerStatistics& statistics = services_.statistics;
  if (total.looked_at > 0) {
    const double stale =
        100.0 * static_cast<double>(total.expired) / static_cast<double>(total.looked_at);
    statistics.expired_stale_percent = stale * 0.05 + statistics.expired_stale_percent * 0.95;
  }
  if (out_of_time) ++statistics.expired_time_cap_reached;
  // Worth another slice soon while one in ten of what is seen is due.
  return out_of_time &&
         (total.expired * 10 > total.looked_at || fields.expired * 10 > fields.looked_at);
}

bool Upkeep::MaintainUntil(int64_t end_ns) {
  const Clock& clock = services_.environment.clock;
  const bool releasing = releaser_.Step();
  for (int i = 0; i < services_.databases.count(); ++i) {
    while (services_.databases[i].Maintain()) {
      if (clock.MonotonicNs() >= end_ns) return true;
    }
  }
  process_slabs.CompactAbove(services_.settings.activedefrag ? kCompactActively : kCompactAlways);
  return releasing;
}

// Idle ones go; so do those that do not read what others have us tell them.
void Upkeep::ReviewClients() {
  const int64_t timeout_s = services_.settings.timeout_s;
  const int64_t latest_ms = services_.environment.clock.NowMs() - timeout_s * 1000;
  services_.clients.ForEach([&](Client& client) {
    EnforceOutputLimit(services_, client);
    const bool idle = timeout_s > 0 && client.active_ms < latest_ms && !client.monitoring &&
                      client.subscriptions == nullptr &&
                      !services_.persistence.IsSendingTo(client.id);
    if (idle) client.connection->Close();
  });
}

double Upkeep::Rate::Update(uint64_t counter, double seconds, int slot) {
  const uint64_t grown = counter >= last ? counter - last : counter;
  last = counter;
  samples[slot] = seconds > 0 ? static_cast<double>(grown) / seconds : 0;
  double sum = 0;
  for (const double sample : samples) sum += sample;
  return sum / kSamples;
}

void Upkeep::SampleRates() {
  const int64_t now_ns = services_.environment.clock.MonotonicNs();
  const double seconds = static_cast<double>(now_ns - sampled_ns_) / 1e9;
  sampled_ns_ = now_ns;
  sample_slot_ = (sample_slot_ + 1) % kSamples;
  ServerStatistics& statistics = services_.statistics;
  const NetTotals& totals = loop_.net_totals();
  statistics.net_input_bytes = totals.bytes_in;
  statistics.net_output_bytes = totals.bytes_out;
  statistics.reads_processed = totals.reads;
  statistics.writes_processed = totals.writes;
  const TurnTotals& turns = loop_.turn_totals();
  statistics.event_loop_cycles = turns.turns;
  statistics.event_loop_duration_us = turns.busy_us;
  statistics.event_loop_duration_max_us = turns.longest_us;
  statistics.commands_per_second = static_cast<uint64_t>(
      commands_rate_.Update(statistics.commands_processed, seconds, sample_slot_));
  statistics.input_kilobytes_per_second =
      input_rate_.Update(totals.bytes_in, seconds, sample_slot_) / 1024;
  statistics.output_kilobytes_per_second =
      output_rate_.Update(totals.bytes_out, seconds, sample_slot_) / 1024;
  const double cycles = cycles_rate_.Update(turns.turns, seconds, sample_slot_);
  const double busy_us = busy_rate_.Update(turns.busy_us, seconds, sample_slot_);
  statistics.cycles_per_second = static_cast<uint64_t>(cycles);
  statistics.cycle_duration_us = cycles > 0 ? static_cast<uint64_t>(busy_us / cycles) : 0;
}

// What storage holds is known at any time; beside it there is what serving began with, what clients
// hold, scripts and what clients may have cached. The allocator is not asked: with a full heap its
// account takes milliseconds.
void Upkeep::MeasureMemory() {
  uint64_t storage_bytes = 0;
  for (int i = 0; i < services_.databases.count(); ++i) {
    storage_bytes += services_.databases[i].MemoryBytes();
  }
  ServerStatistics& statistics = services_.statistics;
  uint64_t outside_bytes = statistics.startup_memory_bytes;
  services_.clients.ForEach(
      [&](const Client& client) { outside_bytes += ClientMemoryBytes(client); });
  outside_bytes += services_.scripts.MemoryBytes() + services_.tracking.MemoryBytes();
  statistics.bytes_outside_storage = outside_bytes;
  statistics.peak_memory_bytes =
      std::max(statistics.peak_memory_bytes, storage_bytes + outside_bytes);
}

}  // namespace thimble
