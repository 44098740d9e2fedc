#include "server/session/transaction.h"

#include <algorithm>

#include "server/command/registry.h"

namespace thimble {

void Transaction::Queue(const Command& command, std::span<const Bytes> args) {
  if (failed_) return;
  flags_ |= command.spec->flags;
  commands_.push_back({&command, args.size()});
  for (const Bytes arg : args) {
    bytes_ += arg;
    ends_.push_back(bytes_.size());
  }
}

size_t Transaction::MemoryBytes() const {
  return sizeof(Transaction) + bytes_.capacity() + ends_.capacity() * sizeof(size_t) +
         commands_.capacity() * sizeof(Queued) + watches_.capacity() * sizeof(WatchedKeys::Watch);
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
