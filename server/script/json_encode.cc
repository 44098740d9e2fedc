#include <algorithm>
#include <cmath>
#include <cstdio>

#include "server/script/interpreter.h"
#include "server/script/json.h"

namespace thimble {
namespace {

class Encoder {
 public:
  Encoder(lua_State* lua, const JsonOptions& options) : lua_(lua), options_(options), out_(lua) {}

  // Appends the value on top of the stack, which stays.
  void Value(int depth) {
    Interpreter::Of(lua_).Work(lua_, 1);
    switch (lua_type(lua_, -1)) {
      case LUA_TSTRING:
        return Text(CheckBytes(lua_, -1));
      case LUA_TNUMBER:
        return Number(lua_tonumber(lua_, -1));
      case LUA_TBOOLEAN:
        return out_.Append(lua_toboolean(lua_, -1) != 0 ? Bytes("true") : Bytes("false"));
      case LUA_TTABLE:
        return Table(depth + 1);
      case LUA_TNIL:
        return out_.Append("null");
      case LUA_TLIGHTUSERDATA:
        if (lua_touserdata(lua_, -1) == nullptr) return out_.Append("null");
        break;
      default:
        break;
    }
    Refuse(lua_type(lua_, -1), "type not supported");
  }
  void Push() { out_.Push(); }

 private:
  void Refuse(int type, const char* why) {
    luaL_error(lua_, "Cannot serialise %s: %s", lua_typename(lua_, type), why);
  }

  void Text(Bytes text) {
    out_.Append('"');
    size_t plain = 0;  // Where what needs no escape began.
    for (size_t i = 0; i < text.size(); ++i) {
      char escape[8];
      const size_t size = Escape(text[i], escape);
      if (size == 0) continue;
      out_.Append(text.substr(plain, i - plain));
      out_.Append(Bytes(escape, size));
      plain = i + 1;
    }
    out_.Append(text.substr(plain));
    out_.Append('"');
    Interpreter::Of(lua_).Work(lua_, text.size() / 16);
  }

  // Writes what stands for `c` in a string; 0 if it stands for itself.
  static size_t Escape(char c, char* out) {
    constexpr Bytes kNamed = "\"\\/\b\f\n\r\t";
    constexpr Bytes kNames = "\"\\/bfnrt";
    const auto byte = static_cast<unsigned char>(c);
    if (byte > '\\' && byte != 127) return 0;
    const size_t named = c == '\0' ? Bytes::npos : kNamed.find(c);
    if (named != Bytes::npos) {
      out[0] = '\\';
      out[1] = kNames[named];
      return 2;
    }
    if (byte >= ' ' && byte != 127) return 0;
    return static_cast<size_t>(std::snprintf(out, 8, "\\u%04x", byte));
  }

  void Number(double number) {
    if (!std::isfinite(number)) {
      if (options_.encode_invalid_numbers == JsonOptions::kRefuse) {
        return Refuse(LUA_TNUMBER, "must not be NaN or Inf");
      }
      if (options_.encode_invalid_numbers == JsonOptions::kNull) return out_.Append("null");
      if (std::isnan(number)) return out_.Append("nan");
    }
    constexpr size_t kRoom = 40;
    char* const text = out_.Extend(kRoom);
    const int size = std::snprintf(text, kRoom, "%.*g", options_.encode_number_precision, number);
    out_.Shrink(out_.size() - kRoom + static_cast<size_t>(size));
  }

  // The highest index of the table on top if its keys are all positive integers, not too sparse;
  // else -1.
  int64_t ListLength() {
    double largest = 0;
    int64_t count = 0;
    lua_pushnil(lua_);
    while (lua_next(lua_, -2) != 0) {
      lua_pop(lua_, 1);
      Interpreter::Of(lua_).Work(lua_, 1);
      const double key = lua_type(lua_, -1) == LUA_TNUMBER ? lua_tonumber(lua_, -1) : 0;
      if (key < 1 || std::floor(key) != key) {
        lua_pop(lua_, 1);
        return -1;
      }
      largest = std::max(largest, key);
      ++count;
    }
    const double dense = static_cast<double>(count) * options_.sparse_ratio;
    if (options_.sparse_ratio > 0 && largest > dense && largest > options_.sparse_safe) {
      if (!options_.sparse_convert) Refuse(LUA_TTABLE, "excessively sparse array");
      return -1;
    }
    return TruncatedInt64(largest);
  }

  void Table(int depth) {
    if (depth > options_.encode_max_depth || lua_checkstack(lua_, 4) == 0) {
      luaL_error(lua_, "Cannot serialise, excessive nesting (%d)", depth);
    }
    const int64_t length = ListLength();
    if (length > 0) {
      List(length, depth);
    } else {
      Object(depth);
    }
  }

  void List(int64_t length, int depth) {
    out_.Append('[');
    for (int64_t i = 1; i <= length; ++i) {
      if (i > 1) out_.Append(',');
      lua_rawgeti(lua_, -1, static_cast<int>(i));
      Value(depth);
      lua_pop(lua_, 1);
    }
    out_.Append(']');
  }

  void Object(int depth) {
    out_.Append('{');
    bool first = true;
    lua_pushnil(lua_);
    while (lua_next(lua_, -2) != 0) {
      if (!first) out_.Append(',');
      first = false;
      const int type = lua_type(lua_, -2);
      if (type == LUA_TNUMBER) {
        out_.Append('"');
        Number(lua_tonumber(lua_, -2));
        out_.Append("\":");
      } else if (type == LUA_TSTRING) {
        Text(CheckBytes(lua_, -2));
        out_.Append(':');
      } else {
        Refuse(type, "table key must be a number or string");
      }
      Value(depth);
      lua_pop(lua_, 1);
    }
    out_.Append('}');
  }

  lua_State* lua_;
  const JsonOptions& options_;
  TextPiece out_;
};

}  // namespace

void EncodeJson(lua_State* lua, const JsonOptions& options) {
  Encoder encoder(lua, options);
  encoder.Value(0);
  encoder.Push();
}

}  // namespace thimble
