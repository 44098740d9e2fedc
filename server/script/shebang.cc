#include "server/script/shebang.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "server/command/args.h"
#include "server/script/script_flags.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

Error Refusal(const std::string& text) {
  return Error::Message("ERR " + text);
}

// Reads "a,b,c".
Result<uint32_t> ReadFlags(Bytes list) {
  uint32_t flags = 0;
  while (!list.empty()) {
    const size_t comma = list.find(',');
    const Bytes name = list.substr(0, comma);
    const std::optional<ScriptFlag> flag = ScriptFlagOf(name);
    if (!flag) return Refusal("Unexpected flag in script shebang: " + std::string(name));
    flags |= *flag;
    if (comma == Bytes::npos) break;
    list.remove_prefix(comma + 1);
    if (list.empty()) return Refusal("Unexpected flag in script shebang: ");
  }
  return flags;
}

}  // namespace

Result<Shebang> ReadScriptShebang(Bytes source) {
  Shebang shebang;
  if (!source.starts_with("#!")) {
    shebang.flags = kUndeclared;
    return shebang;
  }
  shebang.header_size = source.find('\n');
  if (shebang.header_size == Bytes::npos) return Refusal("Invalid script shebang");
  const auto words = SplitWords(source.substr(0, shebang.header_size));
  if (!words || words->empty()) return Refusal("Invalid engine in script shebang");
  if (words->front() != "#!lua") {
    return Refusal("Unexpected engine in script shebang: " + words->front());
  }
  constexpr Bytes kFlags = "flags=";
  for (size_t i = 1; i < words->size(); ++i) {
    const std::string& word = (*words)[i];
    if (!word.starts_with(kFlags)) {
      return Refusal("Unknown lua shebang option: " + word);
    }
    Result<uint32_t> flags = ReadFlags(Bytes(word).substr(kFlags.size()));
    if (!flags.ok()) return flags.error();
    shebang.flags |= *flags;
  }
  return shebang;
}

Result<LibraryShebang> ReadLibraryShebang(Bytes source) {
  LibraryShebang shebang;
  if (!source.starts_with("#!")) return Refusal("Missing library metadata");
  shebang.header_size = source.find('\n');
  if (shebang.header_size == Bytes::npos) return Refusal("Invalid library metadata");
  const auto words = SplitWords(source.substr(0, shebang.header_size));
  if (!words || words->empty()) return Refusal("Invalid library metadata");
  const std::string engine = words->front().substr(2);
  constexpr Bytes kName = "name=";
  bool named = false;
  for (size_t i = 1; i < words->size(); ++i) {
    const std::string& word = (*words)[i];
    if (!LowerCase(word).starts_with(kName))
      return Refusal("Invalid metadata value given: " + word);
    if (named) return Refusal("Invalid metadata value, name argument was given multiple times");
    named = true;
    shebang.name = word.substr(kName.size());
  }
  if (!named) return Refusal("Library name was not given");
  if (!IsValidFunctionName(shebang.name)) return Refusal(kInvalidFunctionName);
  if (!EqualsIgnoringCase(engine, "lua")) return Refusal("Engine '" + engine + "' not found");
  return shebang;
}

bool IsValidFunctionName(Bytes name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace thimble
