#pragma once

#include "server/command/args.h"
#include "server/command/context.h"

namespace thimble {

// SORT and SORT_RO on sets. Rows are in key_commands.cc.
Result<void> Sort(CommandContext& ctx, ArgCursor args);
Result<void> SortReadOnly(CommandContext& ctx, ArgCursor args);

inline constexpr std::string_view kSortReadOnlySyntax =
    "key [BY by-pattern] [LIMIT offset count] [GET get-pattern ...] [ASC | DESC] [ALPHA]";
inline constexpr std::string_view kSortSyntax =
    "key [BY by-pattern] [LIMIT offset count] [GET get-pattern ...] [ASC | DESC] [ALPHA] "
    "[STORE destination]";

}  // namespace thimble
