#pragma once

#include <string>

#include "server/session/client.h"

namespace thimble {

// Whether a guard option (enable-debug-command, enable-protected-configs: no, yes or local) lets
// this client in. "local" means a loopback address or a unix socket.
inline bool IsTrusted(const Client& client, const std::string& guard) {
  return guard == "yes" || (guard == "local" && client.connection->peer_is_loopback());
}

}  // namespace thimble
