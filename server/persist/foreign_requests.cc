#include "server/persist/foreign_requests.h"

#include <optional>

#include "server/command/args.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

// What stands behind the key: options, a deadline and the fields.
struct FieldsPart {
  std::optional<int64_t> deadline_ms;
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
    part.deadline_ms = ParseInt64(args[at]);
    if (!part.deadline_ms) return std::nullopt;
  }
  if (at + 2 >= args.size()) return std::nullopt;
  part.count = ParseUint64(args[at + 1]).value_or(0);
  part.fields = args.subspan(at + 2);
  return part;
}

// HSETEX key [FNX | FXX] [KEEPTTL | PXAT milliseconds] FIELDS count field value [field value ...]
ForeignRequest TranslateSet(std::span<const Bytes> args, bool drop_deadlines, int64_t now_ms) {
  const auto part = ReadFields(args.subspan(2));
  if (!part || (part->deadline_ms && !drop_deadlines)) return {};
  if (part->fields.size() % 2 != 0 || part->count != part->fields.size() / 2) return {};
  const bool is_past = part->deadline_ms && *part->deadline_ms <= now_ms;
  ForeignRequest request{true, {is_past ? "HDEL" : "HSET", args[1]}, 0};
  for (size_t i = 0; i < part->fields.size(); ++i) {
    if (!is_past || i % 2 == 0) request.instead.push_back(part->fields[i]);
  }
  if (part->deadline_ms && !is_past) request.deadlines_lost = part->count;
  return request;
}

// HPEXPIREAT key milliseconds [condition] FIELDS count field [field ...]
ForeignRequest TranslateDeadline(std::span<const Bytes> args, int64_t now_ms) {
  const auto deadline_ms = ParseInt64(args[2]);
  const auto part = ReadFields(args.subspan(3));
  if (!deadline_ms || !part || part->count != part->fields.size()) return {};
  if (*deadline_ms > now_ms) return {true, {}, part->count};
  ForeignRequest request{true, {"HDEL", args[1]}, 0};
  request.instead.insert(request.instead.end(), part->fields.begin(), part->fields.end());
  return request;
}

}  // namespace

ForeignRequest TranslateForeign(std::span<const Bytes> args, bool drop_deadlines, int64_t now_ms) {
  if (args.size() > 2 && EqualsIgnoringCase(args[0], "hsetex")) {
    return TranslateSet(args, drop_deadlines, now_ms);
  }
  if (!drop_deadlines) return {};
  if (args.size() > 3 && EqualsIgnoringCase(args[0], "hpexpireat")) {
    return TranslateDeadline(args, now_ms);
  }
  ForeignRequest nothing;
  nothing.known = EqualsIgnoringCase(args[0], "hpersist");
  return nothing;
}

}  // namespace thimble
