#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// HSET, HGET and the rest of the hash family.
std::span<const CommandSpec> HashCommands();

}  // namespace thimble
