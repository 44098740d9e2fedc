#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// PING, SELECT, AUTH, HELLO, RESET and what else concerns one connection; CLIENT is apart.
std::span<const CommandSpec> ConnectionCommands();

}  // namespace thimble
