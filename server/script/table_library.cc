#include <algorithm>

#include "server/script/interpreter.h"
#include "server/script/libraries.h"
#include "server/script/protected_table.h"

namespace thimble {
namespace {

// The length of the table that is argument 1. Sparse tables can pretend to any.
int Length(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  return static_cast<int>(lua_objlen(lua, 1));
}

void Work(lua_State* lua) {
  Interpreter::Of(lua).Work(lua, 1);
}

// table.concat(list [, separator [, from [, to]]])
int Concat(lua_State* lua) {
  const Bytes separator = lua_isnoneornil(lua, 2) ? Bytes() : CheckBytes(lua, 2);
  luaL_checktype(lua, 1, LUA_TTABLE);
  const int64_t from = luaL_optint(lua, 3, 1);
  const int64_t to = luaL_opt(lua, luaL_checkint, 4, Length(lua));
  TextPiece result(lua);
  for (int64_t i = from; i <= to; ++i) {
    lua_rawgeti(lua, 1, static_cast<int>(i));
    if (lua_isstring(lua, -1) == 0) {
      return luaL_error(lua, "invalid value (%s) at index %d in table for 'concat'",
                        luaL_typename(lua, -1), static_cast<int>(i));
    }
    result.Append(CheckBytes(lua, -1));
    lua_pop(lua, 1);
    if (i != to) result.Append(separator);
    Work(lua);
  }
  result.Push();
  return 1;
}

// table.foreach(table, function)
int ForEach(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  luaL_checktype(lua, 2, LUA_TFUNCTION);
  if (PushReal(lua, 1)) lua_replace(lua, 1);
  lua_pushnil(lua);
  while (lua_next(lua, 1) != 0) {
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, -3);
    lua_pushvalue(lua, -3);
    lua_call(lua, 2, 1);
    if (!lua_isnil(lua, -1)) return 1;
    lua_pop(lua, 2);
  }
  return 0;
}

// table.foreachi(list, function)
int ForEachIndex(lua_State* lua) {
  const int length = Length(lua);
  luaL_checktype(lua, 2, LUA_TFUNCTION);
  for (int i = 1; i <= length; ++i) {
    lua_pushvalue(lua, 2);
    lua_pushinteger(lua, i);
    lua_rawgeti(lua, 1, i);
    lua_call(lua, 2, 1);
    if (!lua_isnil(lua, -1)) return 1;
    lua_pop(lua, 1);
    Work(lua);
  }
  return 0;
}

// table.getn(list)
int GetN(lua_State* lua) {
  lua_pushinteger(lua, Length(lua));
  return 1;
}

// table.setn
int SetN(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  return luaL_error(lua, "'setn' is obsolete");
}

// table.maxn(table)
int MaxN(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  double largest = 0;
  lua_pushnil(lua);
  while (lua_next(lua, 1) != 0) {
    lua_pop(lua, 1);
    if (lua_type(lua, -1) == LUA_TNUMBER) largest = std::max(largest, lua_tonumber(lua, -1));
    Work(lua);
  }
  lua_pushnumber(lua, largest);
  return 1;
}

// table.insert(list, [position,] value)
int Insert(lua_State* lua) {
  int64_t end = int64_t{Length(lua)} + 1;
  RefuseProtected(lua, 1);
  int position = static_cast<int>(end);
  switch (lua_gettop(lua)) {
    case 2:
      break;
    case 3:
      position = luaL_checkint(lua, 2);
      end = std::max<int64_t>(end, position);
      for (int64_t i = end; i > position; --i) {
        lua_rawgeti(lua, 1, static_cast<int>(i - 1));
        lua_rawseti(lua, 1, static_cast<int>(i));
        Work(lua);
      }
      break;
    default:
      return luaL_error(lua, "wrong number of arguments to 'insert'");
  }
  lua_rawseti(lua, 1, position);
  return 0;
}

// table.remove(list [, position])
int Remove(lua_State* lua) {
  const int end = Length(lua);  // 0 of a protected table, so that nothing is written there.
  int position = luaL_optint(lua, 2, end);
  if (position < 1 || position > end) return 0;
  lua_rawgeti(lua, 1, position);
  for (; position < end; ++position) {
    lua_rawgeti(lua, 1, position + 1);
    lua_rawseti(lua, 1, position);
    Work(lua);
  }
  lua_pushnil(lua);
  lua_rawseti(lua, 1, end);
  return 1;
}

// --- Sorting ------------------------------------------------------------------------------------
//
// Quicksort with the median of three, comparing and moving as Lua's own does: which of two elements
// that compare equal comes first is seen by scripts.

// Whether the element at stack index `a` belongs before that at `b` (both relative to the top).
bool Before(lua_State* lua, int a, int b) {
  Work(lua);
  if (lua_isnil(lua, 2)) return lua_lessthan(lua, a, b) != 0;
  lua_pushvalue(lua, 2);
  lua_pushvalue(lua, a - 1);
  lua_pushvalue(lua, b - 2);
  lua_call(lua, 2, 1);
  const bool before = lua_toboolean(lua, -1) != 0;
  lua_pop(lua, 1);
  return before;
}

// Stores the top of the stack at `i` and what is below it at `j`.
void StoreBoth(lua_State* lua, int i, int j) {
  lua_rawseti(lua, 1, i);
  lua_rawseti(lua, 1, j);
}

// Swaps elements low < high if they stand the wrong way round.
void Order(lua_State* lua, int low, int high) {
  lua_rawgeti(lua, 1, low);
  lua_rawgeti(lua, 1, high);
  if (Before(lua, -1, -2)) {
    StoreBoth(lua, low, high);
  } else {
    lua_pop(lua, 2);
  }
}

// Parts [low, high] around the pivot on top of the stack, which also stands at high - 1. Returns
// where the pivot ends up.
int Partition(lua_State* lua, int low, int high) {
  int left = low;
  int right = high - 1;
  while (true) {
    while (lua_rawgeti(lua, 1, ++left), Before(lua, -1, -2)) {
      if (left > high) luaL_error(lua, "invalid order function for sorting");
      lua_pop(lua, 1);
    }
    while (lua_rawgeti(lua, 1, --right), Before(lua, -3, -1)) {
      if (right < low) luaL_error(lua, "invalid order function for sorting");
      lua_pop(lua, 1);
    }
    if (right < left) break;
    StoreBoth(lua, left, right);
  }
  lua_pop(lua, 3);
  lua_rawgeti(lua, 1, high - 1);
  lua_rawgeti(lua, 1, left);
  StoreBoth(lua, high - 1, left);
  return left;
}

void SortRange(lua_State* lua, int low, int high) {
  while (low < high) {
    Order(lua, low, high);
    if (high - low == 1) return;
    const int middle = low + (high - low) / 2;
    lua_rawgeti(lua, 1, middle);
    lua_rawgeti(lua, 1, low);
    if (Before(lua, -2, -1)) {
      StoreBoth(lua, middle, low);
    } else {
      lua_pop(lua, 2);
      Order(lua, middle, high);
    }
    if (high - low == 2) return;
    lua_rawgeti(lua, 1, middle);
    lua_pushvalue(lua, -1);
    lua_rawgeti(lua, 1, high - 1);
    StoreBoth(lua, middle, high - 1);
    const int pivot = Partition(lua, low, high);
    // The smaller side first, so that the depth stays logarithmic.
    if (pivot - low < high - pivot) {
      SortRange(lua, low, pivot - 1);
      low = pivot + 1;
    } else {
      SortRange(lua, pivot + 1, high);
      high = pivot - 1;
    }
  }
}

// table.sort(list [, before])
int Sort(lua_State* lua) {
  const int length = Length(lua);  // 0 of a protected table.
  constexpr int kStack = 40;
  luaL_checkstack(lua, kStack, "");
  if (!lua_isnoneornil(lua, 2)) luaL_checktype(lua, 2, LUA_TFUNCTION);
  lua_settop(lua, 2);
  SortRange(lua, 1, length);
  return 0;
}

constexpr luaL_Reg kTableFunctions[] = {
    {"concat", Concat}, {"foreach", ForEach}, {"foreachi", ForEachIndex},
    {"getn", GetN},     {"insert", Insert},   {"maxn", MaxN},
    {"remove", Remove}, {"setn", SetN},       {"sort", Sort},
};

}  // namespace

void PushTableLibrary(lua_State* lua) {
  lua_createtable(lua, 0, std::size(kTableFunctions));
  for (const luaL_Reg& function : kTableFunctions) {
    lua_pushcfunction(lua, function.func);
    lua_setfield(lua, -2, function.name);
  }
}

}  // namespace thimble
