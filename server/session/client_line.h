#pragma once

#include <cstdint>
#include <string>

#include "server/session/client.h"

namespace thimble {

// One client as CLIENT LIST and CLIENT INFO show it: "id=3 addr=127.0.0.1:5 ... lib-ver=", without
// the line's end. One whose connection is gone is still shown to the rest of its own transaction.
std::string ClientLine(const Client& client, int64_t now_ms);

}  // namespace thimble
