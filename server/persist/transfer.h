#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "server/command/services.h"
#include "server/persist/snapshot_job.h"

namespace thimble {

// Snapshots of the data for clients that asked with SYNC and want nothing after it: redis-cli
// --rdb. They wait until there can be a job, whose thread writes straight into the client's socket:
//
//   $EOF:<40 characters> CR LF <the RDB file> <the same 40 characters>
class Transfers {
 public:
  explicit Transfers(Services& services) : services_(services) {}

  // The client waits from now on.
  void Ask(uint64_t client, bool functions_only) { waiting_.push_back({client, functions_only}); }
  // Whether that client waits, or is being sent one.
  bool Has(uint64_t client) const;

  // Takes the first that is still there. What its job is to do; nothing if all have gone.
  struct Task {
    SnapshotJob::Work work;
    bool functions_only;
  };
  std::optional<Task> Begin();
  // Whether the client whose snapshot is under way is still there.
  bool IsWanted() const;
  // The job has ended: the client is let go.
  void End();

 private:
  struct Wish {
    uint64_t client;
    bool functions_only;
  };

  SnapshotJob::Work WorkFor(int connection) const;

  Services& services_;
  std::deque<Wish> waiting_;
  Wish current_{};
};

}  // namespace thimble
