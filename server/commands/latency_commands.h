#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// LATENCY and its subcommands.
std::span<const CommandSpec> LatencyCommands();

}  // namespace thimble
