#pragma once

#include <span>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/help.h"

namespace thimble {

// OBJECT ENCODING, FREQ, IDLETIME, REFCOUNT: how one value is stored and used.
Result<void> ObjectEncoding(CommandContext& ctx, ArgCursor args);
Result<void> ObjectFreq(CommandContext& ctx, ArgCursor args);
Result<void> ObjectIdleTime(CommandContext& ctx, ArgCursor args);
Result<void> ObjectRefCount(CommandContext& ctx, ArgCursor args);

inline constexpr std::string_view kObjectTips[] = {"nondeterministic_output"};

inline constexpr CommandSpec kObjectSubcommands[] = {
    {.name = "encoding",
     .run = ObjectEncoding,
     .arity = Exactly(3),
     .keys = KeyAt(2, kKeyReadOnly),
     .flags = kReadOnly,
     .categories = kKeyspaceCategory,
     .since = "2.2.3",
     .complexity = "O(1)",
     .summary = "Names the encoding of a value.",
     .syntax = "key",
     .tips = kObjectTips},
    {.name = "freq",
     .run = ObjectFreq,
     .arity = Exactly(3),
     .keys = KeyAt(2, kKeyReadOnly),
     .flags = kReadOnly,
     .categories = kKeyspaceCategory,
     .since = "4.0.0",
     .complexity = "O(1)",
     .summary = "Tells the logarithmic use counter of a key, kept under an LFU policy.",
     .syntax = "key",
     .tips = kObjectTips},
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kLoading | kStale,
     .categories = kKeyspaceCategory,
     .since = "6.2.0",
     .complexity = "O(1)",
     .summary = "Lists the subcommands.",
     .syntax = ""},
    {.name = "idletime",
     .run = ObjectIdleTime,
     .arity = Exactly(3),
     .keys = KeyAt(2, kKeyReadOnly),
     .flags = kReadOnly,
     .categories = kKeyspaceCategory,
     .since = "2.2.3",
     .complexity = "O(1)",
     .summary = "Tells how many seconds ago a key was last used.",
     .syntax = "key",
     .tips = kObjectTips},
    {.name = "refcount",
     .run = ObjectRefCount,
     .arity = Exactly(3),
     .keys = KeyAt(2, kKeyReadOnly),
     .flags = kReadOnly,
     .categories = kKeyspaceCategory,
     .since = "2.2.3",
     .complexity = "O(1)",
     .summary = "Tells how many owners a value has: one.",
     .syntax = "key",
     .tips = kObjectTips},
};
static_assert(WellFormed(kObjectSubcommands));

}  // namespace thimble
