#include "server/command/field_effects.h"

#include <string>
#include <vector>

#include "server/command/effects.h"

namespace thimble {
namespace {

void Tell(Effects& effects, int database, std::vector<Bytes> words, std::span<const Bytes> fields) {
  words.insert(words.end(), fields.begin(), fields.end());
  effects.Instead(database, words);
}

}  // namespace

void TellFieldDeadline(Effects& effects, int database, Bytes key, uint64_t deadline_ms,
                       std::span<const Bytes> fields) {
  if (!effects.active()) return;
  const std::string count = std::to_string(fields.size());
  if (deadline_ms == 0) return Tell(effects, database, {"HPERSIST", key, "FIELDS", count}, fields);
  const std::string deadline = std::to_string(deadline_ms);
  Tell(effects, database, {"HPEXPIREAT", key, deadline, "FIELDS", count}, fields);
}

void TellFieldsGone(Effects& effects, int database, Bytes key, std::span<const Bytes> fields) {
  if (!effects.active()) return;
  Tell(effects, database, {"HDEL", key}, fields);
}

}  // namespace thimble
