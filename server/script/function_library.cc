#include "server/script/function_library.h"

#include <utility>

#include "server/script/base_library.h"
#include "server/script/eval_scripts.h"
#include "server/script/protected_table.h"
#include "server/script/redis_library.h"
#include "server/script/registration.h"
#include "server/script/sandbox.h"
#include "server/script/shebang.h"
#include "storage/common/check.h"
#include "storage/common/clock.h"
#include "storage/common/words.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

constexpr int64_t kMaxLoadingNs = 500'000'000;

class LoadingWatch final : public ScriptWatch {
 public:
  explicit LoadingWatch(const Clock& clock) : clock_(clock), start_ns_(clock.MonotonicNs()) {}
  const char* WhyStop() override {
    const bool late = clock_.MonotonicNs() - start_ns_ > kMaxLoadingNs;
    return late ? "ERR FUNCTION LOAD timeout" : nullptr;
  }

 private:
  const Clock& clock_;
  const int64_t start_ns_;
};

}  // namespace

// A library whose code runs.
struct FunctionLibraries::Loading {
  FunctionLibraries* owner = nullptr;
  FunctionLibrary* library = nullptr;
  Bytes source;
  std::string wrong;
};

FunctionLibraries::FunctionLibraries(Services& services, ScriptHost& host)
    : services_(services), host_(host) {
  MakeInterpreter();
}

FunctionLibraries::~FunctionLibraries() = default;

void FunctionLibraries::MakeInterpreter() {
  interpreter_ = std::make_unique<Interpreter>(InterpreterLimitBytes(), ScriptHost::OnError);
  interpreter_->set_host(&host_);
  const bool made = interpreter_->Run(
      [](lua_State* lua, void* argument) {
        auto& self = *static_cast<FunctionLibraries*>(argument);
        lua_newtable(lua);
        PushRedisLibraryForLoading(lua);
        lua_pushlightuserdata(lua, &self);
        lua_pushcclosure(lua, Register, 1);
        lua_setfield(lua, -2, "register_function");
        ProtectGlobals(lua);
        lua_remove(lua, -2);
        lua_pushvalue(lua, -1);
        lua_setfield(lua, -3, "redis");
        lua_setfield(lua, -2, "server");
        ProtectGlobals(lua);
        lua_pop(lua, 1);
        self.load_globals_ = luaL_ref(lua, LUA_REGISTRYINDEX);
        PushSandbox(lua, PushRedisLibraryForFunctions);
        self.environment_ = luaL_ref(lua, LUA_REGISTRYINDEX);
        self.run_globals_ = luaL_ref(lua, LUA_REGISTRYINDEX);
        return 0;
      },
      this, 0);
  THIMBLE_CHECK(made);
}

// Has the environment of all libraries read from that table. Raises nothing.
void FunctionLibraries::UseGlobals(lua_State* lua, int globals) {
  lua_rawgeti(lua, LUA_REGISTRYINDEX, environment_);
  lua_getmetatable(lua, -1);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, globals);
  lua_setfield(lua, -2, "__index");
  lua_pop(lua, 2);
}

int FunctionLibraries::Register(lua_State* lua) {
  auto& self = *static_cast<FunctionLibraries*>(lua_touserdata(lua, lua_upvalueindex(1)));
  return RegisterFunction(lua, self.loading_ == nullptr ? nullptr : self.loading_->library);
}

// --- Loading ------------------------------------------------------------------------------------

Result<std::string> FunctionLibraries::Load(Bytes code, bool replace) {
  Result<LibraryShebang> shebang = ReadLibraryShebang(code);
  if (!shebang.ok()) return shebang.error();
  const auto existing = libraries_.find(shebang->name);
  if (existing != libraries_.end() && !replace) {
    return Error::Message("ERR Library '" + shebang->name + "' already exists");
  }
  auto library = std::make_unique<FunctionLibrary>();
  library->name = shebang->name;
  library->code = code;
  Loading loading{.owner = this, .library = library.get(), .source = {}, .wrong = {}};
  Result<void> ran = RunCode(loading, code.substr(shebang->header_size));
  if (ran.ok() && library->functions.empty()) ran = Error::Message("ERR No functions registered");
  if (ran.ok()) ran = CheckNames(*library, nullptr);
  if (!ran.ok()) {
    Unregister(*library);
    return ran.error();
  }
  if (existing != libraries_.end()) Remove(existing);
  Install(std::move(library));
  return std::move(shebang->name);
}

