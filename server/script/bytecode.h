#pragma once

#include "server/script/lua.h"

namespace thimble {

// Whether the Lua function on top of the stack, or one defined within it, assigns to a global
// variable by name. Says yes where it is not sure. Costs a walk over the compiled code; raises
// nothing.
bool AssignsGlobals(lua_State* lua);

}  // namespace thimble
