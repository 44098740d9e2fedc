#include "server/session/client.h"

#include "server/pubsub/pubsub.h"
#include "server/session/tracking.h"
#include "server/session/transaction.h"

namespace thimble {

Client::Client(uint64_t id, Connection* connection, int64_t now_ms)
    : id(id), connection(connection), connected_ms(now_ms), active_ms(now_ms) {}

Client::~Client() = default;

}  // namespace thimble
