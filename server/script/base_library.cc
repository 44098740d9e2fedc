#include "server/script/base_library.h"

#include <cctype>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <ctime>

#include "server/script/interpreter.h"
#include "server/script/protected_table.h"

namespace thimble {
namespace {

// --- Tables and their metatables ----------------------------------------------------------------

// next(table [, key])
int Next(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 2);
  if (PushReal(lua, 1)) lua_replace(lua, 1);
  if (lua_next(lua, 1) != 0) return 2;
  lua_pushnil(lua);
  return 1;
}

// pairs(table): upvalue 1 is Next.
int Pairs(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_pushvalue(lua, lua_upvalueindex(1));
  lua_pushvalue(lua, 1);
  lua_pushnil(lua);
  return 3;
}

// rawget(table, key)
int RawGet(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  luaL_checkany(lua, 2);
  lua_settop(lua, 2);
  if (PushReal(lua, 1)) lua_replace(lua, 1);
  lua_rawget(lua, 1);
  return 1;
}

// rawset(table, key, value)
int RawSet(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  luaL_checkany(lua, 2);
  luaL_checkany(lua, 3);
  lua_settop(lua, 3);
  RefuseProtected(lua, 1);
  lua_rawset(lua, 1);
  return 1;
}

// getmetatable(value). Metatables that all scripts share come as stand-ins.
int GetMetatable(lua_State* lua) {
  luaL_checkany(lua, 1);
  const bool is_stand_in = PushReal(lua, 1);
  const int of = is_stand_in ? lua_gettop(lua) : 1;
  const bool shared = is_stand_in || lua_type(lua, 1) != LUA_TTABLE;
  if (luaL_getmetafield(lua, of, "__metatable") != 0) return 1;
  if (lua_getmetatable(lua, of) == 0) {
    lua_pushnil(lua);
    return 1;
  }
  if (shared) Protect(lua);
  return 1;
}

// setmetatable(table, metatable)
int SetMetatable(lua_State* lua) {
  const int type = lua_type(lua, 2);
  luaL_checktype(lua, 1, LUA_TTABLE);
  luaL_argcheck(lua, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table expected");
  RefuseProtected(lua, 1);
  if (luaL_getmetafield(lua, 1, "__metatable") != 0) {
    return luaL_error(lua, "cannot change a protected metatable");
  }
  lua_settop(lua, 2);
  lua_setmetatable(lua, 1);
  return 1;
}

// unpack(list [, from [, to]])
int Unpack(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  const int64_t from = luaL_optint(lua, 2, 1);
  const int64_t to = luaL_opt(lua, luaL_checkint, 3, static_cast<int>(lua_objlen(lua, 1)));
  if (from > to) return 0;
  const int64_t count = to - from + 1;
  if (count >= INT_MAX || lua_checkstack(lua, static_cast<int>(count)) == 0) {
    return luaL_error(lua, "too many results to unpack");
  }
  for (int64_t i = from; i <= to; ++i) lua_rawgeti(lua, 1, static_cast<int>(i));
  return static_cast<int>(count);
}

// --- Numbers ------------------------------------------------------------------------------------

// A short decimal integer, read without the C library, which is several times slower.
bool ReadShortInteger(Bytes digits, double& value) {
  constexpr size_t kSafeDigits = 15;
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > kSafeDigits) return false;
  int64_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  value = negative ? -static_cast<double>(number) : static_cast<double>(number);
  return true;
}

// tonumber(value [, base])
int ToNumber(lua_State* lua) {
  const int base = luaL_optint(lua, 2, 10);
  if (base == 10) {
    luaL_checkany(lua, 1);
    double value = 0;
    const bool is_short =
        lua_type(lua, 1) == LUA_TSTRING && ReadShortInteger(CheckBytes(lua, 1), value);
    if (!is_short && lua_isnumber(lua, 1) == 0) {
      lua_pushnil(lua);
      return 1;
    }
    lua_pushnumber(lua, is_short ? value : lua_tonumber(lua, 1));
    return 1;
  }
  const char* const text = luaL_checkstring(lua, 1);
  luaL_argcheck(lua, 2 <= base && base <= 36, 2, "base out of range");
  char* end = nullptr;
  const unsigned long number = std::strtoul(text, &end, base);
  const bool any = end != text;
  while (std::isspace(static_cast<unsigned char>(*end)) != 0) ++end;
  if (any && *end == '\0') {
    lua_pushnumber(lua, static_cast<double>(number));
  } else {
    lua_pushnil(lua);
  }
  return 1;
}

// --- Errors -------------------------------------------------------------------------------------

// Calls the function on the stack with the arguments above it, `handler` as for lua_pcall.
int CallProtected(lua_State* lua, int arguments, int handler) {
  Interpreter& owner = Interpreter::Of(lua);
  const size_t text_end = owner.text_end();
  const int status = lua_pcall(lua, arguments, LUA_MULTRET, handler);
  owner.set_text_end(text_end);
  owner.Work(lua, 1);
  return status;
}

// pcall(function, arguments...). Of an error in the form of a reply only the text is returned.
int ProtectedCall(lua_State* lua) {
  luaL_checkany(lua, 1);
  const int status = CallProtected(lua, lua_gettop(lua) - 1, 0);
  if (status != 0 && lua_istable(lua, -1)) {
    lua_getfield(lua, -1, "err");
    if (lua_isstring(lua, -1) != 0) {
      lua_replace(lua, -2);
    } else {
      lua_pop(lua, 1);
    }
  }
  lua_pushboolean(lua, status == 0);
  lua_insert(lua, 1);
  return lua_gettop(lua);
}

// A script's own error handler, upvalue 1, unless the error is that the script must end: that one
// is raised from the count hook, and no hook would look at what the handler does.
int HandleError(lua_State* lua) {
  if (Interpreter::Of(lua).ended()) return 1;
  lua_settop(lua, 1);
  lua_pushvalue(lua, lua_upvalueindex(1));
  lua_insert(lua, 1);
  lua_call(lua, 1, 1);
  return 1;
}

// xpcall(function, handler)
int ProtectedCallHandled(lua_State* lua) {
  luaL_checkany(lua, 2);
  lua_settop(lua, 2);
  lua_pushcclosure(lua, HandleError, 1);
  lua_insert(lua, 1);
  const int status = CallProtected(lua, 0, 1);
  lua_pushboolean(lua, status == 0);
  lua_replace(lua, 1);
  return lua_gettop(lua);
}

// Why a coroutine cannot be resumed, in the words of Lua's own library; null if it can.
const char* WhyNotResumed(lua_State* lua, lua_State* coroutine) {
  if (lua == coroutine) return "cannot resume running coroutine";
  if (lua_status(coroutine) == LUA_YIELD) return nullptr;
  if (lua_status(coroutine) != 0) return "cannot resume dead coroutine";
  lua_Debug frame;
  if (lua_getstack(coroutine, 0, &frame) != 0) return "cannot resume normal coroutine";
  return lua_gettop(coroutine) == 0 ? "cannot resume dead coroutine" : nullptr;
}

// coroutine.resume(coroutine, arguments...). It catches errors too. Not by Lua's own function: each
// of them would count twice for how deep calls may nest.
int Resume(lua_State* lua) {
  lua_State* const coroutine = lua_tothread(lua, 1);
  luaL_argcheck(lua, coroutine != nullptr, 1, "coroutine expected");
  const int arguments = lua_gettop(lua) - 1;
  if (lua_checkstack(coroutine, arguments) == 0) luaL_error(lua, "too many arguments to resume");
  if (const char* const reason = WhyNotResumed(lua, coroutine)) {
    lua_pushboolean(lua, 0);
    lua_pushstring(lua, reason);
    return 2;
  }
  Interpreter& owner = Interpreter::Of(lua);
  const size_t text_end = owner.text_end();
  lua_xmove(lua, coroutine, arguments);
  lua_setlevel(lua, coroutine);
  const int status = lua_resume(coroutine, arguments);
  owner.set_text_end(text_end);
  const bool ok = status == 0 || status == LUA_YIELD;
  const int results = ok ? lua_gettop(coroutine) : 1;
  lua_pushboolean(lua, ok);
  if (lua_checkstack(lua, results) == 0) luaL_error(lua, "too many results to resume");
  lua_xmove(coroutine, lua, results);
  return 1 + results;
}

// --- Source -------------------------------------------------------------------------------------

int ReturnCompiled(lua_State* lua, bool compiled) {
  if (compiled) return 1;
  lua_pushnil(lua);
  lua_insert(lua, -2);
  return 2;
}

// loadstring(text [, name])
int LoadString(lua_State* lua) {
  const Bytes source = CheckBytes(lua, 1);
  return ReturnCompiled(lua, CompileText(lua, source, luaL_optstring(lua, 2, source.data())));
}

// load(function [, name]). All pieces are fetched before the parser starts: a script's own function
// never runs in its middle.
int Load(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TFUNCTION);
  const char* const name = luaL_optstring(lua, 2, "=(load)");
  lua_settop(lua, 2);
  TextPiece source(lua);
  // What the function left unfinished when it failed goes as well.
  const auto fail = [&] {
    source.Drop();
    return ReturnCompiled(lua, false);
  };
  while (true) {
    lua_pushvalue(lua, 1);
    if (lua_pcall(lua, 0, 1, 0) != 0) return fail();
    Interpreter::Of(lua).Work(lua, 1);
    if (lua_isnil(lua, -1)) break;
    if (lua_isstring(lua, -1) == 0) {
      lua_pushliteral(lua, "reader function must return a string");
      return fail();
    }
    const Bytes piece = CheckBytes(lua, -1);
    if (piece.empty()) break;
    source.Append(piece);
    lua_pop(lua, 1);
  }
  source.Push();
  return ReturnCompiled(lua, CompileText(lua, CheckBytes(lua, -1), name));
}

