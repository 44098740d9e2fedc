#pragma once

#include <string_view>
#include <vector>

#include "server/command/spec.h"

namespace thimble {

// The words by which COMMAND and ACL call what a row says in bits.

std::vector<std::string_view> FlagNames(uint32_t flags);     // "write", "fast", ...
std::vector<std::string_view> KeyFlagNames(uint16_t flags);  // "RO", "access", ...
std::string_view GroupName(Group group);                     // "hash", ...
// Every ACL category the command is in, without '@': stated, or implied by flags and group.
std::vector<std::string_view> CategoryNames(const CommandSpec& spec);

}  // namespace thimble
