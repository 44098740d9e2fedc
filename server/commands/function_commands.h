#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// FUNCTION FCALL FCALL_RO.
std::span<const CommandSpec> FunctionCommands();

}  // namespace thimble