// --- Memory and time ----------------------------------------------------------------------------

// collectgarbage([what [, argument]]). The collector is the server's: scripts may have it work, but
// not stop it.
int CollectGarbage(lua_State* lua) {
  static const char* const kNames[] = {"stop", "restart",  "collect",    "count",
                                       "step", "setpause", "setstepmul", nullptr};
  enum What { kStop, kRestart, kCollect, kCount, kStep };
  constexpr int kUsualPercent = 200;
  const int what = luaL_checkoption(lua, 1, "collect", kNames);
  const int argument = luaL_optint(lua, 2, 0);
  switch (what) {
    case kStop:
    case kRestart:
      lua_pushnumber(lua, 0);
      return 1;
    case kCollect:
      lua_gc(lua, LUA_GCCOLLECT, 0);
      lua_pushnumber(lua, 0);
      return 1;
    case kCount:
      lua_pushnumber(lua, lua_gc(lua, LUA_GCCOUNT, 0) + lua_gc(lua, LUA_GCCOUNTB, 0) / 1024.0);
      return 1;
    case kStep:
      lua_pushboolean(lua, lua_gc(lua, LUA_GCSTEP, argument));
      return 1;
    default:
      lua_pushnumber(lua, kUsualPercent);
      return 1;
  }
}

// os.clock()
int ProcessorTime(lua_State* lua) {
  lua_pushnumber(lua, static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
  return 1;
}

constexpr luaL_Reg kReplaced[] = {
    {"collectgarbage", CollectGarbage},
    {"getmetatable", GetMetatable},
    {"load", Load},
    {"loadstring", LoadString},
    {"pcall", ProtectedCall},
    {"rawget", RawGet},
    {"rawset", RawSet},
    {"setmetatable", SetMetatable},
    {"tonumber", ToNumber},
    {"unpack", Unpack},
    {"xpcall", ProtectedCallHandled},
};

constexpr const char* kKept[] = {"_VERSION", "assert",   "coroutine", "error",    "gcinfo",
                                 "ipairs",   "rawequal", "select",    "tostring", "type"};

// Lua's parser walks its lists of jumps from the start for each that it adds to them, and nothing
// stops it: thousands of branches one after the other would take it minutes. So it gets its source
// piece by piece, and no more once it took too long.
constexpr std::chrono::seconds kLongestParsing{2};
constexpr size_t kParsedPiece = 512;

}  // namespace

