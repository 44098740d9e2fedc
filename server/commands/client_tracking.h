#pragma once

#include "server/command/args.h"
#include "server/command/context.h"

namespace thimble {

// CLIENT TRACKING, CACHING, GETREDIR and TRACKINGINFO.
Result<void> ClientTracking(CommandContext& ctx, ArgCursor args);
Result<void> ClientCaching(CommandContext& ctx, ArgCursor args);
Result<void> ClientGetRedir(CommandContext& ctx, ArgCursor args);
Result<void> ClientTrackingInfo(CommandContext& ctx, ArgCursor args);

}  // namespace thimble
