#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "server/command/services.h"
#include "storage/common/function_ref.h"

namespace thimble {

// Snapshots of the data for clients that asked with SYNC and want nothing after it: redis-cli
// --rdb. They wait until a child can be forked, which writes straight into the client's socket:
//
//   $EOF:<40 characters> CR LF <the RDB file> <the same 40 characters>
class Transfers {
 public:
  explicit Transfers(Services& services) : services_(services) {}

  // The client waits from now on.
  void Ask(uint64_t client, bool functions_only) { waiting_.push_back({client, functions_only}); }
  bool waiting() const { return !waiting_.empty(); }

  // Takes the first that is still there. Its socket, for the child; nothing if all have gone.
  std::optional<int> Begin();
  // In the child.
  bool Write(int socket, FunctionRef<void()> progress) const;
  // The child has ended: the client is let go.
  void End();

 private:
  struct Wish {
    uint64_t client;
    bool functions_only;
  };

  Services& services_;
  std::deque<Wish> waiting_;
  Wish current_{};
};

}  // namespace thimble
