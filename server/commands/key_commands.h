#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// DEL, EXPIRE, SCAN, RENAME, ...: commands on keys of any type.
std::span<const CommandSpec> KeyCommands();

}  // namespace thimble
