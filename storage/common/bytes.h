#pragma once

#include <string_view>

namespace thimble {

// A borrowed run of bytes: a key, field, member, value or argument. Any byte may occur, NUL
// included. Whoever hands one out says how long it lives.
using Bytes = std::string_view;

}  // namespace thimble
