#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

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
  // Copies the command, name included. One that will fail anyway queues nothing.
  void Queue(const Command& command, std::span<const Bytes> args);
  // A command could not be queued: EXEC will refuse.
  void Fail() { failed_ = true; }
  bool failed() const { return failed_; }

  size_t size() const { return commands_.size(); }
  // Flags that any of the queued commands has.
  uint32_t flags() const { return flags_; }
  size_t MemoryBytes() const;
  // Calls visit(const Command&, std::span<const Bytes> args) for each, in order. The arguments
  // live as long as the transaction.
  template <class Visit>
  void ForEach(Visit visit) const;

  // --- WATCH ----------------------------------------------------------------------------------
  // A key that is watched already stays watched as it was.
  void Watch(WatchedKeys& keys, int db, Bytes name);
  size_t watches() const { return watches_.size(); }
  void ForgetWatches() { watches_.clear(); }
  bool AnyChanged() const;

 private:
  struct Queued {
    const Command* command;
    size_t arg_count;
  };

  bool open_ = false;
  bool failed_ = false;
  uint32_t flags_ = 0;
  std::vector<Queued> commands_;
  std::string bytes_;         // All arguments, one after the other.
  std::vector<size_t> ends_;  // Where in it each ends.
  std::vector<WatchedKeys::Watch> watches_;
};

template <class Visit>
void Transaction::ForEach(Visit visit) const {
  std::vector<Bytes> args;
  size_t next = 0;
  size_t begin = 0;
  for (const Queued& queued : commands_) {
    args.clear();
    for (size_t i = 0; i < queued.arg_count; ++i) {
      const size_t end = ends_[next++];
      args.emplace_back(bytes_.data() + begin, end - begin);
      begin = end;
    }
    visit(*queued.command, std::span<const Bytes>(args));
  }
}

}  // namespace thimble
