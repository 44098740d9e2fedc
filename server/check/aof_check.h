#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/persist/files.h"

namespace thimble {

struct AofCheckOptions {
  bool fix = false;                // Offers to cut off what is not sound, on standard input.
  std::optional<int64_t> until_s;  // Cuts off what was logged after that time.
};

// Checks an append-only log, given its manifest, or a single file of requests, RDB or both, and
// tells on standard output what it found, in the words of redis-check-aof. True if all is sound, or
// is now.
bool CheckAof(Files& files, const std::string& path, const AofCheckOptions& options);

}  // namespace thimble
