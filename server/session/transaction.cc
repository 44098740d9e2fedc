#include "server/session/transaction.h"

#include <algorithm>

#include "server/command/registry.h"

namespace thimble {

void Transaction::Queue(const Command& command, std::span<const Bytes> args,
                        const HashHints& hints) {
  if (failed_) return;
  flags_ |= command.spec->flags;
  queue_.Add(command, args, hints);
}

size_t Transaction::MemoryBytes() const {
  return sizeof(Transaction) + queue_.MemoryBytes() +
         watches_.capacity() * sizeof(WatchedKeys::Watch) + watched_.size() * 2 * sizeof(void*);
}

void Transaction::Watch(WatchedKeys& keys, int db, Bytes name) {
  WatchedKeys::Watch watch(keys, db, name);
  if (watched_.insert(watch.id()).second) watches_.push_back(std::move(watch));
}

bool Transaction::AnyChanged() const {
  return std::any_of(watches_.begin(), watches_.end(),
                     [](const auto& watch) { return watch.Changed(); });
}

}  // namespace thimble
