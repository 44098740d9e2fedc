#pragma once

#include "server/script/lua.h"

namespace thimble {

// Pushes the table `redis` as EVAL's scripts see it: everything a script may ask of the server. The
// interpreter's host answers.
void PushRedisLibrary(lua_State* lua);

// The same for functions that run: without what exists for old scripts alone.
void PushRedisLibraryForFunctions(lua_State* lua);

// redis.log with its levels and the version: what a library may use while it loads.
void PushRedisLibraryForLoading(lua_State* lua);

}  // namespace thimble
