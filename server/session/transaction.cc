#include "server/session/transaction.h"

#include <algorithm>

#include "server/command/registry.h"

namespace thimble {

namespace {

// What most transactions need, so that few allocate more than once.
constexpr size_t kUsualCommands = 12;
constexpr size_t kUsualArgs = 48;
constexpr size_t kUsualBytes = 500;

}  // namespace

Transaction::KnownHash Transaction::Remember(std::span<const Bytes> args, const Hashed& hashed) {
  if (hashed.bytes.data() == nullptr) return {};
  for (size_t i = 1; i < args.size(); ++i) {
    if (args[i].data() == hashed.bytes.data()) return {static_cast<uint32_t>(i), hashed.hash};
  }
  return {};
}

void Transaction::Queue(const Command& command, std::span<const Bytes> args,
                        const HashHints& hints) {
  if (failed_) return;
  if (commands_.empty()) {
    commands_.reserve(kUsualCommands);
    ends_.reserve(kUsualArgs);
    bytes_.reserve(kUsualBytes);
  }
  flags_ |= command.spec->flags;
  commands_.push_back(
      {&command, args.size(), Remember(args, hints.key), Remember(args, hints.field)});
  for (const Bytes arg : args) {
    bytes_ += arg;
    ends_.push_back(bytes_.size());
    bytes_ += '\0';
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
