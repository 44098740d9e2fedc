#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <iterator>

#include "server/script/interpreter.h"
#include "server/script/libraries.h"

namespace thimble {
namespace {

// Tables nested deeper are written as nil.
constexpr int kMaxNesting = 16;

// --- Packing ------------------------------------------------------------------------------------

class Packer {
 public:
  explicit Packer(lua_State* lua) : lua_(lua), out_(lua) {}

  // Appends the value on top of the stack and pops it.
  void Value(int depth) {
    Interpreter::Of(lua_).Work(lua_, 1);
    switch (lua_type(lua_, -1)) {
      case LUA_TSTRING:
        Text(CheckBytes(lua_, -1));
        break;
      case LUA_TBOOLEAN:
        Byte(lua_toboolean(lua_, -1) != 0 ? 0xC3 : 0xC2);
        break;
      case LUA_TNUMBER:
        Number(lua_tonumber(lua_, -1));
        break;
      case LUA_TTABLE:
        if (depth < kMaxNesting) {
          Table(depth);
          break;
        }
        [[fallthrough]];
      default:
        Byte(0xC0);
    }
    lua_pop(lua_, 1);
  }
  void Push() { out_.Push(); }

 private:
  void Byte(unsigned byte) { out_.Append(static_cast<char>(byte)); }
  void BigEndian(uint64_t bits, unsigned bytes) {
    for (unsigned i = bytes; i > 0; --i) Byte(bits >> (8 * (i - 1)) & 0xFFU);
  }
  void Tagged(unsigned tag, uint64_t bits, unsigned bytes) {
    Byte(tag);
    BigEndian(bits, bytes);
  }

  void Text(Bytes text) {
    const size_t size = text.size();
    if (size < 32) {
      Byte(0xA0U | static_cast<unsigned>(size));
    } else if (size <= UINT8_MAX) {
      Tagged(0xD9, size, 1);
    } else if (size <= UINT16_MAX) {
      Tagged(0xDA, size, 2);
    } else {
      Tagged(0xDB, size, 4);
    }
    out_.Append(text);
  }

  void Number(double number) {
    const int64_t integer = TruncatedInt64(number);
    if (static_cast<double>(integer) == number) return Integer(integer);
    const auto narrow = static_cast<float>(number);
    if (static_cast<double>(narrow) == number) {
      Tagged(0xCA, std::bit_cast<uint32_t>(narrow), 4);
    } else {
      Tagged(0xCB, std::bit_cast<uint64_t>(number), 8);
    }
  }

  void Integer(int64_t value) {
    const auto bits = static_cast<uint64_t>(value);
    if (value >= 0) {
      if (value <= INT8_MAX) return Byte(static_cast<unsigned>(value));
      if (value <= UINT8_MAX) return Tagged(0xCC, bits, 1);
      if (value <= UINT16_MAX) return Tagged(0xCD, bits, 2);
      if (value <= UINT32_MAX) return Tagged(0xCE, bits, 4);
      return Tagged(0xCF, bits, 8);
    }
    if (value >= -32) return Byte(static_cast<unsigned>(bits & 0xFFU));
    if (value >= INT8_MIN) return Tagged(0xD0, bits, 1);
    if (value >= INT16_MIN) return Tagged(0xD1, bits, 2);
    if (value >= INT32_MIN) return Tagged(0xD2, bits, 4);
    Tagged(0xD3, bits, 8);
  }

  void Header(unsigned small, unsigned tag16, unsigned tag32, size_t count) {
    if (count < 16) return Byte(small | static_cast<unsigned>(count));
    if (count <= UINT16_MAX) return Tagged(tag16, count, 2);
    Tagged(tag32, count, 4);
  }

  // Counts the pairs of the table on top; true if their keys are 1 to the count.
  bool IsList(size_t& count) {
    double largest = 0;
    bool list = true;
    count = 0;
    lua_pushnil(lua_);
    while (lua_next(lua_, -2) != 0) {
      lua_pop(lua_, 1);
      ++count;
      const double key = lua_type(lua_, -1) == LUA_TNUMBER ? lua_tonumber(lua_, -1) : 0;
      if (key <= 0 || std::floor(key) != key) list = false;
      largest = std::max(largest, key);
      Interpreter::Of(lua_).Work(lua_, 1);
    }
    return list && largest == static_cast<double>(count);
  }

  void Table(int depth) {
    luaL_checkstack(lua_, 4, "table is nested too deeply");
    size_t count = 0;
    if (IsList(count)) {
      Header(0x90, 0xDC, 0xDD, count);
      for (size_t i = 1; i <= count; ++i) {
        lua_rawgeti(lua_, -1, static_cast<int>(i));
        Value(depth + 1);
      }
      return;
    }
    Header(0x80, 0xDE, 0xDF, count);
    lua_pushnil(lua_);
    while (lua_next(lua_, -2) != 0) {
      lua_pushvalue(lua_, -2);
      Value(depth + 1);
      Value(depth + 1);
    }
  }

  lua_State* lua_;
  TextPiece out_;
};

// cmsgpack.pack(values...)
int PackValues(lua_State* lua) {
  const int count = lua_gettop(lua);
  if (count == 0) return luaL_argerror(lua, 0, "MessagePack pack needs input.");
  luaL_checkstack(lua, 1, "too many arguments");
  Packer packer(lua);
  for (int i = 1; i <= count; ++i) {
    lua_pushvalue(lua, i);
    packer.Value(0);
  }
  packer.Push();
  return 1;
}

// --- Unpacking ----------------------------------------------------------------------------------

class Unpacker {
 public:
  Unpacker(lua_State* lua, Bytes input) : lua_(lua), input_(input) {}

  Bytes rest() const { return input_; }

