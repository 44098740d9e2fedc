#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// SLOWLOG and its subcommands.
std::span<const CommandSpec> CommandLogCommands();

}  // namespace thimble
