#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// INFO.
std::span<const CommandSpec> InfoCommands();

}  // namespace thimble
