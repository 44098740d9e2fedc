#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>

#include "server/script/libraries.h"

namespace thimble {
namespace {

// An argument as 32 bits, modulo 2^32 and rounded: the sum with 1.5 * 2^52 has them in its lower
// half.
uint32_t Argument(lua_State* lua, int index) {
  constexpr double kMagic = 6755399441055744.0;
  return static_cast<uint32_t>(std::bit_cast<uint64_t>(luaL_checknumber(lua, index) + kMagic));
}

int Return(lua_State* lua, uint32_t bits) {
  lua_pushnumber(lua, static_cast<int32_t>(bits));
  return 1;
}

int ToBit(lua_State* lua) {
  return Return(lua, Argument(lua, 1));
}

int Not(lua_State* lua) {
  return Return(lua, ~Argument(lua, 1));
}

template <class Combine>
int Fold(lua_State* lua, Combine combine) {
  uint32_t bits = Argument(lua, 1);
  for (int i = lua_gettop(lua); i > 1; --i) bits = combine(bits, Argument(lua, i));
  return Return(lua, bits);
}

int And(lua_State* lua) {
  return Fold(lua, [](uint32_t a, uint32_t b) { return a & b; });
}

int Or(lua_State* lua) {
  return Fold(lua, [](uint32_t a, uint32_t b) { return a | b; });
}

int Xor(lua_State* lua) {
  return Fold(lua, [](uint32_t a, uint32_t b) { return a ^ b; });
}

// The lower five bits of the second argument.
template <class Shift>
int ShiftBy(lua_State* lua, Shift shift) {
  const uint32_t bits = Argument(lua, 1);
  return Return(lua, shift(bits, Argument(lua, 2) & 31U));
}

int LeftShift(lua_State* lua) {
  return ShiftBy(lua, [](uint32_t bits, uint32_t by) { return bits << by; });
}

int RightShift(lua_State* lua) {
  return ShiftBy(lua, [](uint32_t bits, uint32_t by) { return bits >> by; });
}

int ArithmeticShift(lua_State* lua) {
  return ShiftBy(lua, [](uint32_t bits, uint32_t by) {
    return static_cast<uint32_t>(static_cast<int32_t>(bits) >> by);
  });
}

int RotateLeft(lua_State* lua) {
  return ShiftBy(lua,
                 [](uint32_t bits, uint32_t by) { return std::rotl(bits, static_cast<int>(by)); });
}

int RotateRight(lua_State* lua) {
  return ShiftBy(lua,
                 [](uint32_t bits, uint32_t by) { return std::rotr(bits, static_cast<int>(by)); });
}

int Swap(lua_State* lua) {
  return Return(lua, __builtin_bswap32(Argument(lua, 1)));
}

// bit.tohex(number [, digits]); a negative count means capitals.
int ToHex(lua_State* lua) {
  constexpr int64_t kMost = 8;
  uint32_t bits = Argument(lua, 1);
  const int64_t wanted =
      lua_isnone(lua, 2) ? kMost : int64_t{static_cast<int32_t>(Argument(lua, 2))};
  const char* const digits = wanted < 0 ? "0123456789ABCDEF" : "0123456789abcdef";
  const auto count = static_cast<size_t>(std::min(wanted < 0 ? -wanted : wanted, kMost));
  char text[kMost];
  for (size_t i = count; i > 0; --i, bits >>= 4U) text[i - 1] = digits[bits & 15U];
  lua_pushlstring(lua, text, count);
  return 1;
}

constexpr luaL_Reg kBitFunctions[] = {
    {"arshift", ArithmeticShift},
    {"band", And},
    {"bnot", Not},
    {"bor", Or},
    {"bswap", Swap},
    {"bxor", Xor},
    {"lshift", LeftShift},
    {"rol", RotateLeft},
    {"ror", RotateRight},
    {"rshift", RightShift},
    {"tobit", ToBit},
    {"tohex", ToHex},
};

}  // namespace

void PushBitLibrary(lua_State* lua) {
  lua_createtable(lua, 0, std::size(kBitFunctions));
  for (const luaL_Reg& function : kBitFunctions) {
    lua_pushcfunction(lua, function.func);
    lua_setfield(lua, -2, function.name);
  }
}

}  // namespace thimble
