#include <algorithm>
#include <bit>
#include <cctype>
#include <climits>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "server/script/interpreter.h"
#include "server/script/libraries.h"

namespace thimble {
namespace {

constexpr int kMaxIntegerBytes = 32;
constexpr int kDefaultAlignment = 8;

// Reads a format: options, and the byte order and alignment they are under.
class Format {
 public:
  explicit Format(lua_State* lua) : lua_(lua), at_(luaL_checkstring(lua, 1)) {}

  // The next option that stands for data, or 0 at the end. Sets size().
  char Next() {
    while (*at_ != '\0') {
      const char option = *at_++;
      size_ = SizeOf(option);
      if (IsData(option)) return option;
      Control(option);
    }
    return '\0';
  }
  // Bytes of the option; 0 of "s" and "c0".
  size_t size() const { return size_; }
  // Bytes to skip before the option when so many precede it.
  size_t Padding(char option, size_t before) const {
    if (size_ == 0 || option == 'c') return 0;
    const size_t unit = std::min(size_, alignment_);
    return (unit - (before & (unit - 1))) & (unit - 1);
  }
  bool little() const { return little_; }

 private:
  static bool IsData(char option) { return std::strchr("bBhHlLTiIfdxsc", option) != nullptr; }

  size_t SizeOf(char option) {
    switch (option) {
      case 'b':
      case 'B':
      case 'x':
        return 1;
      case 'h':
      case 'H':
        return sizeof(short);
      case 'l':
      case 'L':
      case 'T':
        return sizeof(long);
      case 'f':
        return sizeof(float);
      case 'd':
        return sizeof(double);
      case 'c':
        return static_cast<size_t>(Number(1));
      case 'i':
      case 'I': {
        const int size = Number(sizeof(int));
        if (size > kMaxIntegerBytes) {
          luaL_error(lua_, "integral size %d is larger than limit of %d", size, kMaxIntegerBytes);
        }
        return static_cast<size_t>(size);
      }
      default:
        return 0;
    }
  }

  void Control(char option) {
    switch (option) {
      case ' ':
        return;
      case '>':
        little_ = false;
        return;
      case '<':
        little_ = true;
        return;
      case '!': {
        const int alignment = Number(kDefaultAlignment);
        if (alignment <= 0 || (alignment & (alignment - 1)) != 0) {
          luaL_error(lua_, "alignment %d is not a power of 2", alignment);
        }
        alignment_ = static_cast<size_t>(alignment);
        return;
      }
      default:
        luaL_argerror(lua_, 1, lua_pushfstring(lua_, "invalid format option '%c'", option));
    }
  }

  // The number written next, or `otherwise`.
  int Number(int otherwise) {
    if (std::isdigit(static_cast<unsigned char>(*at_)) == 0) return otherwise;
    int64_t number = 0;
    while (std::isdigit(static_cast<unsigned char>(*at_)) != 0) {
      number = number * 10 + (*at_++ - '0');
      if (number > INT_MAX) luaL_error(lua_, "integral size overflow");
    }
    return static_cast<int>(number);
  }

  lua_State* lua_;
  const char* at_;
  size_t size_ = 0;
  size_t alignment_ = 1;
  bool little_ = std::endian::native == std::endian::little;
};

// --- Packing ------------------------------------------------------------------------------------

uint64_t IntegerArgument(lua_State* lua, int index) {
  constexpr double kTwo63 = 9223372036854775808.0;
  const double number = luaL_checknumber(lua, index);
  if (number < kTwo63) return static_cast<uint64_t>(TruncatedInt64(number));
  return number < 2 * kTwo63 ? static_cast<uint64_t>(number) : 0;
}

// The lower bytes of `bits`, and zeros where there are more than eight.
void AppendInteger(TextPiece& out, uint64_t bits, size_t size, bool little) {
  char* const to = out.Extend(size);
  for (size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<char>(i < 8 ? bits >> (8 * i) & 0xFFU : 0);
    to[little ? i : size - 1 - i] = byte;
  }
}

// struct.pack(format, values...)
int PackStruct(lua_State* lua) {
  Format format(lua);
  lua_pushnil(lua);  // What a missing argument is said to be.
  TextPiece out(lua);
  int argument = 2;
  while (const char option = format.Next()) {
    const size_t size = format.size();
    for (size_t i = format.Padding(option, out.size()); i > 0; --i) out.Append('\0');
    switch (option) {
      case 'x':
        out.Append('\0');
        break;
      case 'f':
        AppendInteger(out,
                      std::bit_cast<uint32_t>(static_cast<float>(luaL_checknumber(lua, argument))),
                      size, format.little());
        ++argument;
        break;
      case 'd':
        AppendInteger(out, std::bit_cast<uint64_t>(luaL_checknumber(lua, argument)), size,
                      format.little());
        ++argument;
        break;
      case 's':
      case 'c': {
        const Bytes text = CheckBytes(lua, argument++);
        const size_t wanted = size == 0 ? text.size() : size;
        // Redis names the argument behind the one that is too short.
        luaL_argcheck(lua, text.size() >= wanted, argument, "string too short");
        out.Append(text.substr(0, wanted));
        if (option == 's') out.Append('\0');
        break;
      }
      default:
        AppendInteger(out, IntegerArgument(lua, argument++), size, format.little());
    }
  }
  out.Push();
  return 1;
}

// --- Unpacking ----------------------------------------------------------------------------------

// The integer in `bytes`, of which the lower eight count.
double ReadInteger(Bytes bytes, bool little, bool is_signed) {
  uint64_t bits = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char byte = bytes[little ? bytes.size() - 1 - i : i];
    bits = bits << 8U | static_cast<unsigned char>(byte);
  }
  if (!is_signed || bytes.empty()) return static_cast<double>(bits);
  const size_t unused = 64 - 8 * std::min<size_t>(bytes.size(), 8);
  return static_cast<double>(static_cast<int64_t>(bits << unused) >> unused);
}

double ReadFloating(Bytes bytes, bool little) {
  uint64_t bits = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char byte = bytes[little ? bytes.size() - 1 - i : i];
    bits = bits << 8U | static_cast<unsigned char>(byte);
  }
  if (bytes.size() == sizeof(float)) return std::bit_cast<float>(static_cast<uint32_t>(bits));
  return std::bit_cast<double>(bits);
}

