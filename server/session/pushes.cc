#include "server/session/pushes.h"

#include <utility>

#include "server/session/client.h"
#include "server/session/output_limit.h"

namespace thimble {

// `write` adds the frame to the buffer it is given.
template <class Write>
void Pushes::SendWith(Client& client, Write write) {
  Connection* const connection = client.connection;
  if (connection == nullptr || connection->closing()) return;
  if (&client == running_) {
    if (held_.too_many) return;
    held_.any = true;
    write(held_.frames);
    held_.too_many = WouldPassOutputLimit(services_, client, held_.frames.size());
    if (held_.too_many) held_.frames.Clear();
    return;
  }
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

void Pushes::Exchange(Held& other) {
  OutputBuffer mine;
  mine.Take(held_.frames);
  held_.frames.Take(other.frames);
  other.frames.Take(mine);
  std::swap(held_.any, other.any);
  std::swap(held_.too_many, other.too_many);
}

void Pushes::Deliver(Client& client, Held& held) {
  held.any = false;
  const bool too_many = std::exchange(held.too_many, false);
  if (client.connection->closing()) return held.frames.Clear();
  client.connection->output().Take(held.frames);
  if (too_many) CloseForOutput(services_, client);
}

}  // namespace thimble
