#pragma once

#include <cstdint>
#include <string>

#include "storage/common/result.h"

namespace thimble {

// What handlers ask of the server as a whole.
class ServerControl {
 public:
  virtual ~ServerControl() = default;

  enum class Save : uint8_t { kIfConfigured, kAlways, kNever };
  // Begins an orderly end: the loop stops after this turn.
  virtual Result<void> Shutdown(Save save, bool force) = 0;

  enum class Pause : uint8_t { kWrites, kAll };
  // Until `until_ms` (wall clock), clients' commands wait: all, or those that may write.
  virtual void PauseClients(Pause what, int64_t until_ms) = 0;
  virtual void ResumeClients() = 0;

  // Binds anew after `port`, `bind` or `unixsocket` changed. On failure nothing is listened on.
  virtual Result<void> Listen() = 0;

  // CONFIG RESETSTAT.
  virtual void ResetStatistics() = 0;

  // For tests of expiry: whether keys are looked for whose deadline has passed, and whether
  // anything at all happens by itself.
  virtual void SetActiveExpiry(bool active) = 0;
  virtual void PauseUpkeep(bool paused) = 0;
};

}  // namespace thimble
