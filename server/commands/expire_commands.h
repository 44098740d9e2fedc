#pragma once

#include "server/command/args.h"
#include "server/command/context.h"

namespace thimble {

// The handlers of deadlines. Rows are in key_commands.cc.
Result<void> Expire(CommandContext& ctx, ArgCursor args);
Result<void> PExpire(CommandContext& ctx, ArgCursor args);
Result<void> ExpireAt(CommandContext& ctx, ArgCursor args);
Result<void> PExpireAt(CommandContext& ctx, ArgCursor args);
Result<void> Ttl(CommandContext& ctx, ArgCursor args);
Result<void> PTtl(CommandContext& ctx, ArgCursor args);
Result<void> ExpireTime(CommandContext& ctx, ArgCursor args);
Result<void> PExpireTime(CommandContext& ctx, ArgCursor args);
Result<void> Persist(CommandContext& ctx, ArgCursor args);

}  // namespace thimble
