#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// CLIENT and its subcommands.
std::span<const CommandSpec> ClientCommands();

}  // namespace thimble
