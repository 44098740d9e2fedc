#pragma once

#include <memory>
#include <span>

#include "server/command/services.h"
#include "server/script/argument_list.h"
#include "server/script/interpreter.h"
#include "server/script/script_cache.h"
#include "server/script/script_host.h"
#include "storage/common/result.h"

namespace thimble {

// How much one interpreter may hold: 1 GB, or a quarter of the machine's memory if that is less.
size_t InterpreterLimitBytes();

// The scripts of EVAL, compiled, and the interpreter they run in.
class EvalScripts {
 public:
  EvalScripts(Services& services, ScriptHost& host);

  Interpreter& interpreter() { return *interpreter_; }
  // Sets the globals KEYS and ARGV for a script that does, or does not, leave them as they are. May
  // raise an error.
  void SetArguments(lua_State* lua, std::span<const Bytes> keys, std::span<const Bytes> args,
                    bool keeps_arguments);
  const ScriptCache& cache() const { return cache_; }
  uint64_t evicted() const { return evicted_; }

  // The script of this source, compiled if it is new. `keep`: it stays until Flush.
  Result<Script*> Load(Bytes source, bool keep);
  // By SHA-1; null if unknown.
  Script* Find(Bytes sha) { return cache_.FindBySha(sha); }
  void Touch(Script& script) { cache_.Touch(script); }
  // Forgets all scripts and whatever they left in the interpreter.
  void Flush();

 private:
  void MakeInterpreter();
  Result<void> Compile(Script& script);

  ScriptHost& host_;
  ScriptCache cache_;
  std::unique_ptr<Interpreter> interpreter_;
  int globals_ = 0;  // The registry's place of the real table of globals.
  ArgumentList keys_{"KEYS"};
  ArgumentList args_{"ARGV"};
  bool arguments_kept_ = false;  // Since they were set.
  uint64_t evicted_ = 0;
};

}  // namespace thimble
