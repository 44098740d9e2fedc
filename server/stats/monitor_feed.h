#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "server/command/services.h"
#include "server/session/client.h"
#include "storage/common/bytes.h"

namespace thimble {

// One command as MONITOR shows it, without the leading "+" and the line's end:
//   1700000000.123456 [0 127.0.0.1:5] "SET" "a" "b"
// A client without a connection is a script's: "lua" stands for the address. `shown` is what may be
// shown of the command (redaction.h).
std::string MonitorLine(int64_t now_us, const Client& client, std::span<const Bytes> shown);

// Sends a command to every client that sent MONITOR.
void FeedMonitors(Services& services, const Client& client, std::span<const Bytes> args);

}  // namespace thimble
