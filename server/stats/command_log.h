#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/command/services.h"
#include "server/session/client.h"
#include "storage/common/bytes.h"

namespace thimble {

// The latest commands that took long, and those whose request or reply was large. Bounded twice:
// entries by the option of each kind, each entry to 32 arguments of 128 bytes.
class CommandLog {
 public:
  static constexpr size_t kMaxArgs = 32;
  static constexpr size_t kMaxArgBytes = 128;

  enum class Kind : uint8_t { kSlow, kLargeRequest, kLargeReply };
  static constexpr size_t kKinds = 3;
  // "slow", "large-request", "large-reply", in any case.
  static std::optional<Kind> ParseKind(Bytes name);

  struct Entry {
    uint64_t id = 0;
    int64_t time_s = 0;
    int64_t amount = 0;  // Microseconds, or bytes.
    std::vector<std::string> args;
    std::string peer;
    std::string client_name;
  };

  void Record(Kind kind, const Services& services, const Client& client,
              std::span<const Bytes> args, int64_t amount);
  // Down to what the settings allow: they have changed.
  void Trim(const Settings& settings);
  // Newest first.
  const std::deque<Entry>& entries(Kind kind) const { return LogOf(kind).entries; }
  // Ids go on counting.
  void Clear(Kind kind) { logs_[static_cast<size_t>(kind)].entries.clear(); }

 private:
  struct Log {
    std::deque<Entry> entries;
    uint64_t next_id = 0;
  };
  const Log& LogOf(Kind kind) const { return logs_[static_cast<size_t>(kind)]; }

  std::array<Log, kKinds> logs_;
};

// What is shown of a command (redaction.h), cut to what an entry may hold, saying how much is
// missing.
std::vector<std::string> CommandLogArgs(std::span<const Bytes> shown);

// What `args` are on the wire.
int64_t RequestBytes(std::span<const Bytes> args);

}  // namespace thimble
