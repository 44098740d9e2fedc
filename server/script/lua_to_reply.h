#pragma once

#include "protocol/reply_writer.h"
#include "server/script/lua.h"

namespace thimble {

// Writes the value on top of the stack as a reply, and pops it. `script_protocol` is what the
// script set with redis.setresp: under RESP3 false is a boolean, else a null.
void WriteLuaReply(lua_State* lua, ReplyWriter& reply, Protocol script_protocol);

// A line that a script made, as Redis reads it: its first NUL ends it.
inline Bytes UpToNul(Bytes line) {
  return line.substr(0, line.find('\0'));
}

// The text of a {err=text} on top of the stack, up to a NUL; no data if it is none.
Bytes ErrorTextOf(lua_State* lua);

}  // namespace thimble
