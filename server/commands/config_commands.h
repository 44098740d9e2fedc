#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// CONFIG and its subcommands.
std::span<const CommandSpec> ConfigCommands();

}  // namespace thimble
