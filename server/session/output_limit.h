#pragma once

#include <cstddef>

#include "server/command/services.h"

namespace thimble {

struct Client;

// Closes a client with too many replies waiting, and says so in the log: at once above the hard
// limit of client-output-buffer-limit, above the soft one when that has lasted for its time. One
// that has not logged in may have little waiting, so that strangers cannot fill memory by not
// reading. What the socket takes is written before judging. O(1) while little waits.
void EnforceOutputLimit(Services& services, Client& client);

// For what waits elsewhere until a command is through: whether the hard limit would be passed with
// `more` bytes, and the closing.
bool WouldPassOutputLimit(const Services& services, const Client& client, size_t more);
void CloseForOutput(Services& services, Client& client);

}  // namespace thimble
