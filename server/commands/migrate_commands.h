#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// MIGRATE.
std::span<const CommandSpec> MigrateCommands();

}  // namespace thimble
