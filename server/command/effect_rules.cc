#include "server/command/effect_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "server/command/args.h"
#include "server/command/effects.h"
#include "server/command/field_effects.h"
#include "server/config/settings.h"
#include "storage/common/number.h"
#include "storage/keyspace/databases.h"
#include "storage/keyspace/environment.h"
#include "storage/rdb/dump_payload.h"

namespace thimble {
namespace {

using Args = std::span<const Bytes>;

Hashed HashedOf(const Services& services, Bytes key) {
  return services.environment.hash_key.Of(key);
}

void TellGone(Services& services, int database, Bytes key) {
  services.effects.Instead(database, {"DEL", key});
}

// The string that `key` holds now, with its deadline.
void TellString(Services& services, int database, Bytes key) {
  Keyspace& keys = services.databases[database];
  const Hashed hashed = HashedOf(services, key);
  const auto deadline_ms = keys.DeadlineOf(hashed);
  auto value = keys.Read<StringValue>(hashed, Access::kPeek);
  if (!deadline_ms || !value.ok()) return TellGone(services, database, key);
  std::string scratch;
  const Bytes bytes = value->text().Flatten(scratch);
  if (*deadline_ms == 0) return services.effects.Instead(database, {"SET", key, bytes});
  services.effects.Instead(database, {"SET", key, bytes, "PXAT", std::to_string(*deadline_ms)});
}

void TellDeadline(Services& services, int database, Bytes key) {
  const auto deadline_ms = services.databases[database].DeadlineOf(HashedOf(services, key));
  if (!deadline_ms) return TellGone(services, database, key);
  if (*deadline_ms == 0) return services.effects.Instead(database, {"PERSIST", key});
  services.effects.Instead(database, {"PEXPIREAT", key, std::to_string(*deadline_ms)});
}

// --- The rules ----------------------------------------------------------------------------------

void String(Services& services, int database, Args args) {
  TellString(services, database, args[0]);
}

void Deadline(Services& services, int database, Args args) {
  TellDeadline(services, database, args[0]);
}

void Gone(Services& services, int database, Args args) {
  TellGone(services, database, args[0]);
}

// HINCRBYFLOAT key field increment: HSET takes the deadline away.
void Field(Services& services, int database, Args args) {
  auto fields =
      services.databases[database].Read<HashValue>(HashedOf(services, args[0]), Access::kPeek);
  if (!fields.ok()) return;
  const auto value = fields->Get(HashedOf(services, args[1]));
  if (!value) return;
  std::string scratch;
  services.effects.Instead(database, {"HSET", args[0], args[1], value->Flatten(scratch)});
  const uint64_t deadline_ms = fields->DeadlineOf(HashedOf(services, args[1])).value_or(0);
  if (deadline_ms == 0) return;
  TellFieldDeadline(services.effects, database, args[0], deadline_ms, args.subspan(1, 1));
}

// HGETDEL key FIELDS count field...
void FieldsGone(Services& services, int database, Args args) {
  TellFieldsGone(services.effects, database, args[0], args.subspan(3));
}

// MSETEX count key value [key value ...] [options]
void Strings(Services& services, int database, Args args) {
  const size_t count = ParseUint64(args[0]).value_or(0);
  for (size_t i = 0; i < count; ++i) TellString(services, database, args[1 + 2 * i]);
}

// RESTORE key ttl payload [options]: what came in a newer form is told in the one that all read.
void Payload(Services& services, int database, Args args) {
  Keyspace& keys = services.databases[database];
  const Hashed key = HashedOf(services, args[0]);
  const auto deadline_ms = keys.DeadlineOf(key);
  const auto item = keys.ItemOf(key);
  if (!deadline_ms || !item) return TellGone(services, database, args[0]);
  std::string own;
  if (!IsPayloadForAll(args[2])) {
    own = MakeDumpPayload(*item, {.compress = services.settings.rdbcompression});
  }
  const Bytes payload = own.empty() ? args[2] : Bytes(own);
  const std::string deadline = std::to_string(*deadline_ms);
  std::vector<Bytes> effect = {"RESTORE", args[0], deadline, payload, "REPLACE", "ABSTTL"};
  for (size_t i = 3; i + 1 < args.size(); ++i) {
    if (!EqualsIgnoringCase(args[i], "idletime") && !EqualsIgnoringCase(args[i], "freq")) continue;
    effect.insert(effect.end(), {args[i], args[i + 1]});
    ++i;
  }
  services.effects.Instead(database, effect);
}

constexpr size_t kSetWithoutOptions = 3;

struct RuleOf {
  std::string_view command;
  EffectRule rule;
};
// Sorted by name.
constexpr RuleOf kRows[] = {
    {"delex", {Gone}},
    {"delifeq", {Gone}},
    {"expire", {Deadline}},
    {"expireat", {Deadline}},
    {"getdel", {Gone}},
    {"getex", {Deadline}},
    {"getset", {String}},
    {"hgetdel", {FieldsGone}},
    {"hincrbyfloat", {Field}},
    {"incrbyfloat", {String}},
    {"increx", {String}},
    {"msetex", {Strings}},
    {"pexpire", {Deadline}},
    {"pexpireat", {Deadline}},
    {"psetex", {String}},
    {"restore", {Payload}},
    {"set", {String, kSetWithoutOptions}},
    {"setex", {String}},
};

static_assert(std::is_sorted(std::begin(kRows), std::end(kRows),
                             [](const auto& a, const auto& b) { return a.command < b.command; }));

}  // namespace

EffectRule EffectRuleOf(const Command& command) {
  const auto row = std::lower_bound(
      std::begin(kRows), std::end(kRows), command.spec->name,
      [](const RuleOf& candidate, std::string_view name) { return candidate.command < name; });
  const bool found = row != std::end(kRows) && row->command == command.spec->name;
  return found && command.container == nullptr ? row->rule : EffectRule();
}

}  // namespace thimble
