#include "server/persist/transfer.h"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/config/settings.h"
#include "server/persist/rdb_file.h"
#include "server/session/clients.h"
#include "server/stats/info_sections.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/databases.h"

namespace thimble {
namespace {

// A second descriptor of a socket that does not block, written to as if it did.
class SocketSink final : public ByteSink {
 public:
  // Gives up when nothing was taken for that long, or the job was cancelled.
  SocketSink(int socket, int64_t timeout_s, SnapshotJob::Source& source)
      : socket_(socket), timeout_s_(timeout_s), source_(source) {}

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
    constexpr int kStepMs = 100;
    for (int64_t left_ms = timeout_s_ * 1000; left_ms > 0 && !source_.cancelled();
         left_ms -= kStepMs) {
      pollfd wanted{.fd = socket_, .events = POLLOUT, .revents = 0};
      const int ready = poll(&wanted, 1, kStepMs);
      if (ready != 0) return ready > 0 || errno == EINTR;
    }
    return false;
  }

  const int socket_;
  const int64_t timeout_s_;
  SnapshotJob::Source& source_;
};

// Closes it when the last who has it lets go.
std::shared_ptr<const int> SecondDescriptor(int socket) {
  const int second = fcntl(socket, F_DUPFD_CLOEXEC, 0);
  return {new int(second), [](const int* descriptor) {
            if (*descriptor >= 0) close(*descriptor);
            delete descriptor;
          }};
}

}  // namespace

bool Transfers::Has(uint64_t client) const {
  return current_.client == client ||
         std::any_of(waiting_.begin(), waiting_.end(),
                     [client](const Wish& wish) { return wish.client == client; });
}

std::optional<Transfers::Task> Transfers::Begin() {
  while (!waiting_.empty()) {
    current_ = waiting_.front();
    waiting_.pop_front();
    if (!IsWanted()) continue;
    const Client* const client = services_.clients.Find(current_.client);
    ++services_.statistics.full_syncs;
    return Task{.work = WorkFor(client->connection->fd()),
                .functions_only = current_.functions_only};
  }
  return std::nullopt;
}

SnapshotJob::Work Transfers::WorkFor(int connection) const {
  return [socket = SecondDescriptor(connection), timeout_s = services_.settings.repl_timeout_s,
          how = RdbHowOf(services_, false), facts = RdbFactsOf(services_, false),
          mark = RandomId()](SnapshotJob::Source& source) {
    SocketSink sink(*socket, timeout_s, source);
    const auto fill = [&](SnapshotOutput& output) {
      return source.WriteTo(output, how.key_delay_us);
    };
    return sink.Write("$EOF:" + mark + "\r\n") && WriteRdb(sink, how, facts, fill) &&
           sink.Write(mark);
  };
}

bool Transfers::IsWanted() const {
  const Client* const client = services_.clients.Find(current_.client);
  return client != nullptr && client->connection != nullptr && !client->connection->closing();
}

void Transfers::End() {
  Client* const client = services_.clients.Find(current_.client);
  if (client != nullptr && client->connection != nullptr) client->connection->CloseAfterFlush();
  current_ = {};
}

}  // namespace thimble
