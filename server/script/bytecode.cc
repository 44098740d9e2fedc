#include "server/script/bytecode.h"

#include <cstddef>
#include <cstring>
#include <string>

namespace thimble {
namespace {

// What lua_dump writes of a function is the only sight of its instructions that the interface
// gives. The form is that of Lua 5.1 on a machine with 64 bits, lowest byte first: see DumpFunction
// and DumpHeader in its ldump.c; the opcodes are in lopcodes.h.
constexpr char kHeader[] = "\x1bLua\x51\x00\x01\x04\x08\x04\x08\x00";
constexpr size_t kHeaderSize = sizeof(kHeader) - 1;

// Reads a dump that this process has just written. One that is not as expected is `broken`.
class Dump {
 public:
  explicit Dump(Bytes bytes) : left_(bytes) {}

  bool broken() const { return broken_; }

  void Skip(size_t size) {
    if (size > left_.size()) {
      broken_ = true;
      size = left_.size();
    }
    left_.remove_prefix(size);
  }

  template <typename Number>
  Number Take() {
    Number number = 0;
    if (left_.size() >= sizeof(number)) std::memcpy(&number, left_.data(), sizeof(number));
    Skip(sizeof(number));
    return number;
  }

  // How many items follow; none once the dump is broken, so that no loop outlasts it.
  uint32_t TakeCount() {
    const auto count = Take<uint32_t>();
    if (count > left_.size()) broken_ = true;
    return broken_ ? 0 : count;
  }

  void SkipString() { Skip(Take<uint64_t>()); }

 private:
  Bytes left_;
  bool broken_ = false;
};

bool TakesAssignment(Dump& dump) {
  constexpr uint32_t kOpcodeMask = 0x3F;
  constexpr uint32_t kSetGlobal = 7;
  bool found = false;
  for (uint32_t left = dump.TakeCount(); left > 0; --left) {
    found |= (dump.Take<uint32_t>() & kOpcodeMask) == kSetGlobal;
  }
  return found;
}

void SkipConstants(Dump& dump) {
  for (uint32_t left = dump.TakeCount(); left > 0; --left) {
    switch (dump.Take<uint8_t>()) {
      case LUA_TBOOLEAN:
        dump.Skip(1);
        break;
      case LUA_TNUMBER:
        dump.Skip(sizeof(lua_Number));
        break;
      case LUA_TSTRING:
        dump.SkipString();
        break;
      default:
        break;
    }
  }
}

// Nested as deep as functions in the source are, which the parser bounds (LUAI_MAXCCALLS).
bool FunctionAssigns(Dump& dump) {
  constexpr size_t kLinesAndSizes = 2 * sizeof(uint32_t) + 4;
  dump.SkipString();  // The name of the chunk.
  dump.Skip(kLinesAndSizes);
  if (TakesAssignment(dump)) return true;
  SkipConstants(dump);
  for (uint32_t left = dump.TakeCount(); left > 0; --left) {
    if (FunctionAssigns(dump)) return true;
  }
  dump.Skip(size_t{dump.TakeCount()} * sizeof(uint32_t));     // Lines of the instructions.
  for (uint32_t left = dump.TakeCount(); left > 0; --left) {  // Local variables, and where from
    dump.SkipString();                                        // and to they live.
    dump.Skip(2 * sizeof(uint32_t));
  }
  for (uint32_t left = dump.TakeCount(); left > 0; --left) dump.SkipString();  // Upvalues.
  return dump.broken();
}

}  // namespace

bool AssignsGlobals(lua_State* lua) {
  std::string bytes;
  const auto write = [](lua_State*, const void* piece, size_t size, void* to) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(piece), size);
    return 0;
  };
  if (lua_dump(lua, write, &bytes) != 0) return true;
  if (!bytes.starts_with(Bytes(kHeader, kHeaderSize))) return true;
  Dump dump(Bytes(bytes).substr(kHeaderSize));
  return FunctionAssigns(dump);
}

}  // namespace thimble
