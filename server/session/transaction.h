#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "server/command/args.h"
#include "server/session/client.h"
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
  // Copies the command, name included, and remembers the hashes in `hints`. One that will fail
  // anyway queues nothing.
  void Queue(const Command& command, std::span<const Bytes> args, const HashHints& hints = {});
  // A command could not be queued: EXEC will refuse.
  void Fail() { failed_ = true; }
  bool failed() const { return failed_; }

  size_t size() const { return commands_.size(); }
  // Flags that any of the queued commands has.
  uint32_t flags() const { return flags_; }
  // What the queued commands make of it, without room for more.
  size_t QueuedBytes() const;
  size_t MemoryBytes() const;
  // Calls visit(const Command&, std::span<const Bytes> args, HashHints&) for each, in order. The
  // arguments live as long as the transaction.
  template <class Visit>
  void ForEach(Visit visit) const;

  // --- WATCH ----------------------------------------------------------------------------------
  // A key that is watched already stays watched as it was.
  void Watch(WatchedKeys& keys, int db, Bytes name);
  size_t watches() const { return watches_.size(); }
  void ForgetWatches() { watches_.clear(); }
  bool AnyChanged() const;

 private:
  // An argument's hash, if it has one: no command hashes its name.
  struct KnownHash {
    uint32_t arg = 0;
    uint64_t hash = 0;
  };
  struct Queued {
    const Command* command;
    size_t arg_count;
    KnownHash key;
    KnownHash field;
  };
  struct Arg {
    size_t begin;  // In bytes_.
    size_t size;
  };
  void CopyArgs(std::span<const Bytes> args);
  static KnownHash Remember(std::span<const Bytes> args, const Hashed& hashed);
  static Hashed Recall(std::span<const Bytes> args, const KnownHash& known) {
    if (known.arg == 0) return {};
    return {args[known.arg], known.hash, {}};
  }

  bool open_ = false;
  bool failed_ = false;
  uint32_t flags_ = 0;
  std::vector<Queued> commands_;
  // All arguments, as they came. Hashes are recognised by where an argument begins, so no two begin
  // at one place.
  std::string bytes_;
  std::vector<Arg> args_;
  std::vector<WatchedKeys::Watch> watches_;
};

template <class Visit>
void Transaction::ForEach(Visit visit) const {
  std::vector<Bytes> words;
  words.reserve(args_.size());
  for (const Arg& arg : args_) words.emplace_back(bytes_.data() + arg.begin, arg.size);
  std::span<const Bytes> left(words);
  for (const Queued& queued : commands_) {
    const std::span<const Bytes> args = left.first(queued.arg_count);
    left = left.subspan(queued.arg_count);
    HashHints hints{Recall(args, queued.key), Recall(args, queued.field), 0};
    visit(*queued.command, args, hints);
  }
}

// Between MULTI and EXEC or DISCARD, when commands are queued.
inline bool InMulti(const Client& client) {
  return client.transaction != nullptr && client.transaction->open();
}

}  // namespace thimble
