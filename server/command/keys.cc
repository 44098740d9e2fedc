#include "server/command/keys.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "server/command/args.h"

namespace thimble {
namespace {

void AddRange(const KeyRange& range, size_t arg_count, std::vector<KeyArgument>& keys) {
  const auto first = static_cast<size_t>(range.first);
  const size_t last = range.last < 0 ? arg_count - 1 : first + static_cast<size_t>(range.last);
  for (size_t i = first; i <= last && i < arg_count; i += static_cast<size_t>(range.step)) {
    keys.push_back({i, range.flags});
  }
}

// As C's atoi reads a number, which is how Redis looks for the keys: what follows the digits does
// not matter.
int LeadingInt(Bytes text) {
  return static_cast<int>(std::strtol(std::string(text).c_str(), nullptr, 10));
}

void AddCounted(const KeyRange& range, std::span<const Bytes> args,
                std::vector<KeyArgument>& keys) {
  const auto position = static_cast<size_t>(range.first);
  if (position >= args.size()) return;
  const int count = LeadingInt(args[position]);
  const auto step = static_cast<size_t>(range.step);
  const size_t room = (args.size() - position - 1) / step;
  if (count < 1 || static_cast<size_t>(count) > room) return;
  for (size_t i = 0; i < static_cast<size_t>(count); ++i) {
    keys.push_back({position + 1 + i * step, range.flags});
  }
}

void AddAfterKeysWord(const KeyRange& range, std::span<const Bytes> args,
                      std::vector<KeyArgument>& keys) {
  for (auto i = static_cast<size_t>(range.first); i < args.size(); ++i) {
    if (IsWord(args[i], "auth")) {
      i += 1;
    } else if (IsWord(args[i], "auth2")) {
      i += 2;
    } else if (IsWord(args[i], "keys")) {
      keys.clear();
      while (++i < args.size()) keys.push_back({i, range.flags});
      return;
    }
  }
}

void AddAfterStoreWord(const KeyRange& range, std::span<const Bytes> args,
                       std::vector<KeyArgument>& keys) {
  size_t key = 0;
  for (size_t i = static_cast<size_t>(range.first) + 1; i + 1 < args.size(); ++i) {
    if (IsWord(args[i], "limit")) {
      i += 2;
    } else if (IsWord(args[i], "get") || IsWord(args[i], "by")) {
      i += 1;
    } else if (IsWord(args[i], "store")) {
      key = ++i;
    }
  }
  if (key != 0) keys.push_back({key, range.flags});
}

// What one call does with a key, of all that the command may do.
uint16_t FlagsOfCall(uint16_t flags, std::span<const Bytes> options) {
  if ((flags & kKeyReadForGet) == 0) return flags & ~kKeyIncomplete;
  const bool reads =
      std::any_of(options.begin(), options.end(), [](Bytes word) { return IsWord(word, "get"); });
  return reads ? flags & ~kKeyReadForGet : uint16_t{kKeyOverwrite | kKeyUpdate};
}

}  // namespace

std::vector<KeyArgument> KeysOf(const CommandSpec& spec, std::span<const Bytes> args) {
  std::vector<KeyArgument> keys;
  for (const KeyRange& range : spec.keys.ranges) {
    if ((range.flags & kNotKey) != 0) continue;
    if (range.kind == KeyRange::Kind::kRange) AddRange(range, args.size(), keys);
    if (range.kind == KeyRange::Kind::kCounted) AddCounted(range, args, keys);
    if (range.kind == KeyRange::Kind::kAfterKeysWord) AddAfterKeysWord(range, args, keys);
    if (range.kind == KeyRange::Kind::kAfterStoreWord) AddAfterStoreWord(range, args, keys);
  }
  // Of SET, the only one that it matters to: key and value are no options.
  constexpr size_t kFirstOption = 3;
  const std::span<const Bytes> options = args.subspan(std::min(kFirstOption, args.size()));
  for (KeyArgument& key : keys) key.flags = FlagsOfCall(key.flags, options);
  return keys;
}

}  // namespace thimble
