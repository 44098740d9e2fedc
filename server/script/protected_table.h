#pragma once

#include "server/script/lua.h"

namespace thimble {

// Tables that scripts may read but not change: libraries, globals, metatables of basic types.
//
// The interpreter has no such thing, so a script is given a stand-in: an empty table whose
// metatable reads from the real one and refuses to write. The base library's functions know
// stand-ins (next, rawget, getmetatable look behind them; rawset and setmetatable refuse them), and
// nothing hands out the real table.

// Replaces the table on top of the stack by a stand-in for it.
void Protect(lua_State* lua);
// Pushes the real table if the value at `index` is a stand-in; else pushes nothing.
bool PushReal(lua_State* lua, int index);
// Raises "Attempt to modify a readonly table" if the value at `index` is a stand-in.
void RefuseProtected(lua_State* lua, int index);

}  // namespace thimble