bool CompileText(lua_State* lua, Bytes source, const char* chunk_name) {
  using Clock = std::chrono::steady_clock;
  struct Reader {
    Bytes blank;
    Bytes rest;
    Clock::time_point end;
  } reader;
  // What begins with the escape byte would be taken for bytecode; behind a blank it is text.
  if (!source.empty() && source[0] == LUA_SIGNATURE[0]) reader.blank = " ";
  reader.rest = source;
  reader.end = Clock::now() + kLongestParsing;
  const auto read = [](lua_State* state, void* data, size_t* size) -> const char* {
    auto& from = *static_cast<Reader*>(data);
    if (Clock::now() >= from.end) luaL_error(state, "chunk takes too long to be parsed");
    Bytes& left = from.blank.empty() ? from.rest : from.blank;
    const Bytes piece = left.substr(0, kParsedPiece);
    left.remove_prefix(piece.size());
    *size = piece.size();
    return piece.empty() ? nullptr : piece.data();
  };
  return lua_load(lua, read, &reader, chunk_name) == 0;
}

void AddBaseLibrary(lua_State* lua) {
  const int globals = lua_gettop(lua);
  // The originals open into the state's own global table, which no script ever sees.
  lua_pushcfunction(lua, luaopen_base);
  lua_call(lua, 0, 0);
  for (const char* name : kKept) {
    lua_getglobal(lua, name);
    lua_setfield(lua, globals, name);
  }
  for (const luaL_Reg& function : kReplaced) {
    lua_pushcfunction(lua, function.func);
    lua_setfield(lua, globals, function.name);
  }
  lua_getfield(lua, globals, "coroutine");
  lua_pushcfunction(lua, Resume);
  lua_setfield(lua, -2, "resume");
  lua_pop(lua, 1);
  lua_pushcfunction(lua, Next);
  lua_pushvalue(lua, -1);
  lua_setfield(lua, globals, "next");
  lua_pushcclosure(lua, Pairs, 1);
  lua_setfield(lua, globals, "pairs");
  lua_newtable(lua);
  lua_pushcfunction(lua, ProcessorTime);
  lua_setfield(lua, -2, "clock");
  lua_setfield(lua, globals, "os");
}

}  // namespace thimble
