#pragma once

#include <string>

#include "storage/common/bytes.h"
#include "storage/common/result.h"

namespace thimble {

// A script's first line, "#!lua flags=no-writes,allow-oom".
struct Shebang {
  uint32_t flags = 0;      // ScriptFlag bits; kUndeclared if there is no such line.
  size_t header_size = 0;  // Bytes of the line without its end: the rest is the source.
};
Result<Shebang> ReadScriptShebang(Bytes source);

// A library's, "#!lua name=mylib".
struct LibraryShebang {
  std::string name;
  size_t header_size = 0;
};
Result<LibraryShebang> ReadLibraryShebang(Bytes source);

// Whether a library or a function may be called so.
bool IsValidFunctionName(Bytes name);
inline constexpr char kInvalidFunctionName[] =
    "Library names can only contain letters, numbers, or underscores(_) and must be at least one "
    "character long";

}  // namespace thimble
