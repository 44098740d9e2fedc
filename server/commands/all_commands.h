#pragma once

namespace thimble {

class CommandRegistry;

// Every command the server has.
void AddAllCommands(CommandRegistry& registry);

}  // namespace thimble