// struct.unpack(format, data [, position])
int UnpackStruct(lua_State* lua) {
  Format format(lua);
  const Bytes data = CheckBytes(lua, 2);
  const lua_Integer first = luaL_optinteger(lua, 3, 1);
  luaL_argcheck(lua, first != 0, 3, "offset must be 1 or greater");
  // A negative position is far behind the end.
  size_t at = static_cast<size_t>(first) - 1;
  lua_settop(lua, 2);
  const auto check_room = [&](size_t size) {
    luaL_argcheck(lua, size <= data.size() && at <= data.size() - size, 2, "data string too short");
  };
  int results = 0;
  while (const char option = format.Next()) {
    size_t size = format.size();
    at += format.Padding(option, at);
    check_room(size);
    luaL_checkstack(lua, 2, "too many results");
    switch (option) {
      case 'x':
        break;
      case 'f':
      case 'd':
        lua_pushnumber(lua, ReadFloating(data.substr(at, size), format.little()));
        ++results;
        break;
      case 'c':
        if (size == 0) {
          if (results == 0 || lua_isnumber(lua, -1) == 0) {
            return luaL_error(lua, "format 'c0' needs a previous size");
          }
          const double previous = lua_tonumber(lua, -1);
          size = previous >= 0 && previous <= static_cast<double>(data.size())
                     ? static_cast<size_t>(previous)
                     : SIZE_MAX;
          lua_pop(lua, 1);
          --results;
          check_room(size);
        }
        PushBytes(lua, data.substr(at, size));
        ++results;
        break;
      case 's': {
        const size_t end = data.find('\0', at);
        if (end == Bytes::npos) return luaL_error(lua, "unfinished string in data");
        PushBytes(lua, data.substr(at, end - at));
        size = end - at + 1;
        ++results;
        break;
      }
      default:
        lua_pushnumber(lua, ReadInteger(data.substr(at, size), format.little(),
                                        std::islower(static_cast<unsigned char>(option)) != 0));
        ++results;
    }
    at += size;
  }
  lua_pushinteger(lua, static_cast<lua_Integer>(at) + 1);
  return results + 1;
}

// struct.size(format)
int SizeOfStruct(lua_State* lua) {
  Format format(lua);
  size_t total = 0;
  while (const char option = format.Next()) {
    total += format.Padding(option, total);
    if (format.size() == 0) {
      if (option == 's') luaL_argerror(lua, 1, "option 's' has no fixed size");
      if (option == 'c') luaL_argerror(lua, 1, "option 'c0' has no fixed size");
    }
    total += format.size();
  }
  lua_pushnumber(lua, static_cast<double>(total));
  return 1;
}

constexpr luaL_Reg kStructFunctions[] = {
    {"pack", PackStruct}, {"size", SizeOfStruct}, {"unpack", UnpackStruct}};

}  // namespace

void PushStructLibrary(lua_State* lua) {
  lua_createtable(lua, 0, std::size(kStructFunctions));
  for (const luaL_Reg& function : kStructFunctions) {
    lua_pushcfunction(lua, function.func);
    lua_setfield(lua, -2, function.name);
  }
}

}  // namespace thimble
