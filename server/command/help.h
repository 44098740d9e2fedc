#pragma once

#include "server/command/args.h"
#include "server/command/context.h"
#include "storage/common/result.h"

namespace thimble {

// CLIENT HELP, CONFIG HELP, ...: the container's subcommands, their syntax and summaries, made from
// their rows. The handler of every HELP subcommand.
Result<void> ContainerHelp(CommandContext& context, ArgCursor args);

}  // namespace thimble
