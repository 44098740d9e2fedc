#include "server/script/sandbox.h"

#include "server/script/base_library.h"
#include "server/script/libraries.h"
#include "server/script/protected_table.h"

namespace thimble {
namespace {

int RefuseUnknownGlobal(lua_State* lua) {
  const char* const name = lua_tostring(lua, 2);
  return luaL_error(lua, "Script attempted to access nonexistent global variable '%s'",
                    name == nullptr ? luaL_typename(lua, 2) : name);
}

// Pops the library on top of the stack into a field of the globals below it, protected.
void AddProtected(lua_State* lua, const char* name) {
  Protect(lua);
  lua_setfield(lua, -2, name);
}

// Strings' methods come from the real library; whoever asks for their metatable gets a stand-in
// whose __index is the stand-in of the library, as scripts expect.
void AddStrings(lua_State* lua) {
  PushStringLibrary(lua);
  lua_pushliteral(lua, "");
  lua_getmetatable(lua, -1);  // globals, library, "", metatable
  lua_pushvalue(lua, -3);
  Protect(lua);
  lua_pushvalue(lua, -1);
  lua_setfield(lua, -6, LUA_STRLIBNAME);
  lua_setfield(lua, -2, "__index");
  lua_pop(lua, 3);
}

}  // namespace

void ProtectGlobals(lua_State* lua) {
  lua_createtable(lua, 0, 1);
  lua_pushcfunction(lua, RefuseUnknownGlobal);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  lua_pushvalue(lua, -1);
  Protect(lua);
}

void PushSandbox(lua_State* lua, void (*push_redis)(lua_State*)) {
  lua_newtable(lua);
  AddBaseLibrary(lua);
  lua_getfield(lua, -1, "os");
  AddProtected(lua, "os");
  lua_getfield(lua, -1, "coroutine");
  AddProtected(lua, "coroutine");
  AddStrings(lua);
  PushTableLibrary(lua);
  AddProtected(lua, "table");
  PushMathLibrary(lua);
  AddProtected(lua, "math");
  PushBitLibrary(lua);
  AddProtected(lua, "bit");
  PushStructLibrary(lua);
  AddProtected(lua, "struct");
  PushMessagePackLibrary(lua);
  AddProtected(lua, "cmsgpack");
  PushJsonLibrary(lua);
  AddProtected(lua, "cjson");
  push_redis(lua);
  AddProtected(lua, "redis");
  lua_getfield(lua, -1, "redis");
  lua_setfield(lua, -2, "server");  // As Valkey's scripts call it.
  ProtectGlobals(lua);
  lua_pushvalue(lua, -1);
  lua_setfield(lua, -3, "_G");
  lua_pushvalue(lua, -1);
  lua_replace(lua, LUA_GLOBALSINDEX);
}

}  // namespace thimble
