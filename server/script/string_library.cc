#include <algorithm>
#include <cctype>
#include <cstring>

#include "server/script/interpreter.h"
#include "server/script/libraries.h"
#include "server/script/pattern.h"

namespace thimble {
namespace {

bool HasSpecials(Bytes pattern) {
  return pattern.find_first_of("^$*+?.([%-") != Bytes::npos;
}

// string.rep(text, count)
int Repeat(lua_State* lua) {
  const Bytes text = CheckBytes(lua, 1);
  const int count = luaL_checkint(lua, 2);
  TextPiece result(lua);
  if (count > 0 && !text.empty()) {
    const size_t most = Interpreter::Of(lua).memory_limit_bytes() / text.size();
    if (static_cast<size_t>(count) > most) return luaL_error(lua, "not enough memory");
    char* to = result.Extend(text.size() * static_cast<size_t>(count));
    for (int i = 0; i < count; ++i, to += text.size()) {
      std::memcpy(to, text.data(), text.size());
    }
  }
  result.Push();
  return 1;
}

// --- Searching ----------------------------------------------------------------------------------

int PushPlainFind(lua_State* lua, Bytes subject, Bytes wanted, size_t start) {
  const Bytes searched = subject.substr(start);
  const void* const found =
      wanted.empty() ? searched.data()
                     : memmem(searched.data(), searched.size(), wanted.data(), wanted.size());
  if (found == nullptr) {
    lua_pushnil(lua);
    return 1;
  }
  const ptrdiff_t at = static_cast<const char*>(found) - subject.data();
  lua_pushinteger(lua, at + 1);
  lua_pushinteger(lua, at + static_cast<ptrdiff_t>(wanted.size()));
  return 2;
}

int Search(lua_State* lua, bool find) {
  const Bytes subject = CheckBytes(lua, 1);
  Bytes pattern = CheckBytes(lua, 2);
  const auto size = static_cast<ptrdiff_t>(subject.size());
  ptrdiff_t from = luaL_optinteger(lua, 3, 1);
  if (from < 0) from += size + 1;
  const auto start = static_cast<size_t>(std::clamp<ptrdiff_t>(from - 1, 0, size));
  if (find && (lua_toboolean(lua, 4) != 0 || !HasSpecials(pattern))) {
    return PushPlainFind(lua, subject, pattern, start);
  }
  const bool anchored = pattern.starts_with('^');
  if (anchored) pattern.remove_prefix(1);
  PatternMatcher matcher(lua, subject, pattern);
  const char* const end_of_subject = subject.data() + subject.size();
  for (const char* at = subject.data() + start; at <= end_of_subject; ++at) {
    Interpreter::Of(lua).Work(lua, 1);
    const char* const end = matcher.MatchAt(at);
    if (end != nullptr) {
      if (!find) return matcher.PushCaptures(at, end);
      lua_pushinteger(lua, at - subject.data() + 1);
      lua_pushinteger(lua, end - subject.data());
      return matcher.PushCaptures(nullptr, nullptr) + 2;
    }
    if (anchored) break;
  }
  lua_pushnil(lua);
  return 1;
}

// string.find(text, pattern [, from [, plain]])
int Find(lua_State* lua) {
  return Search(lua, true);
}

// string.match(text, pattern [, from])
int Match(lua_State* lua) {
  return Search(lua, false);
}

// One step of gmatch. Upvalues: text, pattern, where to go on.
int NextMatch(lua_State* lua) {
  const Bytes subject = CheckBytes(lua, lua_upvalueindex(1));
  const Bytes pattern = CheckBytes(lua, lua_upvalueindex(2));
  const auto start = static_cast<size_t>(lua_tointeger(lua, lua_upvalueindex(3)));
  PatternMatcher matcher(lua, subject, pattern);
  const char* const end_of_subject = subject.data() + subject.size();
  for (const char* at = subject.data() + start; at <= end_of_subject; ++at) {
    Interpreter::Of(lua).Work(lua, 1);
    const char* const end = matcher.MatchAt(at);
    if (end == nullptr) continue;
    lua_pushinteger(lua, end - subject.data() + (end == at ? 1 : 0));
    lua_replace(lua, lua_upvalueindex(3));
    return matcher.PushCaptures(at, end);
  }
  return 0;
}

// string.gmatch(text, pattern)
int GlobalMatch(lua_State* lua) {
  CheckBytes(lua, 1);
  CheckBytes(lua, 2);
  lua_settop(lua, 2);
  lua_pushinteger(lua, 0);
  lua_pushcclosure(lua, NextMatch, 3);
  return 1;
}

// --- Replacing ----------------------------------------------------------------------------------

// Appends a replacement text, in which "%1" is a capture.
void AppendTemplate(lua_State* lua, TextPiece& result, PatternMatcher& matcher, Bytes replacement,
                    const char* start, const char* end) {
  for (size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '%') {
      result.Append(replacement[i]);
      continue;
    }
    ++i;
    const char c = i < replacement.size() ? replacement[i] : '\0';
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) {
      result.Append(c);
    } else if (c == '0') {
      result.Append(Bytes(start, static_cast<size_t>(end - start)));
    } else {
      matcher.PushCapture(c - '1', start, end);
      result.Append(CheckBytes(lua, -1));
      lua_pop(lua, 1);
    }
  }
}

