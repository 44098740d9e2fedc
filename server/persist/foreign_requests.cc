#include "server/persist/foreign_requests.h"

#include "server/command/args.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

// HSETEX key [FNX | FXX] [KEEPTTL | PXAT milliseconds] FIELDS count field value [field value ...]:
// a condition was met when it was logged.
bool TranslateSet(std::span<const Bytes> args, bool drop_field_deadlines,
                  std::vector<Bytes>* translated) {
  size_t at = 2;
  for (; at < args.size() && !EqualsIgnoringCase(args[at], "fields"); ++at) {
    const auto is = [&](Bytes word) { return EqualsIgnoringCase(args[at], word); };
    if (is("keepttl") || is("fnx") || is("fxx")) continue;
    if (!is("pxat") || !drop_field_deadlines) return false;
    ++at;
  }
  if (at + 2 >= args.size()) return false;
  const std::span<const Bytes> pairs = args.subspan(at + 2);
  if (pairs.size() % 2 != 0 || ParseUint64(args[at + 1]) != pairs.size() / 2) return false;
  *translated = {"HSET", args[1]};
  translated->insert(translated->end(), pairs.begin(), pairs.end());
  return true;
}

}  // namespace

bool TranslateForeign(std::span<const Bytes> args, bool drop_field_deadlines,
                      std::vector<Bytes>* translated) {
  translated->clear();
  if (EqualsIgnoringCase(args[0], "hsetex")) {
    return TranslateSet(args, drop_field_deadlines, translated);
  }
  const bool only_deadlines =
      EqualsIgnoringCase(args[0], "hpexpireat") || EqualsIgnoringCase(args[0], "hpersist");
  return only_deadlines && drop_field_deadlines;
}

}  // namespace thimble
