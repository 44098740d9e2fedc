#pragma once

#include "server/command/args.h"
#include "server/command/context.h"
#include "storage/common/result.h"

namespace thimble {

// Subcommands of DEBUG that live in files of their own. Their arguments follow the subcommand.

// About data (debug_data.cc).
Result<void> DebugDigest(CommandContext& ctx, ArgCursor args);
Result<void> DebugDigestValue(CommandContext& ctx, ArgCursor args);
Result<void> DebugHtStats(CommandContext& ctx, ArgCursor args);
Result<void> DebugHtStatsKey(CommandContext& ctx, ArgCursor args);
Result<void> DebugListpack(CommandContext& ctx, ArgCursor args);
Result<void> DebugObject(CommandContext& ctx, ArgCursor args);
Result<void> DebugPopulate(CommandContext& ctx, ArgCursor args);

// One reply of each type (debug_protocol.cc).
Result<void> DebugProtocol(CommandContext& ctx, ArgCursor args);

// About files and payloads (persist_commands.cc).
Result<void> DebugReload(CommandContext& ctx, ArgCursor args);
Result<void> DebugLoadAof(CommandContext& ctx, ArgCursor args);
Result<void> DebugAofFlushSleep(CommandContext& ctx, ArgCursor args);
Result<void> DebugSkipChecksums(CommandContext& ctx, ArgCursor args);

}  // namespace thimble
