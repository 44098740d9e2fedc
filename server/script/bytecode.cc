#include "server/script/bytecode.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <string>
#include <vector>

namespace thimble {
namespace {

// What lua_dump writes of a function is the only sight of its instructions that the interface
// gives. The form is that of Lua 5.1 on a machine with 64 bits, lowest byte first: see DumpFunction
// and DumpHeader in its ldump.c; the opcodes are in lopcodes.h.
constexpr char kHeader[] = "\x1bLua\x51\x00\x01\x04\x08\x04\x08\x00";
constexpr size_t kHeaderSize = sizeof(kHeader) - 1;

// Reads a code that this process has just written. One that is not as expected is `broken`.
class CodeReader {
 public:
  explicit CodeReader(Bytes bytes) : left_(bytes) {}

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

  // How many items follow; none once the code is broken, so that no loop outlasts it.
  uint32_t TakeCount() {
    const auto count = Take<uint32_t>();
    if (count > left_.size()) broken_ = true;
    return broken_ ? 0 : count;
  }

  // Without the zero byte that ends it.
  Bytes TakeString() {
    const auto size = static_cast<size_t>(Take<uint64_t>());
    const Bytes bytes = left_.substr(0, size == 0 ? 0 : size - 1);
    Skip(size);
    return bytes;
  }

 private:
  Bytes left_;
  bool broken_ = false;
};

// Globals through which no table of another's can be changed.
constexpr Bytes kHarmless[] = {"KEYS",  "ARGV",   "redis",  "tonumber", "tostring",
                               "type",  "ipairs", "next",   "pairs",    "bit",
                               "cjson", "math",   "string", "unpack"};

// What the instructions of one function do. Of the globals they read, the places of the names in
// the function's constants.
struct Instructions {
  bool assign_globals = false;
  bool assign_elements = false;
  std::vector<uint32_t> globals;
};

Instructions TakeInstructions(CodeReader& code) {
  constexpr uint32_t kOpcodeMask = 0x3F;
  constexpr unsigned kConstantShift = 14;
  constexpr uint32_t kGetGlobal = 5;
  constexpr uint32_t kSetGlobal = 7;
  constexpr uint32_t kSetTable = 9;
  Instructions found;
  for (uint32_t left = code.TakeCount(); left > 0; --left) {
    const auto instruction = code.Take<uint32_t>();
    const uint32_t opcode = instruction & kOpcodeMask;
    found.assign_globals |= opcode == kSetGlobal;
    found.assign_elements |= opcode == kSetTable;
    if (opcode == kGetGlobal) found.globals.push_back(instruction >> kConstantShift);
  }
  return found;
}

// The constants in their order; what is no string as no bytes at all.
std::vector<Bytes> TakeConstants(CodeReader& code) {
  std::vector<Bytes> constants;
  for (uint32_t left = code.TakeCount(); left > 0; --left) {
    Bytes& text = constants.emplace_back();
    switch (code.Take<uint8_t>()) {
      case LUA_TBOOLEAN:
        code.Skip(1);
        break;
      case LUA_TNUMBER:
        code.Skip(sizeof(lua_Number));
        break;
      case LUA_TSTRING:
        text = code.TakeString();
        break;
      default:
        break;
    }
  }
  return constants;
}

bool IsHarmless(const std::vector<Bytes>& constants, uint32_t index) {
  return index < constants.size() && std::find(std::begin(kHarmless), std::end(kHarmless),
                                               constants[index]) != std::end(kHarmless);
}

// Nested as deep as functions in the source are, which the parser bounds (LUAI_MAXCCALLS).
void ExamineFunction(CodeReader& code, CodeTraits& traits) {
  constexpr size_t kLinesAndSizes = 2 * sizeof(uint32_t) + 4;
  code.TakeString();  // The name of the chunk.
  code.Skip(kLinesAndSizes);
  const Instructions instructions = TakeInstructions(code);
  const std::vector<Bytes> constants = TakeConstants(code);
  const bool harmless =
      std::all_of(instructions.globals.begin(), instructions.globals.end(),
                  [&constants](uint32_t index) { return IsHarmless(constants, index); });
  traits.assigns_globals |= instructions.assign_globals;
  traits.changes_tables |= instructions.assign_globals || instructions.assign_elements || !harmless;
  for (uint32_t left = code.TakeCount(); left > 0; --left) ExamineFunction(code, traits);
  code.Skip(size_t{code.TakeCount()} * sizeof(uint32_t));     // Lines of the instructions.
  for (uint32_t left = code.TakeCount(); left > 0; --left) {  // Local variables, and where from
    code.TakeString();                                        // and to they live.
    code.Skip(2 * sizeof(uint32_t));
  }
  for (uint32_t left = code.TakeCount(); left > 0; --left) code.TakeString();  // Upvalues.
}

}  // namespace

CodeTraits Examine(lua_State* lua) {
  std::string bytes;
  const auto write = [](lua_State*, const void* piece, size_t size, void* to) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(piece), size);
    return 0;
  };
  if (lua_dump(lua, write, &bytes) != 0) return {};
  if (!bytes.starts_with(Bytes(kHeader, kHeaderSize))) return {};
  CodeReader code(Bytes(bytes).substr(kHeaderSize));
  CodeTraits traits{.assigns_globals = false, .changes_tables = false};
  ExamineFunction(code, traits);
  return code.broken() ? CodeTraits{} : traits;
}

}  // namespace thimble
