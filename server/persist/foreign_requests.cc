#include "server/persist/foreign_requests.h"

#include <optional>

#include "server/command/args.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

// What stands behind the key: options, a deadline and the fields.
struct FieldsPart {
  bool has_deadline = false;
  std::span<const Bytes> fields;  // Of HSETEX with their values.
  uint64_t count = 0;
};

// [option...] [PXAT milliseconds] FIELDS count field...; conditions were met when it was logged.
std::optional<FieldsPart> ReadFields(std::span<const Bytes> args) {
  FieldsPart part;
  size_t at = 0;
  for (; at < args.size() && !EqualsIgnoringCase(args[at], "fields"); ++at) {
    bool is_option = false;
    for (const Bytes word : {"keepttl", "fnx", "fxx", "nx", "xx", "gt", "lt"}) {
      is_option = is_option || EqualsIgnoringCase(args[at], word);
    }
    if (is_option) continue;
    if (!EqualsIgnoringCase(args[at], "pxat") || ++at == args.size()) return std::nullopt;
    if (!ParseInt64(args[at])) return std::nullopt;
    part.has_deadline = true;
  }
  if (at + 2 >= args.size()) return std::nullopt;
  part.count = ParseUint64(args[at + 1]).value_or(0);
  part.fields = args.subspan(at + 2);
  return part;
}

// HSETEX key [FNX | FXX] [KEEPTTL | PXAT milliseconds] FIELDS count field value [field value ...]
ForeignRequest TranslateSet(std::span<const Bytes> args, bool drop_deadlines) {
  const auto part = ReadFields(args.subspan(2));
  if (!part || (part->has_deadline && !drop_deadlines)) return {};
  if (part->fields.size() % 2 != 0 || part->count != part->fields.size() / 2) return {};
  ForeignRequest request{true, {"HSET", args[1]}, part->has_deadline ? part->count : 0};
  request.instead.insert(request.instead.end(), part->fields.begin(), part->fields.end());
  return request;
}

// HPEXPIREAT key milliseconds [condition] FIELDS count field [field ...]
ForeignRequest TranslateDeadline(std::span<const Bytes> args) {
  const auto part = ReadFields(args.subspan(3));
  if (!part || !ParseInt64(args[2]) || part->count != part->fields.size()) return {};
  return {true, {}, part->count};
}

}  // namespace

ForeignRequest TranslateForeign(std::span<const Bytes> args, bool drop_deadlines) {
  if (args.size() > 2 && EqualsIgnoringCase(args[0], "hsetex")) {
    return TranslateSet(args, drop_deadlines);
  }
  if (EqualsIgnoringCase(args[0], "restore-asking")) {
    ForeignRequest restore{true, {"RESTORE"}, 0};
    restore.instead.insert(restore.instead.end(), args.begin() + 1, args.end());
    return restore;
  }
  if (!drop_deadlines) return {};
  if (args.size() > 3 && EqualsIgnoringCase(args[0], "hpexpireat")) {
    return TranslateDeadline(args);
  }
  ForeignRequest nothing;
  nothing.known = EqualsIgnoringCase(args[0], "hpersist");
  return nothing;
}

}  // namespace thimble
