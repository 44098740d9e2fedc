#pragma once

#include "server/script/lua.h"

namespace thimble {

// The world a script runs in: a protected table of globals whose libraries are protected in turn.
// Made once per interpreter; everything scripts share is behind stand-ins (see protected_table.h).

// Leaves two values on the stack: the real table of globals, which the server may still add to, and
// above it the stand-in that is the environment of whatever is compiled from here on. `push_redis`
// leaves the table `redis`.
void PushSandbox(lua_State* lua, void (*push_redis)(lua_State*));

// Wraps the table on top of the stack as globals: reading a name it lacks is an error. Replaces it
// by the real table and, above it, the stand-in.
void ProtectGlobals(lua_State* lua);

}  // namespace thimble
