#pragma once

#include <span>

#include "server/command/registry.h"
#include "server/command/services.h"
#include "storage/common/bytes.h"

namespace thimble {

// What must not be run again as it was.
struct EffectRule {
  // Tells Effects what the command did: called right after it, while the data is as it left it.
  // `args` are without its name. Null for a command that is its own effect.
  void (*tell)(Services& services, int database, std::span<const Bytes> args) = nullptr;
  // With so many arguments, its name among them, it is its own effect all the same.
  size_t own_effect_with = 0;
};

EffectRule EffectRuleOf(const Command& command);

}  // namespace thimble
