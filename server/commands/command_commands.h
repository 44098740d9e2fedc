#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// COMMAND and its subcommands: the command table, told to clients.
std::span<const CommandSpec> CommandCommands();

}  // namespace thimble
