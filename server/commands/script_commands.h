#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// EVAL EVALSHA EVAL_RO EVALSHA_RO SCRIPT.
std::span<const CommandSpec> ScriptCommands();

}  // namespace thimble
