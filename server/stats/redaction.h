#pragma once

#include <span>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

class CommandRegistry;

// The arguments of a command as they may be shown to others: passwords of AUTH, HELLO, MIGRATE and
// CONFIG SET become "(redacted)". `args` begins with the command's name, the one it has here.
std::vector<Bytes> Redacted(const CommandRegistry& registry, std::span<const Bytes> args);

}  // namespace thimble
