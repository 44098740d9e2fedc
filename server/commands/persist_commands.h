#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// SAVE, BGSAVE, BGREWRITEAOF, LASTSAVE, DUMP, RESTORE.
std::span<const CommandSpec> PersistCommands();

}  // namespace thimble
