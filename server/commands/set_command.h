#pragma once

#include "server/command/args.h"
#include "server/command/context.h"

namespace thimble {

// SET with all its options, and its older special cases. Rows are in string_commands.cc.
Result<void> Set(CommandContext& ctx, ArgCursor args);
Result<void> SetNx(CommandContext& ctx, ArgCursor args);
Result<void> SetEx(CommandContext& ctx, ArgCursor args);
Result<void> PSetEx(CommandContext& ctx, ArgCursor args);

inline constexpr std::string_view kSetSyntax =
    "key value [NX | XX | IFEQ value | IFNE value | IFDEQ digest | IFDNE digest] [GET] "
    "[EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | "
    "KEEPTTL]";

}  // namespace thimble