  // Pushes one value.
  void Value() {
    Interpreter::Of(lua_).Work(lua_, 1);
    luaL_checkstack(lua_, 4, "too many values or too deeply nested");
    const auto tag = static_cast<unsigned>(Number(1));
    if (tag < 0x80) return lua_pushinteger(lua_, static_cast<lua_Integer>(tag));
    if (tag < 0x90) return Map(tag & 15U);
    if (tag < 0xA0) return List(tag & 15U);
    if (tag < 0xC0) return Text(tag & 31U);
    if (tag >= 0xE0) return Integer(static_cast<int8_t>(tag));
    switch (tag) {
      case 0xC0:
        return lua_pushnil(lua_);
      case 0xC2:
      case 0xC3:
        return lua_pushboolean(lua_, tag == 0xC3);
      case 0xCA:
        return lua_pushnumber(lua_, std::bit_cast<float>(static_cast<uint32_t>(Number(4))));
      case 0xCB:
        return lua_pushnumber(lua_, std::bit_cast<double>(Number(8)));
      case 0xCC:
      case 0xCD:
      case 0xCE:
      case 0xCF:
        return Integer(static_cast<int64_t>(Number(1U << (tag - 0xCC))));
      case 0xD0:
        return Integer(static_cast<int8_t>(Number(1)));
      case 0xD1:
        return Integer(static_cast<int16_t>(Number(2)));
      case 0xD2:
        return Integer(static_cast<int32_t>(Number(4)));
      case 0xD3:
        return Integer(static_cast<int64_t>(Number(8)));
      case 0xD9:
      case 0xDA:
      case 0xDB:
        return Text(Number(1U << (tag - 0xD9)));
      case 0xDC:
      case 0xDD:
        return List(Number(2U << (tag - 0xDC)));
      case 0xDE:
      case 0xDF:
        return Map(Number(2U << (tag - 0xDE)));
      default:
        luaL_error(lua_, "Bad data format in input.");
    }
  }

 private:
  Bytes Take(size_t count) {
    if (count > input_.size()) luaL_error(lua_, "Missing bytes in input.");
    const Bytes taken = input_.substr(0, count);
    input_.remove_prefix(count);
    return taken;
  }
  // A big-endian number of so many bytes.
  uint64_t Number(size_t bytes) {
    uint64_t number = 0;
    for (const char c : Take(bytes)) number = number << 8U | static_cast<unsigned char>(c);
    return number;
  }
  void Integer(int64_t value) { lua_pushnumber(lua_, static_cast<double>(value)); }
  void Text(size_t size) { PushBytes(lua_, Take(size)); }

  // Room is made as elements come, not as announced.
  void List(size_t count) {
    lua_newtable(lua_);
    for (size_t i = 1; i <= count; ++i) {
      Value();
      lua_rawseti(lua_, -2, static_cast<int>(i));
    }
  }
  void Map(size_t count) {
    lua_newtable(lua_);
    for (size_t i = 0; i < count; ++i) {
      Value();
      Value();
      lua_settable(lua_, -3);
    }
  }

  lua_State* lua_;
  Bytes input_;
};

// Pushes up to `limit` values that begin at `offset`; with no limit all. With one, the first result
// is where to go on, or -1 at the end.
int UnpackFrom(lua_State* lua, int limit, int offset) {
  const Bytes input = CheckBytes(lua, 1);
  if (offset < 0 || limit < 0) {
    return luaL_error(lua, "Invalid request to unpack with offset of %d and limit of %d.", offset,
                      static_cast<int>(input.size()));
  }
  if (static_cast<size_t>(offset) > input.size()) {
    return luaL_error(lua, "Start offset %d greater than input length %d.", offset,
                      static_cast<int>(input.size()));
  }
  lua_settop(lua, 1);
  Unpacker unpacker(lua, input.substr(static_cast<size_t>(offset)));
  if (limit > 0) lua_pushnil(lua);
  int count = 0;
  for (; !unpacker.rest().empty() && (limit == 0 || count < limit); ++count) unpacker.Value();
  if (limit == 0) return count;
  const size_t next = input.size() - unpacker.rest().size();
  lua_pushinteger(lua, unpacker.rest().empty() ? -1 : static_cast<lua_Integer>(next));
  lua_replace(lua, 2);
  return count + 1;
}

// cmsgpack.unpack(bytes)
int UnpackAll(lua_State* lua) {
  return UnpackFrom(lua, 0, 0);
}

// cmsgpack.unpack_one(bytes [, offset])
int UnpackOne(lua_State* lua) {
  return UnpackFrom(lua, 1, luaL_optint(lua, 2, 0));
}

// cmsgpack.unpack_limit(bytes, limit [, offset])
int UnpackLimit(lua_State* lua) {
  const int limit = luaL_checkint(lua, 2);
  return UnpackFrom(lua, limit, luaL_optint(lua, 3, 0));
}

constexpr luaL_Reg kMessagePackFunctions[] = {{"pack", PackValues},
                                              {"unpack", UnpackAll},
                                              {"unpack_limit", UnpackLimit},
                                              {"unpack_one", UnpackOne}};

}  // namespace

void PushMessagePackLibrary(lua_State* lua) {
  lua_createtable(lua, 0, std::size(kMessagePackFunctions) + 3);
  for (const luaL_Reg& function : kMessagePackFunctions) {
    lua_pushcfunction(lua, function.func);
    lua_setfield(lua, -2, function.name);
  }
  lua_pushliteral(lua, "cmsgpack");
  lua_setfield(lua, -2, "_NAME");
  lua_pushliteral(lua, "lua-cmsgpack 0.4.0");
  lua_setfield(lua, -2, "_VERSION");
}

}  // namespace thimble
