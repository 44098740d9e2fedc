#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// Deadlines of fields: HEXPIRE, HTTL, HPERSIST and what goes with them.
std::span<const CommandSpec> FieldExpiryCommands();

}  // namespace thimble
