#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// Commands that read or write fields and say what becomes of them: HGETDEL, HGETEX, HSETEX.
std::span<const CommandSpec> FieldAccessCommands();

}  // namespace thimble