// Appends what stands for one match; the replacement is argument 3.
void AppendReplacement(lua_State* lua, TextPiece& result, PatternMatcher& matcher,
                       const char* start, const char* end) {
  switch (lua_type(lua, 3)) {
    case LUA_TFUNCTION:
      lua_pushvalue(lua, 3);
      lua_call(lua, matcher.PushCaptures(start, end), 1);
      break;
    case LUA_TTABLE:
      matcher.PushCapture(0, start, end);
      lua_gettable(lua, 3);
      break;
    default:
      return AppendTemplate(lua, result, matcher, CheckBytes(lua, 3), start, end);
  }
  if (lua_toboolean(lua, -1) == 0) {
    result.Append(Bytes(start, static_cast<size_t>(end - start)));
  } else if (lua_isstring(lua, -1) != 0) {
    result.Append(CheckBytes(lua, -1));
  } else {
    luaL_error(lua, "invalid replacement value (a %s)", luaL_typename(lua, -1));
  }
  lua_pop(lua, 1);
}

// string.gsub(text, pattern, replacement [, most])
int GlobalReplace(lua_State* lua) {
  const Bytes subject = CheckBytes(lua, 1);
  Bytes pattern = CheckBytes(lua, 2);
  const int type = lua_type(lua, 3);
  const int64_t most = luaL_optint(lua, 4, static_cast<int>(subject.size() + 1));
  luaL_argcheck(
      lua,
      type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
      "string/function/table expected");
  const bool anchored = pattern.starts_with('^');
  if (anchored) pattern.remove_prefix(1);
  PatternMatcher matcher(lua, subject, pattern);
  TextPiece result(lua);
  const char* at = subject.data();
  const char* const end_of_subject = at + subject.size();
  int64_t replaced = 0;
  while (replaced < most) {
    Interpreter::Of(lua).Work(lua, 1);
    const char* const end = matcher.MatchAt(at);
    if (end != nullptr) {
      ++replaced;
      AppendReplacement(lua, result, matcher, at, end);
    }
    if (end != nullptr && end > at) {
      at = end;
    } else if (at < end_of_subject) {
      result.Append(*at++);
    } else {
      break;
    }
    if (anchored) break;
  }
  result.Append(Bytes(at, static_cast<size_t>(end_of_subject - at)));
  result.Push();
  lua_pushinteger(lua, replaced);
  return 2;
}

constexpr luaL_Reg kStringReplaced[] = {{"find", Find},          {"gfind", GlobalMatch},
                                        {"gmatch", GlobalMatch}, {"gsub", GlobalReplace},
                                        {"match", Match},        {"rep", Repeat}};

}  // namespace

void PushStringLibrary(lua_State* lua) {
  lua_pushcfunction(lua, luaopen_string);
  lua_call(lua, 0, 0);
  lua_getglobal(lua, LUA_STRLIBNAME);
  for (const luaL_Reg& function : kStringReplaced) {
    lua_pushcfunction(lua, function.func);
    lua_setfield(lua, -2, function.name);
  }
}

}  // namespace thimble
