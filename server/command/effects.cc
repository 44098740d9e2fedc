#include "server/command/effects.h"

#include <algorithm>

#include "protocol/request_text.h"
#include "server/session/client.h"

namespace thimble {
namespace {

constexpr size_t kMaxKeptBytes = size_t{1} << 20U;

}  // namespace

void Effects::SetSink(EffectSink* sink) {
  sink_ = sink;
  noted_.clear();
  used_ = 0;
}

void Effects::Add(int database, Bytes name, std::span<const Bytes> args) {
  size_t most = 2 * kMaxRequestHeader + name.size() + 2;
  for (const Bytes arg : args) most += kMaxRequestHeader + arg.size() + 2;
  if (bytes_.size() < used_ + most) bytes_.resize(std::max(used_ + most, 2 * bytes_.size()));
  char* const begin = bytes_.data() + used_;
  char* out = PutRequestHeader(begin, '*', args.size() + 1);
  out = PutRequestBulk(out, name);
  for (const Bytes arg : args) out = PutRequestBulk(out, arg);
  const size_t bytes = static_cast<size_t>(out - begin);
  noted_.push_back({database, used_, used_ + bytes});
  used_ += bytes;
}

void Effects::NoteGone(int database, Bytes key) {
  if (!active()) return;
  Add(database, "DEL", {&key, 1});
  if (depth_ == 0) HandOver();
}

void Effects::Instead(int database, std::span<const Bytes> args) {
  if (!active()) return;
  if (!muted_) Add(database, args[0], args.subspan(1));
  replaced_ = true;
}

void Effects::End(Client& client, const Command& command, std::span<const Bytes> args) {
  if (changed_ && !replaced_ && !muted_ && active() && command.spec->Is(kWrite)) {
    AddCommand(client.database, command, args);
  }
  changed_ = false;
  replaced_ = false;
  if (--depth_ == 0 && !noted_.empty()) HandOver();
}

void Effects::AddCommand(int database, const Command& command, std::span<const Bytes> args) {
  if (const EffectRule rule = RuleOf(command)) return rule(services_, database, args.subspan(1));
  // By its own name: it may have another one here.
  const Command& named = command.container == nullptr ? command : *command.container;
  Add(database, named.spec->name, args.subspan(1));
}

EffectRule Effects::RuleOf(const Command& command) {
  if (command.id >= rules_.size()) rules_.resize(services_.registry.total());
  Rule& rule = rules_[command.id];
  if (!rule.known) rule = {true, EffectRuleOf(command)};
  return rule.rule;
}

void Effects::HandOver() {
  effects_.clear();
  for (const Noted& noted : noted_) {
    effects_.push_back(
        {noted.database, Bytes(bytes_).substr(noted.begin, noted.end - noted.begin)});
  }
  if (sink_ != nullptr) sink_->OnEffects(effects_);
  noted_.clear();
  used_ = 0;
  if (bytes_.size() > kMaxKeptBytes) bytes_ = std::string();
}

}  // namespace thimble
