#include "server/script/eval_scripts.h"

#include <algorithm>
#include <utility>

#include "server/script/base_library.h"
#include "server/script/bytecode.h"
#include "server/script/redis_library.h"
#include "server/script/sandbox.h"
#include "server/script/shebang.h"
#include "server/stats/memory_report.h"
#include "storage/common/check.h"
#include "storage/common/sha1.h"
#include "storage/keyspace/environment.h"

namespace thimble {

size_t InterpreterLimitBytes() {
  constexpr uint64_t kMost = uint64_t{1} << 30U;
  const uint64_t machine = MachineMemoryBytes();
  return machine == 0 ? kMost : std::min(kMost, machine / 4);
}

EvalScripts::EvalScripts(Services& services, ScriptHost& host)
    : host_(host), cache_(services.environment.hash_key) {
  MakeInterpreter();
}

void EvalScripts::MakeInterpreter() {
  interpreter_ = std::make_unique<Interpreter>(InterpreterLimitBytes(), ScriptHost::OnError);
  interpreter_->set_host(&host_);
  const bool made = interpreter_->Run(
      [](lua_State* lua, void* argument) {
        auto& self = *static_cast<EvalScripts*>(argument);
        PushSandbox(lua, PushRedisLibrary);
        lua_pop(lua, 1);
        self.globals_ = luaL_ref(lua, LUA_REGISTRYINDEX);
        return 0;
      },
      this, 0);
  THIMBLE_CHECK(made);
}

Result<Script*> EvalScripts::Load(Bytes source, bool keep) {
  if (Script* const known = cache_.FindBySource(source)) {
    keep ? cache_.Keep(*known) : cache_.Touch(*known);
    return known;
  }
  auto script = std::make_unique<Script>();
  script->source = source;
  script->kept = keep;
  Result<void> compiled = Compile(*script);
  if (!compiled.ok()) return compiled.error();
  script->sha = Hex(Sha1(source));
  Script& added = cache_.Add(std::move(script));
  if (const std::unique_ptr<Script> surplus = cache_.TakeSurplus()) {
    luaL_unref(interpreter_->state(), LUA_REGISTRYINDEX, surplus->function);
    ++evicted_;
  }
  return &added;
}

Result<void> EvalScripts::Compile(Script& script) {
  Result<Shebang> shebang = ReadScriptShebang(script.source);
  if (!shebang.ok()) return shebang.error();
  script.flags = shebang->flags;
  struct Job {
    Bytes source;
    int globals;
    int function = 0;
    CodeTraits traits;
    std::string wrong;
  } job{Bytes(script.source).substr(shebang->header_size), globals_, 0, {}, {}};
  const bool ran = interpreter_->Run(
      [](lua_State* lua, void* argument) {
        auto& wanted = *static_cast<Job*>(argument);
        if (!CompileText(lua, wanted.source, "@user_script")) {
          wanted.wrong = CheckBytes(lua, -1);
          return 0;
        }
        // What assigns to no global needs no stand-in for the table of them, and reads it at once.
        wanted.traits = Examine(lua);
        if (!wanted.traits.assigns_globals) {
          lua_rawgeti(lua, LUA_REGISTRYINDEX, wanted.globals);
          lua_setfenv(lua, -2);
        }
        wanted.function = luaL_ref(lua, LUA_REGISTRYINDEX);
        return 0;
      },
      &job, 0);
  if (!ran) {
    lua_pop(interpreter_->state(), 1);
    job.wrong = "not enough memory";
  }
  if (job.wrong.empty()) {
    script.function = job.function;
    script.keeps_arguments = !job.traits.changes_tables;
    return Ok();
  }
  return Error::Message("ERR Error compiling script (new function): " + job.wrong);
}

void EvalScripts::SetArguments(lua_State* lua, std::span<const Bytes> keys,
                               std::span<const Bytes> args, bool keeps_arguments) {
  const bool kept = std::exchange(arguments_kept_, false);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, globals_);
  keys_.Fill(lua, keys, kept);
  args_.Fill(lua, args, kept);
  lua_pop(lua, 1);
  arguments_kept_ = keeps_arguments;
}

void EvalScripts::Flush() {
  cache_.Clear();
  keys_.Forget();
  args_.Forget();
  arguments_kept_ = false;
  MakeInterpreter();
}

}  // namespace thimble
