#pragma once

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include "server/command/args.h"
#include "server/session/client.h"
#include "server/session/command_queue.h"
#include "server/session/watched_keys.h"
#include "storage/common/bytes.h"

namespace thimble {

struct Command;

// What a client has between WATCH or MULTI and EXEC: the keys it watches and the commands it has
// queued. Exists only while there is either.
class Transaction {
 public:
  // --- MULTI ----------------------------------------------------------------------------------
  bool open() const { return open_; }
  void Open() { open_ = true; }
  // One that will fail anyway queues nothing.
  void Queue(const Command& command, std::span<const Bytes> args, const HashHints& hints = {});
  // A command could not be queued: EXEC will refuse.
  void Fail() { failed_ = true; }
  bool failed() const { return failed_; }

  CommandQueue& queue() { return queue_; }
  const CommandQueue& queue() const { return queue_; }
  // Flags that any of the queued commands has.
  uint32_t flags() const { return flags_; }
  size_t MemoryBytes() const;

  // --- WATCH ----------------------------------------------------------------------------------
  // A key that is watched already stays watched as it was.
  void Watch(WatchedKeys& keys, int db, Bytes name);
  size_t watches() const { return watches_.size(); }
  void ForgetWatches() {
    watches_.clear();
    watched_.clear();
  }
  bool AnyChanged() const;

 private:
  bool open_ = false;
  bool failed_ = false;
  uint32_t flags_ = 0;
  CommandQueue queue_;
  std::vector<WatchedKeys::Watch> watches_;
  std::unordered_set<const void*> watched_;  // Their ids.
};

// Between MULTI and EXEC or DISCARD, when commands are queued.
inline bool InMulti(const Client& client) {
  return client.transaction != nullptr && client.transaction->open();
}

}  // namespace thimble
