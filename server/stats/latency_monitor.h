#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace thimble {

// Latency spikes by event ("command", "fast-command", "expire-cycle", ...): the latest 160 seconds
// that saw one, each with its worst, and the worst ever. What is a spike, latency-monitor-threshold
// says; callers ask before they record.
class LatencyMonitor {
 public:
  static constexpr size_t kMaxSamples = 160;

  struct Sample {
    int64_t time_s = 0;
    int64_t latency_ms = 0;
  };
  struct Event {
    std::deque<Sample> samples;  // Oldest first, never empty.
    int64_t worst_ms = 0;
  };

  void Record(std::string_view event, int64_t now_s, int64_t latency_ms);
  const std::map<std::string, Event, std::less<>>& events() const { return events_; }
  const Event* Find(std::string_view event) const;
  // Forgets one event, or all; tells how many there were.
  size_t Reset(std::string_view event);
  size_t ResetAll();

 private:
  std::map<std::string, Event, std::less<>> events_;
};

// LATENCY GRAPH: a small picture of an event's samples, one column each.
std::string LatencyGraph(std::string_view name, const LatencyMonitor::Event& event, int64_t now_s);
// LATENCY DOCTOR: what was seen, in words.
std::string LatencyReport(const LatencyMonitor& monitor, int64_t threshold_ms);

}  // namespace thimble
