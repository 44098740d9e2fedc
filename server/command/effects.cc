#include "server/command/effects.h"

#include <charconv>

#include "server/command/effect_rules.h"
#include "server/session/client.h"

namespace thimble {
namespace {

constexpr size_t kMaxKeptBytes = size_t{1} << 20U;

void AppendHeader(std::string& out, char mark, size_t number) {
  char text[24];
  text[0] = mark;
  char* const end = std::to_chars(text + 1, text + sizeof text - 2, number).ptr;
  end[0] = '\r';
  end[1] = '\n';
  out.append(text, static_cast<size_t>(end + 2 - text));
}

}  // namespace

void Effects::SetSink(EffectSink* sink) {
  sink_ = sink;
  noted_.clear();
  bytes_.clear();
}

void Effects::Add(int database, std::span<const Bytes> args) {
  const size_t begin = bytes_.size();
  AppendHeader(bytes_, '*', args.size());
  for (const Bytes arg : args) {
    AppendHeader(bytes_, '$', arg.size());
    bytes_.append(arg).append("\r\n");
  }
  noted_.push_back({database, begin, bytes_.size()});
}

void Effects::NoteGone(int database, Bytes key) {
  if (!active()) return;
  const Bytes args[] = {"DEL", key};
  Add(database, args);
  if (depth_ == 0) HandOver();
}

void Effects::Instead(int database, std::span<const Bytes> args) {
  if (!active()) return;
  Add(database, args);
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
  const EffectRule rule = EffectRuleOf(command);
  if (rule != nullptr) {
    rule(services_, database, args.subspan(1));
    return;
  }
  // By its own name: it may have another one here.
  std::vector<Bytes> own(args.begin(), args.end());
  own[0] = command.container == nullptr ? command.spec->name : command.container->spec->name;
  Add(database, own);
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
