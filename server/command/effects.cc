#include "server/command/effects.h"

#include "protocol/request_text.h"
#include "server/config/settings.h"
#include "server/session/client.h"
#include "storage/keyspace/environment.h"

namespace thimble {

// For what follows. REQUIRES: active().
inline EffectStream& Effects::Stream() {
  if (services_.settings.aof_timestamp_enabled) [[unlikely]]
    stream_->Stamp(services_.environment.clock.NowMs() / 1000);
  return *stream_;
}

void Effects::Add(int database, Bytes name, std::span<const Bytes> args) {
  Stream().Add(database, name, args);
}

void Effects::NoteGone(int database, Bytes key) {
  if (!active()) return;
  Add(database, "DEL", {&key, 1});
  if (depth_ == 0) stream_->EndGroup();
}

void Effects::NoteFieldsGone(int database, Bytes key, std::span<const std::string> fields) {
  if (!active()) return;
  std::vector<Bytes> args = {key};
  args.insert(args.end(), fields.begin(), fields.end());
  Add(database, "HDEL", args);
  if (depth_ == 0) stream_->EndGroup();
}

void Effects::Instead(int database, std::span<const Bytes> args) {
  if (!active()) return;
  if (!muted_) Add(database, args[0], args.subspan(1));
  replaced_ = true;
}

void Effects::End(Client& client, const Command& command, std::span<const Bytes> args, Bytes sent) {
  if (changed_ && !replaced_ && !muted_ && active() && command.spec->Is(kWrite)) [[likely]]
    AddCommand(client.database, command, args, sent);
  changed_ = false;
  replaced_ = false;
  if (--depth_ == 0 && active()) stream_->EndGroup();
}

void Effects::AddCommand(int database, const Command& command, std::span<const Bytes> args,
                         Bytes sent) {
  const EffectRule rule = RuleOf(command);
  if (rule.tell != nullptr && args.size() != rule.own_effect_with) {
    return rule.tell(services_, database, args.subspan(1));
  }
  const Command& named = command.container == nullptr ? command : *command.container;
  if (!sent.empty() && !named.renamed && HasPlainLineEnds(args)) {
    return Stream().AddRequest(database, sent);
  }
  // By its own name: it may have another one here.
  Add(database, named.spec->name, args.subspan(1));
}

EffectRule Effects::RuleOf(const Command& command) {
  if (command.id >= rules_.size()) rules_.resize(services_.registry.total());
  Rule& rule = rules_[command.id];
  if (!rule.known) rule = {true, EffectRuleOf(command)};
  return rule.rule;
}

}  // namespace thimble
