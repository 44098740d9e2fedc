#pragma once

#include "server/session/client.h"
#include "storage/common/bytes.h"
#include "storage/common/result.h"

namespace thimble {

// True if `text` can stand in a line of CLIENT LIST: printable and without spaces.
bool IsPlainWord(Bytes text);

// CLIENT SETNAME, HELLO SETNAME. An empty name takes the name away.
Result<void> NameClient(Client& client, Bytes name);

}  // namespace thimble
