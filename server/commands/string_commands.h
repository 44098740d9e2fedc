#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// GET, SET, INCR and the rest of the string family.
std::span<const CommandSpec> StringCommands();

}  // namespace thimble
