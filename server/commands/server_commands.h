#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// TIME, MONITOR, SHUTDOWN and other small commands about the server; CLUSTER and MODULE.
std::span<const CommandSpec> ServerCommands();

}  // namespace thimble
