#pragma once

#include "server/command/services.h"

namespace thimble {

struct Client;

// Closes a client with too many replies waiting, and says so in the log: at once above the hard
// limit of client-output-buffer-limit, above the soft one when that has lasted for its time. One
// that has not logged in may have little waiting, so that strangers cannot fill memory by not
// reading. What the socket takes is written before judging. O(1) while little waits.
void EnforceOutputLimit(Services& services, Client& client);

}  // namespace thimble
