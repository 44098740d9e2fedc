#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// SYNC and what is said before it: REPLCONF.
std::span<const CommandSpec> SyncCommands();

}  // namespace thimble
