#pragma once

#include <span>

#include "server/command/services.h"
#include "server/script/eval_scripts.h"
#include "server/script/function_library.h"
#include "server/script/script_runner.h"

namespace thimble {

struct CommandSpec;
class Loop;

// Everything about scripts: what runs them, those of EVAL, the libraries of FUNCTION.
struct Scripts {
  Scripts(Services& services, Loop& loop)
      : runner(services, loop), eval(services, runner.host()), functions(services, runner.host()) {}

  // Whether a command runs a script that declares to write nothing. `args` are the whole command.
  bool PromisesNoWrites(const CommandSpec& spec, std::span<const Bytes> args);

  // Of their texts and what was made of them; the interpreters' own memory is not counted.
  uint64_t MemoryBytes() const { return eval.cache().MemoryBytes() + functions.MemoryBytes(); }

  ScriptRunner runner;
  EvalScripts eval;
  FunctionLibraries functions;
};

}  // namespace thimble
