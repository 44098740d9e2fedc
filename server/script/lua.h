#pragma once

// The interpreter's C interface. An error raised there leaves by longjmp: no function that may
// raise one, or calls what may, holds an object with a destructor.
extern "C" {
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
}

#include <cstdint>

#include "storage/common/bytes.h"

namespace thimble {

inline void PushBytes(lua_State* lua, Bytes bytes) {
  lua_pushlstring(lua, bytes.data(), bytes.size());
}

// The string at `index`; a number there becomes its text. Raises the library's usual error for
// anything else.
inline Bytes CheckBytes(lua_State* lua, int index) {
  size_t size = 0;
  const char* const data = luaL_checklstring(lua, index, &size);
  return {data, size};
}

// A double as an integer the way the processor converts it: what does not fit is the lowest one.
inline int64_t TruncatedInt64(double value) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  return value >= -kLimit && value < kLimit ? static_cast<int64_t>(value) : INT64_MIN;
}

}  // namespace thimble
