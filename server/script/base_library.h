#pragma once

#include "server/script/lua.h"

namespace thimble {

// Puts Lua's basic functions into the table on top of the stack, those that would reach files,
// other environments or hidden tables left out, those that would reach protected tables, unbounded
// loops or bytecode replaced by ours. Also `coroutine`, and `os` with its clock alone.
void AddBaseLibrary(lua_State* lua);

// Compiles source text and pushes the function; false: the message is pushed instead. Never
// bytecode: a chunk that begins like some is read as text, and fails as such.
bool CompileText(lua_State* lua, Bytes source, const char* chunk_name);

}  // namespace thimble
