#pragma once

#include <span>

#include "server/command/args.h"
#include "storage/common/bytes.h"
#include "storage/common/result.h"

namespace thimble {

// "numkeys [key ...] [arg ...]", as EVAL and FCALL take it.
struct ScriptArguments {
  std::span<const Bytes> keys;
  std::span<const Bytes> args;
};
// `not_a_number` is the error for a count that is none. REQUIRES: args.HasNext().
Result<ScriptArguments> ReadScriptArguments(ArgCursor& args, Error not_a_number);

}  // namespace thimble
