#pragma once

#include <span>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// The arguments of a command as they may be shown to others: passwords of AUTH, HELLO and CONFIG
// SET become "(redacted)". `args` begins with the command's name.
std::vector<Bytes> Redacted(std::span<const Bytes> args);

}  // namespace thimble
