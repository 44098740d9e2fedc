#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "server/command/services.h"
#include "server/session/client.h"
#include "storage/common/bytes.h"

namespace thimble {

// The latest commands that took long. Bounded twice: slowlog-max-len entries, each of at most 32
// arguments of 128 bytes.
class SlowLog {
 public:
  static constexpr size_t kMaxArgs = 32;
  static constexpr size_t kMaxArgBytes = 128;

  struct Entry {
    uint64_t id = 0;
    int64_t time_s = 0;
    int64_t duration_us = 0;
    std::vector<std::string> args;
    std::string peer;
    std::string client_name;
  };

  void Record(const Services& services, const Client& client, std::span<const Bytes> args,
              int64_t duration_us);
  // Newest first.
  const std::deque<Entry>& entries() const { return entries_; }
  // Ids go on counting.
  void Clear() { entries_.clear(); }

 private:
  std::deque<Entry> entries_;
  uint64_t next_id_ = 0;
};

// `args` cut to what an entry may hold, saying how much is missing; passwords redacted.
std::vector<std::string> SlowLogArgs(std::span<const Bytes> args);

}  // namespace thimble
