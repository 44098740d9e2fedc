#pragma once

#include <span>

#include "server/command/registry.h"
#include "server/command/services.h"
#include "storage/common/bytes.h"

namespace thimble {

// Tells Effects what a command did that must not be run again as it was: called right after it,
// while the data is as it left it. `args` are without the command's name.
using EffectRule = void (*)(Services& services, int database, std::span<const Bytes> args);

// Null for a command that is its own effect.
EffectRule EffectRuleOf(const Command& command);

}  // namespace thimble
