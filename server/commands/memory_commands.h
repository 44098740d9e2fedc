#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// MEMORY and its subcommands.
std::span<const CommandSpec> MemoryCommands();

}  // namespace thimble
