#include "server/session/pushes.h"

#include "server/session/client.h"
#include "server/session/output_limit.h"

namespace thimble {

// `write` adds the frame to the buffer it is given.
template <class Write>
void Pushes::SendWith(Client& client, Write write) {
  Connection* const connection = client.connection;
  if (connection == nullptr || connection->closing()) return;
  if (&client == running_) return write(waiting_);
  write(connection->output());
  connection->FlushSoon();
  EnforceOutputLimit(services_, client);
}

void Pushes::Send(Client& client, const OutputBuffer& frame) {
  SendWith(client, [&frame](OutputBuffer& out) {
    frame.VisitFront(SIZE_MAX, [&out](Bytes piece) { out.Append(piece); });
  });
}

void Pushes::Send(Client& client, const SharedFrame& frame) {
  SendWith(client, [&frame](OutputBuffer& out) { out.AppendShared(frame); });
}

void Pushes::Deliver() {
  if (running_->connection->closing()) return waiting_.Clear();
  running_->connection->output().Take(waiting_);
}

}  // namespace thimble
