#include <climits>
#include <cstdio>
#include <iterator>
#include <new>

#include "server/script/json.h"
#include "server/script/libraries.h"

namespace thimble {
namespace {

// Every function of one table of functions has its options as upvalue 1.
JsonOptions& Options(lua_State* lua) {
  return *static_cast<JsonOptions*>(lua_touserdata(lua, lua_upvalueindex(1)));
}

// cjson.encode(value)
int Encode(lua_State* lua) {
  luaL_argcheck(lua, lua_gettop(lua) == 1, 1, "expected 1 argument");
  EncodeJson(lua, Options(lua));
  return 1;
}

// cjson.decode(text)
int Decode(lua_State* lua) {
  luaL_argcheck(lua, lua_gettop(lua) == 1, 1, "expected 1 argument");
  DecodeJson(lua, Options(lua), CheckBytes(lua, 1));
  return 1;
}

// --- Options: each function changes what it is given and returns what is so then ----------------

void CheckArguments(lua_State* lua, int most) {
  luaL_argcheck(lua, lua_gettop(lua) <= most, most + 1, "found too many arguments");
  lua_settop(lua, most);
}

void IntegerOption(lua_State* lua, int index, int& value, int lowest, int highest) {
  if (!lua_isnil(lua, index)) {
    const lua_Integer wanted = luaL_checkinteger(lua, index);
    char range[64];
    std::snprintf(range, sizeof range, "expected integer between %d and %d", lowest, highest);
    luaL_argcheck(lua, lowest <= wanted && wanted <= highest, index, range);
    value = static_cast<int>(wanted);
  }
  lua_pushinteger(lua, value);
}

void BooleanOption(lua_State* lua, int index, bool& value) {
  static const char* const kNames[] = {"off", "on", nullptr};
  if (lua_isboolean(lua, index)) {
    value = lua_toboolean(lua, index) != 0;
  } else if (!lua_isnil(lua, index)) {
    value = luaL_checkoption(lua, index, nullptr, kNames) == 1;
  }
  lua_pushboolean(lua, value);
}

int EncodeSparseArray(lua_State* lua) {
  JsonOptions& options = Options(lua);
  CheckArguments(lua, 3);
  BooleanOption(lua, 1, options.sparse_convert);
  IntegerOption(lua, 2, options.sparse_ratio, 0, INT_MAX);
  IntegerOption(lua, 3, options.sparse_safe, 0, INT_MAX);
  return 3;
}

int EncodeMaxDepth(lua_State* lua) {
  CheckArguments(lua, 1);
  IntegerOption(lua, 1, Options(lua).encode_max_depth, 1, INT_MAX);
  return 1;
}

int DecodeMaxDepth(lua_State* lua) {
  CheckArguments(lua, 1);
  IntegerOption(lua, 1, Options(lua).decode_max_depth, 1, INT_MAX);
  return 1;
}

int EncodeNumberPrecision(lua_State* lua) {
  CheckArguments(lua, 1);
  IntegerOption(lua, 1, Options(lua).encode_number_precision, 1, 14);
  return 1;
}

int EncodeKeepBuffer(lua_State* lua) {
  CheckArguments(lua, 1);
  BooleanOption(lua, 1, Options(lua).encode_keep_buffer);
  return 1;
}

int EncodeInvalidNumbers(lua_State* lua) {
  static const char* const kNames[] = {"off", "on", "null", nullptr};
  int& value = Options(lua).encode_invalid_numbers;
  CheckArguments(lua, 1);
  if (lua_isboolean(lua, 1)) {
    value = lua_toboolean(lua, 1) != 0 ? JsonOptions::kAllow : JsonOptions::kRefuse;
  } else if (!lua_isnil(lua, 1)) {
    value = luaL_checkoption(lua, 1, nullptr, kNames);
  }
  if (value == JsonOptions::kNull) {
    lua_pushliteral(lua, "null");
  } else {
    lua_pushboolean(lua, value);
  }
  return 1;
}

int DecodeInvalidNumbers(lua_State* lua) {
  CheckArguments(lua, 1);
  BooleanOption(lua, 1, Options(lua).decode_invalid_numbers);
  return 1;
}

int New(lua_State* lua) {
  PushJsonLibrary(lua);
  return 1;
}

constexpr luaL_Reg kJsonFunctions[] = {
    {"decode", Decode},
    {"decode_invalid_numbers", DecodeInvalidNumbers},
    {"decode_max_depth", DecodeMaxDepth},
    {"encode", Encode},
    {"encode_invalid_numbers", EncodeInvalidNumbers},
    {"encode_keep_buffer", EncodeKeepBuffer},
    {"encode_max_depth", EncodeMaxDepth},
    {"encode_number_precision", EncodeNumberPrecision},
    {"encode_sparse_array", EncodeSparseArray},
    {"new", New},
};

}  // namespace

void PushJsonLibrary(lua_State* lua) {
  lua_createtable(lua, 0, std::size(kJsonFunctions) + 3);
  new (lua_newuserdata(lua, sizeof(JsonOptions))) JsonOptions();
  for (const luaL_Reg& function : kJsonFunctions) {
    lua_pushvalue(lua, -1);
    lua_pushcclosure(lua, function.func, 1);
    lua_setfield(lua, -3, function.name);
  }
  lua_pop(lua, 1);
  lua_pushlightuserdata(lua, nullptr);
  lua_setfield(lua, -2, "null");
  lua_pushliteral(lua, "cjson");
  lua_setfield(lua, -2, "_NAME");
  lua_pushliteral(lua, "2.1.0");
  lua_setfield(lua, -2, "_VERSION");
}

}  // namespace thimble
