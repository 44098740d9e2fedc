#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// DEBUG.
std::span<const CommandSpec> DebugCommands();

}  // namespace thimble
