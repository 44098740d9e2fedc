#include "server/script/scripts.h"

#include "server/command/spec.h"
#include "server/script/script_flags.h"
#include "server/script/shebang.h"

namespace thimble {

bool Scripts::PromisesNoWrites(const CommandSpec& spec, std::span<const Bytes> args) {
  if (!spec.Is(kRunsScript) || args.size() < 2) return false;
  uint32_t flags = 0;
  if (spec.name.starts_with("fcall")) {
    const ScriptFunction* const function = functions.Find(args[1]);
    if (function != nullptr) flags = function->flags;
  } else if (spec.name.starts_with("evalsha")) {
    const Script* const script = eval.Find(args[1]);
    if (script != nullptr) flags = script->flags;
  } else if (const Result<Shebang> shebang = ReadScriptShebang(args[1]); shebang.ok()) {
    flags = shebang->flags;
  }
  return (flags & kNoWrites) != 0;
}

}  // namespace thimble
