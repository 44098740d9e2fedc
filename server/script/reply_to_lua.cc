#include "server/script/reply_to_lua.h"

#include <cstdlib>
#include <cstring>

#include "storage/common/check.h"

namespace thimble {
namespace {

class ReplyReader {
 public:
  ReplyReader(lua_State* lua, Bytes reply)
      : lua_(lua), at_(reply.data()), end_(reply.data() + reply.size()) {}

  // Pushes the next value.
  void Value(bool outermost) {
    luaL_checkstack(lua_, 6, "reply is nested too deeply");
    const char type = *at_;
    const Bytes line = Line();
    switch (type) {
      case ':':
        return lua_pushnumber(lua_, static_cast<double>(Number(line)));
      case '$':
        return Bulk(line);
      case '+':
        return Field("ok", line);
      case '-':
        return PushErrorTable(lua_, line, outermost);
      case '*':
      case '>':
        return List(line);
      case '_':
        return lua_pushnil(lua_);
      case '#':
        return lua_pushboolean(lua_, line == "t");
      case ',':
        lua_createtable(lua_, 0, 1);
        lua_pushnumber(lua_, std::strtod(line.data(), nullptr));
        return lua_setfield(lua_, -2, "double");
      case '(':
        return Field("big_number", line);
      case '=':
        return Verbatim(line);
      case '%':
        return Map(line);
      case '~':
        return Set(line);
      case '|':
        for (int64_t i = 2 * Number(line); i > 0; --i) {
          Value(false);
          lua_pop(lua_, 1);
        }
        return Value(outermost);
      default:
        THIMBLE_CHECK(false);
    }
  }

 private:
  // What stands behind the type byte, up to the line's end.
  Bytes Line() {
    const char* const start = at_ + 1;
    const auto* const end =
        static_cast<const char*>(std::memchr(start, '\r', static_cast<size_t>(end_ - start)));
    THIMBLE_DCHECK(end != nullptr);
    at_ = end + 2;
    return {start, static_cast<size_t>(end - start)};
  }

  static int64_t Number(Bytes line) {
    const bool negative = line.starts_with('-');
    uint64_t number = 0;
    for (size_t i = negative ? 1 : 0; i < line.size(); ++i) {
      number = number * 10 + static_cast<uint64_t>(line[i] - '0');
    }
    return static_cast<int64_t>(negative ? 0 - number : number);
  }

  Bytes Take(Bytes length) {
    const Bytes taken(at_, static_cast<size_t>(Number(length)));
    at_ += taken.size() + 2;
    THIMBLE_DCHECK(at_ <= end_);
    return taken;
  }

  void Field(const char* name, Bytes value) {
    lua_createtable(lua_, 0, 1);
    PushBytes(lua_, value);
    lua_setfield(lua_, -2, name);
  }

  void Bulk(Bytes length) {
    if (length.starts_with('-')) return lua_pushboolean(lua_, 0);
    PushBytes(lua_, Take(length));
  }

  void Verbatim(Bytes length) {
    const Bytes whole = Take(length);
    lua_createtable(lua_, 0, 1);
    lua_createtable(lua_, 0, 2);
    PushBytes(lua_, whole.substr(0, 3));
    lua_setfield(lua_, -2, "format");
    PushBytes(lua_, whole.substr(4));
    lua_setfield(lua_, -2, "string");
    lua_setfield(lua_, -2, "verbatim_string");
  }

  void List(Bytes length) {
    if (length.starts_with('-')) return lua_pushboolean(lua_, 0);
    const int64_t count = Number(length);
    lua_createtable(lua_, static_cast<int>(count), 0);
    for (int64_t i = 1; i <= count; ++i) {
      Value(false);
      lua_rawseti(lua_, -2, static_cast<int>(i));
    }
  }

  void Map(Bytes length) {
    lua_createtable(lua_, 0, 1);
    lua_newtable(lua_);
    for (int64_t i = Number(length); i > 0; --i) {
      Value(false);
      Value(false);
      StorePair();
    }
    lua_setfield(lua_, -2, "map");
  }

  void Set(Bytes length) {
    lua_createtable(lua_, 0, 1);
    lua_newtable(lua_);
    for (int64_t i = Number(length); i > 0; --i) {
      Value(false);
      lua_pushboolean(lua_, 1);
      StorePair();
    }
    lua_setfield(lua_, -2, "set");
  }

  // Key and value are on top of the table. A null is no key in Lua.
  void StorePair() {
    if (lua_isnil(lua_, -2)) return lua_pop(lua_, 2);
    lua_rawset(lua_, -3);
  }

  lua_State* lua_;
  const char* at_;
  const char* end_;
};

}  // namespace

void PushErrorTable(lua_State* lua, Bytes line, bool counted) {
  lua_createtable(lua, 0, 2);
  PushBytes(lua, line);
  lua_setfield(lua, -2, "err");
  if (!counted) return;
  lua_pushboolean(lua, 1);
  lua_setfield(lua, -2, "ignore_error_stats_update");
}

int RaiseErrorTable(lua_State* lua, const char* why) {
  PushErrorTable(lua, why, false);
  return lua_error(lua);
}

void PushReply(lua_State* lua, Bytes reply) {
  ReplyReader(lua, reply).Value(true);
}

}  // namespace thimble
