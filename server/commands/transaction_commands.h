#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// MULTI EXEC DISCARD WATCH UNWATCH.
std::span<const CommandSpec> TransactionCommands();

}  // namespace thimble
