#pragma once

#include "server/config/settings.h"
#include "server/session/client.h"

namespace thimble {

// Whether a client must log in before it may do much. Not one that came before the password was
// taken away.
inline bool NeedsLogin(const Settings& settings, const Client& client) {
  return !client.authenticated && !settings.requirepass.empty();
}

}  // namespace thimble
