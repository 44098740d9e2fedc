#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "storage/common/bytes.h"

namespace thimble {

// What a script, or a function, declares about itself.
enum ScriptFlag : uint32_t {
  kNoWrites = 1U << 0U,            // Never writes: may run where writes are refused.
  kAllowOom = 1U << 1U,            // May add data above maxmemory.
  kAllowStale = 1U << 2U,          // May run on a replica that lost its master.
  kNoCluster = 1U << 3U,           // Not in a cluster.
  kAllowCrossSlotKeys = 1U << 4U,  // May touch keys of several slots.
  kUndeclared = 1U << 5U,          // Has no shebang line: what it does is seen as it does it.
};

struct ScriptFlagName {
  ScriptFlag flag;
  Bytes name;
};
inline constexpr std::array<ScriptFlagName, 5> kScriptFlagNames = {{
    {kNoWrites, "no-writes"},
    {kAllowOom, "allow-oom"},
    {kAllowStale, "allow-stale"},
    {kNoCluster, "no-cluster"},
    {kAllowCrossSlotKeys, "allow-cross-slot-keys"},
}};

inline std::optional<ScriptFlag> ScriptFlagOf(Bytes name) {
  for (const ScriptFlagName& known : kScriptFlagNames) {
    if (known.name == name) return known.flag;
  }
  return std::nullopt;
}

}  // namespace thimble
