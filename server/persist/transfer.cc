#include "server/persist/transfer.h"

#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

#include "server/config/settings.h"
#include "server/persist/rdb_file.h"
#include "server/session/clients.h"
#include "server/stats/info_sections.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/databases.h"

namespace thimble {
namespace {

// A socket that does not block, written to as if it did.
class SocketSink final : public ByteSink {
 public:
  // Gives up when nothing was taken for that long.
  SocketSink(int socket, int64_t timeout_s) : socket_(socket), timeout_s_(timeout_s) {}

  bool Write(Bytes bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0) {
        bytes.remove_prefix(static_cast<size_t>(sent));
      } else if (sent < 0 && errno == EAGAIN) {
        if (!Wait()) return false;
      } else if (sent == 0 || errno != EINTR) {
        return false;
      }
    }
    return true;
  }

 private:
  bool Wait() const {
    pollfd wanted{.fd = socket_, .events = POLLOUT, .revents = 0};
    const int ready = poll(&wanted, 1, static_cast<int>(timeout_s_ * 1000));
    return ready > 0 || (ready < 0 && errno == EINTR);
  }

  const int socket_;
  const int64_t timeout_s_;
};

}  // namespace

std::optional<int> Transfers::Begin() {
  while (!waiting_.empty()) {
    current_ = waiting_.front();
    waiting_.pop_front();
    const Client* const client = services_.clients.Find(current_.client);
    if (client == nullptr || client->connection == nullptr || client->connection->closing()) {
      continue;
    }
    ++services_.statistics.full_syncs;
    return client->connection->fd();
  }
  return std::nullopt;
}

bool Transfers::Write(int socket, FunctionRef<void()> progress) const {
  SocketSink sink(socket, services_.settings.repl_timeout_s);
  const std::string mark = RandomId();
  if (!sink.Write("$EOF:" + mark + "\r\n")) return false;
  Databases none(services_.environment, 1);
  Databases& databases = current_.functions_only ? none : services_.databases;
  return WriteRdb(services_, sink, databases, RdbFactsOf(services_, false), progress) &&
         sink.Write(mark);
}

void Transfers::End() {
  Client* const client = services_.clients.Find(current_.client);
  if (client != nullptr && client->connection != nullptr) client->connection->CloseAfterFlush();
}

}  // namespace thimble
