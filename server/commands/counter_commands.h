#pragma once

#include "server/command/args.h"
#include "server/command/context.h"

namespace thimble {

// Strings as counters. Rows are in string_commands.cc.
Result<void> Incr(CommandContext& ctx, ArgCursor args);
Result<void> Decr(CommandContext& ctx, ArgCursor args);
Result<void> IncrBy(CommandContext& ctx, ArgCursor args);
Result<void> DecrBy(CommandContext& ctx, ArgCursor args);
Result<void> IncrByFloat(CommandContext& ctx, ArgCursor args);
Result<void> IncrEx(CommandContext& ctx, ArgCursor args);

}  // namespace thimble
