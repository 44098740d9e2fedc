#include "server/script/registration.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "server/script/reply_to_lua.h"
#include "server/script/script_flags.h"
#include "server/script/shebang.h"

namespace thimble {
namespace {

// What was given, as places on the stack and plain values: nothing here needs to be freed when an
// error is raised.
struct Given {
  int name = 0;
  int callback = 0;
  int description = 0;
  uint32_t flags = 0;
};

// Reads a list of flag names on top of the stack.
const char* ReadFlags(lua_State* lua, uint32_t& flags) {
  if (!lua_istable(lua, -1)) {
    return "ERR flags argument to redis.register_function must be a table representing function "
           "flags";
  }
  for (int i = 1;; ++i) {
    lua_rawgeti(lua, -1, i);
    const int type = lua_type(lua, -1);
    const std::optional<ScriptFlag> flag =
        type == LUA_TSTRING ? ScriptFlagOf(CheckBytes(lua, -1)) : std::nullopt;
    lua_pop(lua, 1);
    if (type == LUA_TNIL) return nullptr;
    if (!flag) return "ERR unknown flag given";
    flags |= *flag;
  }
}

// Reads the table at index 1. Values found stay on the stack.
const char* ReadNamed(lua_State* lua, Given& given) {
  luaL_checkstack(lua, 20, "too many named arguments");
  lua_pushnil(lua);
  while (lua_next(lua, 1) != 0) {
    if (lua_isstring(lua, -2) == 0) {
      return "ERR named argument key given to redis.register_function is not a string";
    }
    const Bytes key = lua_type(lua, -2) == LUA_TSTRING ? CheckBytes(lua, -2) : Bytes();
    int* place = nullptr;
    if (key == "function_name") {
      if (lua_isstring(lua, -1) == 0) {
        return "ERR function_name argument given to redis.register_function must be a string";
      }
      place = &given.name;
    } else if (key == "description") {
      if (lua_isstring(lua, -1) == 0) {
        return "ERR description argument given to redis.register_function must be a string";
      }
      place = &given.description;
    } else if (key == "callback") {
      if (!lua_isfunction(lua, -1)) {
        return "ERR callback argument given to redis.register_function must be a function";
      }
      place = &given.callback;
    } else if (key == "flags") {
      if (const char* const why = ReadFlags(lua, given.flags)) return why;
    } else {
      return "ERR unknown argument given to redis.register_function";
    }
    if (place == nullptr) {
      lua_pop(lua, 1);
      continue;
    }
    // Below the key that lua_next goes on from.
    lua_insert(lua, -2);
    *place = lua_gettop(lua) - 1;
  }
  if (given.name == 0) return "ERR redis.register_function must get a function name argument";
  if (given.callback == 0) return "ERR redis.register_function must get a callback argument";
  return nullptr;
}

const char* ReadPositional(lua_State* lua, Given& given) {
  if (lua_isstring(lua, 1) == 0) {
    return "ERR first argument to redis.register_function must be a string";
  }
  if (!lua_isfunction(lua, 2)) {
    return "ERR second argument to redis.register_function must be a function";
  }
  given.name = 1;
  given.callback = 2;
  return nullptr;
}

const char* ReadArguments(lua_State* lua, Given& given) {
  switch (lua_gettop(lua)) {
    case 1:
      if (lua_istable(lua, 1)) return ReadNamed(lua, given);
      return "ERR calling redis.register_function with a single argument is only applicable to Lua "
             "table (representing named arguments).";
    case 2:
      return ReadPositional(lua, given);
    default:
      return "ERR wrong number of arguments to redis.register_function";
  }
}

}  // namespace

int RegisterFunction(lua_State* lua, FunctionLibrary* library) {
  if (library == nullptr) {
    return RaiseErrorTable(
        lua, "ERR redis.register_function can only be called on FUNCTION LOAD command");
  }
  Given given;
  if (const char* const why = ReadArguments(lua, given)) return RaiseErrorTable(lua, why);
  const Bytes name = CheckBytes(lua, given.name);
  if (!IsValidFunctionName(name)) {
    lua_pushliteral(lua, "ERR ");
    lua_pushstring(lua, kInvalidFunctionName);
    lua_concat(lua, 2);
    return RaiseErrorTable(lua, lua_tostring(lua, -1));
  }
  const bool known = std::any_of(library->functions.begin(), library->functions.end(),
                                 [&](const auto& function) { return function->name == name; });
  if (known) return RaiseErrorTable(lua, "ERR Function already exists in the library");
  const Bytes description = given.description == 0 ? Bytes() : CheckBytes(lua, given.description);
  lua_pushvalue(lua, given.callback);
  const int place = luaL_ref(lua, LUA_REGISTRYINDEX);
  auto function = std::make_unique<ScriptFunction>();
  function->name = name;
  function->description = description;
  function->described = given.description != 0;
  function->flags = given.flags;
  function->function = place;
  library->functions.push_back(std::move(function));
  return 0;
}

}  // namespace thimble
