#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// SADD, SINTER and the rest of the set family, without SORT (sort_commands.h).
std::span<const CommandSpec> SetCommands();

}  // namespace thimble