Result<void> FunctionLibraries::RunCode(Loading& loading, Bytes source) {
  lua_State* const lua = interpreter_->state();
  loading.source = source;
  loading_ = &loading;
  host_.ForgetFailure();
  LoadingWatch watch(services_.environment.clock);
  interpreter_->SetWatch(&watch);
  const bool ran = interpreter_->Run(
      [](lua_State* state, void* argument) {
        auto& wanted = *static_cast<Loading*>(argument);
        if (!CompileText(state, wanted.source, "@user_function")) {
          wanted.wrong = CheckBytes(state, -1);
          return 0;
        }
        wanted.owner->UseGlobals(state, wanted.owner->load_globals_);
        lua_call(state, 0, 0);
        return 0;
      },
      &loading, 0);
  interpreter_->SetWatch(nullptr);
  loading_ = nullptr;
  UseGlobals(lua, run_globals_);
  if (!loading.wrong.empty()) {
    return Error::Message("ERR Error compiling function: " + loading.wrong);
  }
  if (ran) return Ok();
  lua_pop(lua, 1);
  ScriptFailure& failure = host_.failure();
  return Error::Message("ERR Error registering functions: " +
                        (failure.noted ? std::move(failure.text) : "ERR not enough memory"));
}

// Whether the functions' names are free, or taken by a library that one of `replaced` replaces.
Result<void> FunctionLibraries::CheckNames(const FunctionLibrary& fresh,
                                           const Libraries* replaced) const {
  for (const auto& function : fresh.functions) {
    const ScriptFunction* const taken = Find(function->name);
    if (taken == nullptr || taken->library->name == fresh.name) continue;
    if (replaced != nullptr && replaced->contains(taken->library->name)) continue;
    return Error::Message("ERR Function " + function->name + " already exists");
  }
  return Ok();
}

Result<void> FunctionLibraries::CheckFit(const FunctionLibraries& others, bool replace) const {
  for (const auto& [name, library] : others.libraries_) {
    if (!replace && libraries_.contains(name)) {
      return Error::Message("ERR Library " + name + " already exists");
    }
    Result<void> free = CheckNames(*library, replace ? &others.libraries_ : nullptr);
    if (!free.ok()) return free;
  }
  return Ok();
}

void FunctionLibraries::Install(std::unique_ptr<FunctionLibrary> library) {
  for (const auto& function : library->functions) {
    function->library = library.get();
    functions_.emplace(LowerCase(function->name), function.get());
  }
  std::string name = library->name;
  libraries_.emplace(std::move(name), std::move(library));
}

// --- Removing -----------------------------------------------------------------------------------

void FunctionLibraries::Unregister(const FunctionLibrary& library) {
  for (const auto& function : library.functions) {
    luaL_unref(interpreter_->state(), LUA_REGISTRYINDEX, function->function);
  }
}

void FunctionLibraries::Remove(Libraries::iterator library) {
  Unregister(*library->second);
  for (const auto& function : library->second->functions) {
    functions_.erase(LowerCase(function->name));
  }
  libraries_.erase(library);
}

bool FunctionLibraries::Delete(Bytes name) {
  const auto found = libraries_.find(name);
  if (found == libraries_.end()) return false;
  Remove(found);
  return true;
}

void FunctionLibraries::Flush() {
  functions_.clear();
  libraries_.clear();
  MakeInterpreter();
}

const ScriptFunction* FunctionLibraries::Find(Bytes function) const {
  if (functions_.empty()) return nullptr;
  const auto found = functions_.find(LowerCase(function));
  return found == functions_.end() ? nullptr : found->second;
}

size_t FunctionLibraries::MemoryBytes() const {
  constexpr size_t kRecordBytes = 200;
  size_t bytes = 0;
  for (const auto& [name, library] : libraries_) {
    bytes += kRecordBytes + library->code.size() + library->functions.size() * kRecordBytes;
  }
  return bytes;
}

}  // namespace thimble
