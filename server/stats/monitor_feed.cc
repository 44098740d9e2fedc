#include "server/stats/monitor_feed.h"

#include "server/session/clients.h"
#include "server/stats/redaction.h"
#include "storage/common/words.h"
#include "storage/keyspace/environment.h"

namespace thimble {

std::string MonitorLine(int64_t now_us, const Client& client, std::span<const Bytes> shown) {
  constexpr int64_t kSecond = 1'000'000;
  std::string microseconds = std::to_string(now_us % kSecond);
  microseconds.insert(0, 6 - microseconds.size(), '0');
  std::string peer = client.is_script ? "lua" : "";
  if (client.connection != nullptr) {
    peer = client.connection->PeerAddress();
    if (client.connection->is_unix()) peer = "unix:" + peer.substr(0, peer.rfind(':'));
  }

  std::string line = std::to_string(now_us / kSecond) + "." + microseconds + " [" +
                     std::to_string(client.database) + " " + peer + "]";
  for (const Bytes arg : shown) {
    line += ' ';
    AppendQuoted(line, arg);
  }
  return line;
}

void FeedMonitors(Services& services, const Client& client, std::span<const Bytes> args) {
  const std::string line =
      MonitorLine(services.environment.clock.NowUs(), client, Redacted(services.registry, args));
  for (Client* monitor : services.clients.monitors()) {
    Connection* connection = monitor->connection;
    if (connection == nullptr || connection->closing()) continue;
    ReplyWriter(connection->output(), monitor->protocol).Status(line);
    connection->FlushSoon();
  }
}

}  // namespace thimble
