#pragma once

#include <span>
#include <string>

#include "server/command/args.h"
#include "server/session/client.h"

namespace thimble {

// Whether a guard option (enable-debug-command, enable-protected-configs: no, yes or local) lets
// this client in. "local" means a loopback address or a unix socket.
inline bool IsTrusted(const Client& client, const std::string& guard) {
  return guard == "yes" || (guard == "local" && client.connection != nullptr &&
                            client.connection->peer_is_loopback());
}

// The error line for who may not run this command of the flag kProtected; null: may. DEBUG OBJECT
// is for everybody, the rest of DEBUG for whom enable-debug-command lets in.
inline const char* ProtectedRefusal(const Client& client, const std::string& guard,
                                    std::span<const Bytes> args) {
  if (IsTrusted(client, guard) || EqualsIgnoringCase(args[1], "object")) return nullptr;
  return "ERR DEBUG command not allowed. If the enable-debug-command option is set to \"local\", "
         "you can run it from a local connection, otherwise you need to set this option in the "
         "configuration file, and then restart the server.";
}

}  // namespace thimble
