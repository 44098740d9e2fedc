#include "server/commands/info_commands.h"

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/stats/info.h"

namespace thimble {
namespace {

// INFO [section ...]
Result<void> Info(CommandContext& ctx, ArgCursor args) {
  ctx.reply().Verbatim("txt", ctx.services().info.Render(args.rest()));
  return Ok();
}

constexpr std::string_view kInfoTips[] = {"nondeterministic_output", "request_policy:all_shards",
                                          "response_policy:special"};

constexpr CommandSpec kInfoCommands[] = {
    {.name = "info",
     .run = Info,
     .arity = AtLeast(1),
     .flags = kLoading | kStale,
     .categories = kDangerous,
     .group = Group::kServer,
     .since = "1.0.0",
     .complexity = "O(1)",
     .summary = "Tells how the server is and what it has counted.",
     .syntax = "[section [section ...]]",
     .tips = kInfoTips},
};
static_assert(WellFormed(kInfoCommands));

}  // namespace

std::span<const CommandSpec> InfoCommands() {
  return kInfoCommands;
}

}  // namespace thimble
