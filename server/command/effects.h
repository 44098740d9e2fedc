#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "server/command/effect_rules.h"
#include "server/command/effect_stream.h"
#include "server/command/registry.h"
#include "server/command/services.h"
#include "storage/common/bytes.h"

namespace thimble {

struct Client;

// Turns what commands did into effects. A command whose outcome follows from the data alone is its
// own effect; one that looks at the clock or at chance is replaced by what it did: deadlines are
// absolute, SPOP is SREM, floats are their result. All that servers from Redis 7.0 on can run, and
// from 7.4 on where fields have deadlines.
//
// A change is known from the keyspaces' observer, so a command that changed nothing has no effect.
// Commands run by others (EXEC, scripts) have effects of their own, and those of the outermost one
// belong together.
class Effects {
 public:
  explicit Effects(Services& services) : services_(services) {}

  // Where they go: null, as at first, for nowhere. Then all else here costs a comparison.
  void SetStream(EffectStream* stream) { stream_ = stream; }
  bool active() const { return stream_ != nullptr && !replaying_; }
  // A log is run again meanwhile: what it says is in it already.
  void SetReplaying(bool replaying) { replaying_ = replaying; }

  // --- From the observer ----------------------------------------------------------------------
  void NoteChange() { changed_ = true; }
  // A key went by itself: expired, evicted.
  void NoteGone(int database, Bytes key);
  // The same of fields of a hash.
  void NoteFieldsGone(int database, Bytes key, std::span<const std::string> fields);

  // --- From the executor, around every command --------------------------------------------------
  void Begin() {
    if (depth_++ == 0) changed_ = false;
  }
  // `args` begin with the command's name. `sent` as in HashHints.
  void End(Client& client, const Command& command, std::span<const Bytes> args, Bytes sent);

  // Changes have no effects meanwhile: redis.set_repl without REPL_AOF. Keys that go by themselves
  // have.
  void Mute(bool muted) { muted_ = muted; }

  // --- From a handler -------------------------------------------------------------------------
  // What the running command did, instead of itself. May be called several times. REQUIRES: there
  // is a name.
  void Instead(int database, std::span<const Bytes> args);
  void Instead(int database, std::initializer_list<Bytes> args) {
    Instead(database, std::span(args.begin(), args.size()));
  }

 private:
  // Looked up once for each command.
  struct Rule {
    bool known = false;
    EffectRule rule;
  };

  void Add(int database, Bytes name, std::span<const Bytes> args);
  EffectRule RuleOf(const Command& command);
  void AddCommand(int database, const Command& command, std::span<const Bytes> args, Bytes sent);
  EffectStream& Stream();

  Services& services_;
  EffectStream* stream_ = nullptr;
  int depth_ = 0;
  bool changed_ = false;  // By the running command, as far as it has no effect yet.
  bool muted_ = false;
  bool replaying_ = false;
  bool replaced_ = false;    // The running command has told its effects itself.
  std::vector<Rule> rules_;  // By id.
};

}  // namespace thimble
