#include "server/command/keys.h"

#include "server/command/args.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

void AddRange(const KeyRange& range, size_t arg_count, std::vector<KeyArgument>& keys) {
  const auto first = static_cast<size_t>(range.first);
  const size_t last = range.last < 0 ? arg_count - 1 : first + static_cast<size_t>(range.last);
  for (size_t i = first; i <= last && i < arg_count; i += static_cast<size_t>(range.step)) {
    keys.push_back({i, range.flags});
  }
}

void AddCounted(const KeyRange& range, std::span<const Bytes> args,
                std::vector<KeyArgument>& keys) {
  const auto position = static_cast<size_t>(range.first);
  if (position >= args.size()) return;
  const std::optional<int64_t> count = ParseInt64(args[position]);
  const auto step = static_cast<size_t>(range.step);
  const size_t room = (args.size() - position - 1) / step;
  if (!count || *count < 1 || static_cast<uint64_t>(*count) > room) return;
  for (size_t i = 0; i < static_cast<size_t>(*count); ++i) {
    keys.push_back({position + 1 + i * step, range.flags});
  }
}

void AddAfterKeysWord(const KeyRange& range, std::span<const Bytes> args,
                      std::vector<KeyArgument>& keys) {
  for (auto i = static_cast<size_t>(range.first); i < args.size(); ++i) {
    if (EqualsIgnoringCase(args[i], "auth")) {
      i += 1;
    } else if (EqualsIgnoringCase(args[i], "auth2")) {
      i += 2;
    } else if (EqualsIgnoringCase(args[i], "keys")) {
      keys.clear();
      while (++i < args.size()) keys.push_back({i, range.flags});
      return;
    }
  }
}

}  // namespace

std::vector<KeyArgument> KeysOf(const CommandSpec& spec, std::span<const Bytes> args) {
  std::vector<KeyArgument> keys;
  for (const KeyRange& range : spec.keys.ranges) {
    if ((range.flags & kNotKey) != 0) continue;
    if (range.kind == KeyRange::Kind::kRange) AddRange(range, args.size(), keys);
    if (range.kind == KeyRange::Kind::kCounted) AddCounted(range, args, keys);
    if (range.kind == KeyRange::Kind::kAfterKeysWord) AddAfterKeysWord(range, args, keys);
  }
  return keys;
}

}  // namespace thimble
