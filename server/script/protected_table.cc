#include "server/script/protected_table.h"

namespace thimble {
namespace {

constexpr char kMayNotModify[] = "Attempt to modify a readonly table";
// Its address marks the metatables of stand-ins.
constexpr char kMark = 0;

int RefuseNewIndex(lua_State* lua) {
  return luaL_error(lua, kMayNotModify);
}

}  // namespace

void Protect(lua_State* lua) {
  lua_newtable(lua);           // real, stand-in
  lua_createtable(lua, 0, 3);  // real, stand-in, metatable
  lua_pushlightuserdata(lua, const_cast<char*>(&kMark));
  lua_pushboolean(lua, 1);
  lua_rawset(lua, -3);
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_pushcfunction(lua, RefuseNewIndex);
  lua_setfield(lua, -2, "__newindex");
  lua_setmetatable(lua, -2);
  lua_replace(lua, -2);
}

bool PushReal(lua_State* lua, int index) {
  if (lua_type(lua, index) != LUA_TTABLE || lua_getmetatable(lua, index) == 0) return false;
  lua_pushlightuserdata(lua, const_cast<char*>(&kMark));
  lua_rawget(lua, -2);
  const bool marked = lua_toboolean(lua, -1) != 0;
  lua_pop(lua, 1);
  if (!marked) {
    lua_pop(lua, 1);
    return false;
  }
  lua_pushliteral(lua, "__index");
  lua_rawget(lua, -2);
  lua_replace(lua, -2);
  return true;
}

void RefuseProtected(lua_State* lua, int index) {
  if (!PushReal(lua, index)) return;
  lua_pushstring(lua, kMayNotModify);
  lua_error(lua);
}

}  // namespace thimble
