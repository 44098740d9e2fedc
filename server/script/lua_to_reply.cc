#include "server/script/lua_to_reply.h"

#include <algorithm>
#include <string>

#include "server/script/interpreter.h"

namespace thimble {
namespace {

// Pushes a field of the table on top if it has the wanted type.
bool PushField(lua_State* lua, const char* name, int type) {
  lua_pushstring(lua, name);
  lua_rawget(lua, -2);
  if (lua_type(lua, -1) == type) return true;
  lua_pop(lua, 1);
  return false;
}

Bytes TextAt(lua_State* lua, int index) {
  size_t size = 0;
  const char* const data = lua_tolstring(lua, index, &size);
  return {data, size};
}

bool IsLineEnd(char c) {
  return c == '\r' || c == '\n';
}

// Writes `text` behind `type` as one line: line ends within become blanks.
void WriteLine(ReplyWriter& reply, char type, Bytes text) {
  char* const out = reply.buffer().Reserve(text.size() + 3);
  out[0] = type;
  std::replace_copy_if(text.begin(), text.end(), out + 1, IsLineEnd, ' ');
  out[text.size() + 1] = '\r';
  out[text.size() + 2] = '\n';
  reply.buffer().Advance(text.size() + 3);
}

// Writes what a script returns. A table that stands in several places is written as often, so a few
// tables can mean more than any memory takes: a reply holds no more values than the interpreter's
// memory has room for as it is (or kValuesAlways), and about as many bytes as that memory may grow
// to at most. Beyond, an error is raised.
class LuaReplyWriter {
 public:
  LuaReplyWriter(lua_State* lua, ReplyWriter& reply, Protocol script_protocol)
      : lua_(lua),
        reply_(reply),
        script_protocol_(script_protocol),
        values_left_(std::max(kValuesAlways, Interpreter::Of(lua).memory_bytes() / kBytesPerValue)),
        most_bytes_(reply.buffer().size() + Interpreter::Of(lua).memory_limit_bytes()) {}

  void Value() {
    const size_t text_bytes = lua_type(lua_, -1) == LUA_TSTRING ? lua_objlen(lua_, -1) : 0;
    if (values_left_-- == 0 || reply_.buffer().size() + text_bytes > most_bytes_) {
      lua_pushliteral(lua_, "the reply would be too long");
      lua_error(lua_);
    }
    if (lua_checkstack(lua_, 6) == 0) {
      reply_.Error("ERR reached lua stack limit");
      return lua_pop(lua_, 1);
    }
    switch (lua_type(lua_, -1)) {
      case LUA_TSTRING:
        reply_.Bulk(TextAt(lua_, -1));
        break;
      case LUA_TNUMBER:
        reply_.Integer(TruncatedInt64(lua_tonumber(lua_, -1)));
        break;
      case LUA_TBOOLEAN:
        Boolean(lua_toboolean(lua_, -1) != 0);
        break;
      case LUA_TTABLE:
        Table();
        break;
      default:
        reply_.Null();
    }
    lua_pop(lua_, 1);
  }

 private:
  static constexpr size_t kValuesAlways = 1'000'000;
  static constexpr size_t kBytesPerValue = 16;  // At least, in a table.

  void Boolean(bool value) {
    if (script_protocol_ == Protocol::kResp3) return reply_.Boolean(value);
    value ? reply_.Integer(1) : reply_.Null();
  }

  // The table stays on the stack. Its first marked field decides what it is.
  void Table() {
    if (PushField(lua_, "err", LUA_TSTRING)) {
      WriteLine(reply_, '-', UpToNul(TextAt(lua_, -1)));
    } else if (PushField(lua_, "ok", LUA_TSTRING)) {
      WriteLine(reply_, '+', UpToNul(TextAt(lua_, -1)));
    } else if (PushField(lua_, "double", LUA_TNUMBER)) {
      reply_.Double(lua_tonumber(lua_, -1));
    } else if (PushField(lua_, "map", LUA_TTABLE)) {
      Pairs(ReplyWriter::Aggregate::kMap);
    } else if (PushField(lua_, "set", LUA_TTABLE)) {
      Pairs(ReplyWriter::Aggregate::kSet);
    } else if (PushField(lua_, "big_number", LUA_TSTRING)) {
      BigNumber();
    } else if (PushField(lua_, "verbatim_string", LUA_TTABLE)) {
      if (!Verbatim()) {
        lua_pop(lua_, 1);
        return List();
      }
    } else {
      return List();
    }
    lua_pop(lua_, 1);
  }

  // Up to the first nil.
  void List() {
    const OutputBuffer::Mark mark = reply_.Defer();
    size_t count = 0;
    while (true) {
      lua_rawgeti(lua_, -1, static_cast<int>(count + 1));
      if (lua_isnil(lua_, -1)) break;
      Value();
      ++count;
    }
    lua_pop(lua_, 1);
    reply_.FinishDeferred(mark, ReplyWriter::Aggregate::kArray, count);
  }

  void Pairs(ReplyWriter::Aggregate kind) {
    const OutputBuffer::Mark mark = reply_.Defer();
    size_t count = 0;
    lua_pushnil(lua_);
    while (lua_next(lua_, -2) != 0) {
      ++count;
      if (kind == ReplyWriter::Aggregate::kSet) {
        lua_pop(lua_, 1);
        lua_pushvalue(lua_, -1);
        Value();
        continue;
      }
      lua_pushvalue(lua_, -2);
      Value();
      Value();
    }
    reply_.FinishDeferred(mark, kind, count);
  }

  void BigNumber() {
    const Bytes digits = TextAt(lua_, -1);
    if (reply_.protocol() == Protocol::kResp3) return WriteLine(reply_, '(', digits);
    std::string line(digits);
    std::replace_if(line.begin(), line.end(), IsLineEnd, ' ');
    reply_.Bulk(Bytes(line));
  }

  // False, writing nothing, if the table on top lacks a field.
  bool Verbatim() {
    constexpr size_t kFormatBytes = 3;
    if (!PushField(lua_, "format", LUA_TSTRING)) return false;
    char format[kFormatBytes] = {' ', ' ', ' '};
    TextAt(lua_, -1).copy(format, kFormatBytes);
    lua_pop(lua_, 1);
    if (!PushField(lua_, "string", LUA_TSTRING)) return false;
    reply_.Verbatim(Bytes(format, kFormatBytes), TextAt(lua_, -1));
    lua_pop(lua_, 1);
    return true;
  }

  lua_State* lua_;
  ReplyWriter& reply_;
  Protocol script_protocol_;
  size_t values_left_;
  size_t most_bytes_;
};

}  // namespace

void WriteLuaReply(lua_State* lua, ReplyWriter& reply, Protocol script_protocol) {
  LuaReplyWriter(lua, reply, script_protocol).Value();
}

Bytes ErrorTextOf(lua_State* lua) {
  if (!lua_istable(lua, -1) || !PushField(lua, "err", LUA_TSTRING)) return {};
  const Bytes text = UpToNul(TextAt(lua, -1));
  lua_pop(lua, 1);  // The table keeps it.
  return text;
}

}  // namespace thimble
