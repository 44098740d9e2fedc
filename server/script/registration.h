#pragma once

#include "server/script/function_library.h"
#include "server/script/lua.h"

namespace thimble {

// redis.register_function(name, callback), or with named arguments in one table: adds a function to
// the library that is being loaded (`library`; null if none is, which is an error). An error is
// raised as the caller will read it.
int RegisterFunction(lua_State* lua, FunctionLibrary* library);

}  // namespace thimble
