#pragma once

#include <span>

#include "server/command/spec.h"

namespace thimble {

// SUBSCRIBE PSUBSCRIBE SSUBSCRIBE and their opposites, PUBLISH SPUBLISH, PUBSUB.
std::span<const CommandSpec> PubSubCommands();

}  // namespace thimble
