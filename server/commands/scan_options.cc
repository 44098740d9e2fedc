#include "server/commands/scan_options.h"

#include <algorithm>

namespace thimble {

Result<ScanOptions> ParseScanOptions(ArgCursor args, ScanOf what) {
  ScanOptions options;
  while (args.HasNext()) {
    if (args.TakeOption("count")) {
      Result<int64_t> count = args.NextInt();
      if (!count.ok()) return count.error();
      if (*count < 1) return Errc::kSyntax;
      options.count = static_cast<size_t>(*count);
    } else if (args.TakeOption("match")) {
      const Bytes pattern = args.Next();
      // "*" filters nothing, so it need not be tried on each name.
      options.pattern = pattern == "*" ? std::nullopt : std::optional(pattern);
    } else if (what == ScanOf::kKeys && args.TakeOption("type")) {
      options.type = args.Next();
    } else if (args.TakeWord("novalues")) {
      if (what != ScanOf::kHash) {
        return Error::Message("ERR NOVALUES option can only be used in HSCAN");
      }
      options.no_values = true;
    } else {
      return Errc::kSyntax;
    }
  }
  return options;
}

Result<uint64_t> ParseCursor(Bytes text) {
  // Redis reads a cursor as C does a number: past blanks and one plus, no further than a NUL.
  text = text.substr(0, text.find('\0'));
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n\v\f\r"), text.size()));
  if (text.starts_with('+')) text.remove_prefix(1);
  const std::optional<uint64_t> cursor = ParseUint64(text);
  if (!cursor) return Errc::kInvalidCursor;
  return *cursor;
}

}  // namespace thimble
