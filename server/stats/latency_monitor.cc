#include "server/stats/latency_monitor.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace thimble {
namespace {

constexpr size_t kGraphColumns = 80;

// How long ago, in the largest unit that fits: "59s", "3m", "2h", "9d".
std::string Ago(int64_t seconds) {
  if (seconds < 60) return std::to_string(seconds) + "s";
  if (seconds < 3600) return std::to_string(seconds / 60) + "m";
  if (seconds < 86400) return std::to_string(seconds / 3600) + "h";
  return std::to_string(seconds / 86400) + "d";
}

struct Column {
  int64_t height = 0;  // In thirds of a row.
  std::string label;   // Written downwards below the column.
};

// Four rows; a column's top is _, o or # by thirds, and | below.
std::string Draw(const std::vector<Column>& columns) {
  constexpr int64_t kRows = 4;
  constexpr std::string_view kTops = "_o#";
  std::string picture;
  for (int64_t row = kRows - 1; row >= 0; --row) {
    for (const Column& column : columns) {
      const int64_t above = column.height - row * 3;
      picture += above < 0 ? ' ' : above < 3 ? kTops[static_cast<size_t>(above)] : '|';
    }
    picture += '\n';
  }
  picture.append(columns.size(), ' ').append("\n");
  size_t depth = 0;
  for (const Column& column : columns) depth = std::max(depth, column.label.size());
  for (size_t i = 0; i < depth; ++i) {
    for (const Column& column : columns) {
      picture += i < column.label.size() ? column.label[i] : ' ';
    }
    picture += '\n';
  }
  return picture;
}

}  // namespace

void LatencyMonitor::Record(std::string_view event, int64_t now_s, int64_t latency_ms) {
  auto found = events_.find(event);
  if (found == events_.end()) found = events_.emplace(std::string(event), Event{}).first;
  Event& series = found->second;
  series.worst_ms = std::max(series.worst_ms, latency_ms);
  if (!series.samples.empty() && series.samples.back().time_s == now_s) {
    Sample& same_second = series.samples.back();
    same_second.latency_ms = std::max(same_second.latency_ms, latency_ms);
    return;
  }
  series.samples.push_back({now_s, latency_ms});
  if (series.samples.size() > kMaxSamples) series.samples.pop_front();
}

const LatencyMonitor::Event* LatencyMonitor::Find(std::string_view event) const {
  const auto found = events_.find(event);
  return found == events_.end() ? nullptr : &found->second;
}

size_t LatencyMonitor::Reset(std::string_view event) {
  const auto found = events_.find(event);
  if (found == events_.end()) return 0;
  events_.erase(found);
  return 1;
}

size_t LatencyMonitor::ResetAll() {
  const size_t count = events_.size();
  events_.clear();
  return count;
}

std::string LatencyGraph(std::string_view name, const LatencyMonitor::Event& event, int64_t now_s) {
  const size_t count = std::min(event.samples.size(), kGraphColumns);
  const auto first = event.samples.end() - static_cast<std::ptrdiff_t>(count);
  const auto by_latency = [](const LatencyMonitor::Sample& a, const LatencyMonitor::Sample& b) {
    return a.latency_ms < b.latency_ms;
  };
  const auto [low, high] = std::minmax_element(first, event.samples.end(), by_latency);
  const int64_t span = std::max<int64_t>(high->latency_ms - low->latency_ms, 1);

  std::vector<Column> columns;
  for (auto sample = first; sample != event.samples.end(); ++sample) {
    constexpr int64_t kTallest = 11;
    columns.push_back(
        {(sample->latency_ms - low->latency_ms) * kTallest / span, Ago(now_s - sample->time_s)});
  }
  return std::string(name) + " - high " + std::to_string(high->latency_ms) + " ms, low " +
         std::to_string(low->latency_ms) + " ms (all time high " + std::to_string(event.worst_ms) +
         " ms)\n" + std::string(kGraphColumns, '-') + "\n" + Draw(columns);
}

std::string LatencyReport(const LatencyMonitor& monitor, int64_t threshold_ms) {
  if (threshold_ms == 0) {
    return "Latency monitoring is off. Turn it on with \"CONFIG SET latency-monitor-threshold "
           "<milliseconds>\".\n";
  }
  if (monitor.events().empty()) return "No latency spike was observed so far.\n";
  std::string report = "Latency spikes of " + std::to_string(threshold_ms) + " ms and more:\n\n";
  int number = 0;
  for (const auto& [name, event] : monitor.events()) {
    int64_t sum = 0;
    for (const LatencyMonitor::Sample& sample : event.samples) sum += sample.latency_ms;
    const auto count = static_cast<int64_t>(event.samples.size());
    int64_t deviation = 0;
    for (const LatencyMonitor::Sample& sample : event.samples) {
      deviation += std::abs(sample.latency_ms - sum / count);
    }
    report += std::to_string(++number) + ". " + name + ": " + std::to_string(count) +
              " latency spikes (average " + std::to_string(sum / count) + "ms, mean deviation " +
              std::to_string(deviation / count) + "ms). Worst all time event " +
              std::to_string(event.worst_ms) + "ms.\n";
  }
  report +=
      "\nSLOWLOG GET names the commands that took long. Commands over whole collections, such as "
      "KEYS, SMEMBERS and SUNIONSTORE, take time in proportion to what they touch: SCAN and its "
      "kin do the same work in small steps.\n";
  return report;
}

}  // namespace thimble
