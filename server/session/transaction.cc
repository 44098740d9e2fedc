#include "server/session/transaction.h"

#include <algorithm>

#include "server/command/registry.h"

namespace thimble {

namespace {

// What most transactions need, so that few allocate more than once.
constexpr size_t kUsualCommands = 12;
constexpr size_t kUsualArgs = 48;
constexpr size_t kUsualBytes = 500;
// What stands between two arguments in a request, at most.
constexpr size_t kMostFraming = 32;

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
    args_.reserve(kUsualArgs);
    bytes_.reserve(kUsualBytes);
  }
  flags_ |= command.spec->flags;
  commands_.push_back(
      {&command, args.size(), Remember(args, hints.key), Remember(args, hints.field)});
  CopyArgs(args);
}

// As a rule they stand behind each other in the input, with little in between: then all are copied
// at once.
void Transaction::CopyArgs(std::span<const Bytes> args) {
  const char* const first = args.front().data();
  const size_t span = static_cast<size_t>(args.back().data() + args.back().size() - first);
  size_t together = 0;
  bool in_order = true;
  for (size_t i = 0; i < args.size(); ++i) {
    together += args[i].size() + kMostFraming;
    const auto begin = static_cast<size_t>(args[i].data() - first);
    args_.push_back({bytes_.size() + begin, args[i].size()});
    in_order = in_order && begin <= span && args[i].size() <= span - begin;
  }
  if (in_order && span <= together) {
    bytes_.append(first, span);
  } else {
    args_.resize(args_.size() - args.size());
    for (const Bytes arg : args) {
      args_.push_back({bytes_.size(), arg.size()});
      bytes_ += arg;
      bytes_ += '\0';
    }
  }
  bytes_ += '\0';  // The last may be empty, and the next begin where it does.
}

size_t Transaction::QueuedBytes() const {
  return bytes_.size() + args_.size() * sizeof(Arg) + commands_.size() * sizeof(Queued);
}

size_t Transaction::MemoryBytes() const {
  return sizeof(Transaction) + bytes_.capacity() + args_.capacity() * sizeof(Arg) +
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
