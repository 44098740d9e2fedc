#include <cmath>
#include <cstdint>

#include "server/script/libraries.h"

namespace thimble {
namespace {

// The generator of drand48, 48 bits of state; scripts get the upper 31.
struct RandomState {
  uint64_t state = 0x1234ABCD330E;  // Where it starts unless seeded, in every server.

  void Seed(int32_t seed) {
    constexpr uint64_t kLow = 0x330E;
    state = uint64_t{static_cast<uint32_t>(seed)} << 16U | kLow;
  }
  int32_t Next() {
    constexpr uint64_t kMask = (uint64_t{1} << 48U) - 1;
    state = (state * 0x5DEECE66DU + 0xBU) & kMask;
    return static_cast<int32_t>(state >> 17U);
  }
};

// Its address names the state in the registry.
constexpr char kRandomKey = 0;

RandomState& StateOf(lua_State* lua) {
  lua_pushlightuserdata(lua, const_cast<char*>(&kRandomKey));
  lua_rawget(lua, LUA_REGISTRYINDEX);
  auto* const state = static_cast<RandomState*>(lua_touserdata(lua, -1));
  lua_pop(lua, 1);
  return *state;
}

// math.random([from,] [to])
int RandomNumber(lua_State* lua) {
  const int32_t drawn = StateOf(lua).Next();
  const double fraction = static_cast<double>(drawn % INT32_MAX) / INT32_MAX;
  switch (lua_gettop(lua)) {
    case 0:
      lua_pushnumber(lua, fraction);
      return 1;
    case 1: {
      const int to = luaL_checkint(lua, 1);
      luaL_argcheck(lua, 1 <= to, 1, "interval is empty");
      lua_pushnumber(lua, std::floor(fraction * to) + 1);
      return 1;
    }
    case 2: {
      const int from = luaL_checkint(lua, 1);
      const int to = luaL_checkint(lua, 2);
      luaL_argcheck(lua, from <= to, 2, "interval is empty");
      const double width = static_cast<double>(to) - from + 1;
      lua_pushnumber(lua, std::floor(fraction * width) + from);
      return 1;
    }
    default:
      return luaL_error(lua, "wrong number of arguments");
  }
}

// math.randomseed(seed)
int RandomSeed(lua_State* lua) {
  StateOf(lua).Seed(luaL_checkint(lua, 1));
  return 0;
}

}  // namespace

void PushMathLibrary(lua_State* lua) {
  lua_pushlightuserdata(lua, const_cast<char*>(&kRandomKey));
  *static_cast<RandomState*>(lua_newuserdata(lua, sizeof(RandomState))) = {};
  lua_rawset(lua, LUA_REGISTRYINDEX);
  lua_pushcfunction(lua, luaopen_math);
  lua_call(lua, 0, 0);
  lua_getglobal(lua, LUA_MATHLIBNAME);
  lua_pushcfunction(lua, RandomNumber);
  lua_setfield(lua, -2, "random");
  lua_pushcfunction(lua, RandomSeed);
  lua_setfield(lua, -2, "randomseed");
}

}  // namespace thimble
