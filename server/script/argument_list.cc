#include "server/script/argument_list.h"

#include <algorithm>
#include <cmath>

namespace thimble {

// Pushes the table of the last time if it holds nothing but what such a list may hold; `highest` is
// its highest index then.
bool ArgumentList::PushReusable(lua_State* lua, int& highest) const {
  if (table_ == LUA_NOREF) return false;
  lua_rawgeti(lua, LUA_REGISTRYINDEX, table_);
  bool foreign = lua_getmetatable(lua, -1) != 0;
  if (foreign) lua_pop(lua, 1);
  lua_pushnil(lua);
  while (!foreign && lua_next(lua, -2) != 0) {
    lua_pop(lua, 1);
    const double key = lua_type(lua, -1) == LUA_TNUMBER ? lua_tonumber(lua, -1) : 0;
    foreign = !(key >= 1 && key <= kRoom && std::trunc(key) == key);
    if (!foreign) highest = std::max(highest, static_cast<int>(key));
  }
  if (foreign) lua_pop(lua, 2);
  return !foreign;
}

// Pushes a new table and makes it the global.
void ArgumentList::MakeTable(lua_State* lua, size_t room) {
  luaL_unref(lua, LUA_REGISTRYINDEX, table_);
  table_ = LUA_NOREF;
  lua_createtable(lua, static_cast<int>(room), 0);
  lua_pushvalue(lua, -1);
  lua_setfield(lua, -3, name_);
}

void ArgumentList::Fill(lua_State* lua, std::span<const Bytes> items, bool kept) {
  const bool few = items.size() <= kRoom;
  int highest = 0;
  if (few && kept && table_ != LUA_NOREF) {
    lua_rawgeti(lua, LUA_REGISTRYINDEX, table_);
    highest = count_;
  } else if (!few || !PushReusable(lua, highest)) {
    highest = 0;
    MakeTable(lua, std::max<size_t>(items.size(), kRoom));
    if (few) {
      lua_pushvalue(lua, -1);
      table_ = luaL_ref(lua, LUA_REGISTRYINDEX);
    }
  }
  int index = 0;
  for (const Bytes item : items) {
    PushBytes(lua, item);
    lua_rawseti(lua, -2, ++index);
  }
  while (index < highest) {
    lua_pushnil(lua);
    lua_rawseti(lua, -2, ++index);
  }
  count_ = static_cast<int>(items.size());
  lua_pop(lua, 1);
}

}  // namespace thimble
