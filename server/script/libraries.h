#pragma once

#include "server/script/lua.h"

namespace thimble {

// The libraries scripts have beside the basic functions, each a table left on the stack.

void PushStringLibrary(lua_State* lua);  // Also gives strings their methods.
void PushTableLibrary(lua_State* lua);
void PushMathLibrary(lua_State* lua);
void PushBitLibrary(lua_State* lua);
void PushStructLibrary(lua_State* lua);
void PushMessagePackLibrary(lua_State* lua);
void PushJsonLibrary(lua_State* lua);

}  // namespace thimble
