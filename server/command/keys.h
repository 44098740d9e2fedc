#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/command/spec.h"
#include "storage/common/bytes.h"

namespace thimble {

// A key among a command's arguments.
struct KeyArgument {
  size_t index;    // The command's name is argument 0.
  uint16_t flags;  // KeyFlag bits.
};

// Which arguments are keys, by the row's key specs; what COMMAND GETKEYS and ACL go by. `args` is
// the whole command. Wrong counts yield no keys from that run.
std::vector<KeyArgument> KeysOf(const CommandSpec& spec, std::span<const Bytes> args);

}  // namespace thimble
