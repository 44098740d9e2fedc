#include "server/session/pushes.h"

#include "server/session/client.h"
#include "server/session/output_limit.h"

namespace thimble {

void Pushes::Send(Client& client, const OutputBuffer& frame) {
  Connection* const connection = client.connection;
  if (connection == nullptr || connection->closing()) return;
  const bool now = &client != running_;
  OutputBuffer& out = now ? connection->output() : waiting_;
  frame.VisitFront(SIZE_MAX, [&out](Bytes piece) { out.Append(piece); });
  if (!now) return;
  connection->FlushSoon();
  EnforceOutputLimit(services_, client);
}

void Pushes::Deliver() {
  if (running_->connection->closing()) return waiting_.Clear();
  running_->connection->output().Take(waiting_);
}

}  // namespace thimble
