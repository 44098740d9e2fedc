#pragma once

#include "server/command/args.h"
#include "server/command/context.h"

namespace thimble {

// The handlers of set algebra: three operations, each replied, stored or counted. Rows are in
// set_commands.cc.
Result<void> SInter(CommandContext& ctx, ArgCursor args);
Result<void> SUnion(CommandContext& ctx, ArgCursor args);
Result<void> SDiff(CommandContext& ctx, ArgCursor args);
Result<void> SInterStore(CommandContext& ctx, ArgCursor args);
Result<void> SUnionStore(CommandContext& ctx, ArgCursor args);
Result<void> SDiffStore(CommandContext& ctx, ArgCursor args);
Result<void> SInterCard(CommandContext& ctx, ArgCursor args);
Result<void> SUnionCard(CommandContext& ctx, ArgCursor args);
Result<void> SDiffCard(CommandContext& ctx, ArgCursor args);

}  // namespace thimble
