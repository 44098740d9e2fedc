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
         watches_.capacity() * sizeof(WatchedKeys::Watch);
}

void Transaction::Watch(WatchedKeys& keys, int db, Bytes name) {
  const bool watched = std::any_of(watches_.begin(), watches_.end(),
                                   [&](const auto& watch) { return watch.IsOf(db, name); });
  if (!watched) watches_.emplace_back(keys, db, name);
}

bool Transaction::AnyChanged() const {
  return std::any_of(watches_.begin(), watches_.end(),
                     [](const auto& watch) { return watch.Changed(); });
}

}  // namespace thimble
