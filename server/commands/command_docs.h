#pragma once

#include "protocol/reply_writer.h"
#include "server/command/registry.h"

namespace thimble {

// One command's entry in COMMAND DOCS: a map of its summary, history, arguments and subcommands.
void ReplyCommandDocs(ReplyWriter& reply, const Command& command);

}  // namespace thimble
