#include "server/command/effects.h"

#include <charconv>
#include <cstring>

#include "server/session/client.h"

namespace thimble {
namespace {

constexpr size_t kMaxKeptBytes = size_t{1} << 20U;

// Room for a mark, the digits of any number and the end of the line.
constexpr size_t kMaxHeader = 24;

char* PutHeader(char* out, char mark, size_t number) {
  *out++ = mark;
  if (number < 10) {
    *out++ = static_cast<char>('0' + number);
  } else {
    out = std::to_chars(out, out + kMaxHeader, number).ptr;
  }
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

char* PutBulk(char* out, Bytes bulk) {
  out = PutHeader(out, '$', bulk.size());
  if (!bulk.empty()) std::memcpy(out, bulk.data(), bulk.size());
  out += bulk.size();
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

}  // namespace

void Effects::SetSink(EffectSink* sink) {
  sink_ = sink;
  noted_.clear();
  bytes_.clear();
}

void Effects::Add(int database, Bytes name, std::span<const Bytes> args) {
  size_t most = 2 * kMaxHeader + name.size() + 2;
  for (const Bytes arg : args) most += kMaxHeader + arg.size() + 2;
  const size_t begin = bytes_.size();
  bytes_.resize(begin + most);
  char* out = PutHeader(bytes_.data() + begin, '*', args.size() + 1);
  out = PutBulk(out, name);
  for (const Bytes arg : args) out = PutBulk(out, arg);
  bytes_.resize(static_cast<size_t>(out - bytes_.data()));
  noted_.push_back({database, begin, bytes_.size()});
}

void Effects::NoteGone(int database, Bytes key) {
  if (!active()) return;
  Add(database, "DEL", {&key, 1});
  if (depth_ == 0) HandOver();
}

void Effects::Instead(int database, std::span<const Bytes> args) {
  if (!active()) return;
  Add(database, args[0], args.subspan(1));
  replaced_ = true;
}

void Effects::End(Client& client, const Command& command, std::span<const Bytes> args) {
  if (changed_ && !replaced_ && active() && command.spec->Is(kWrite)) {
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
  if (bytes_.capacity() > kMaxKeptBytes) bytes_ = {};
  bytes_.clear();
}

}  // namespace thimble
