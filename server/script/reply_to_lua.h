#pragma once

#include "server/script/lua.h"

namespace thimble {

// Pushes the Lua value that one of our own replies stands for. RESP2: integer -> number, bulk ->
// string, status -> {ok=}, error -> {err=}, array -> table, null -> false. RESP3 besides: null
// -> nil, boolean, {double=}, {big_number=}, {verbatim_string={format=, string=}}, {map=}, {set=}
// with the members as keys. REQUIRES: `reply` is one whole reply.
void PushReply(lua_State* lua, Bytes reply);

// Pushes {err = line}, marked as one whose statistics are already kept if `counted`.
void PushErrorTable(lua_State* lua, Bytes line, bool counted);

// Raises {err = why}. Does not return; the value is for the caller's return statement.
int RaiseErrorTable(lua_State* lua, const char* why);

}  // namespace thimble
