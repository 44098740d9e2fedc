#include "server/session/output_limit.h"

#include "server/config/settings.h"
#include "server/session/client.h"
#include "server/session/client_line.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

constexpr uint64_t kMaxUnauthenticatedOutput = 64U << 10U;

OutputLimit LimitOf(const Settings& settings, const Client& client) {
  OutputLimit limit =
      client.subscriptions != nullptr ? settings.output_pubsub : settings.output_normal;
  if (!client.authenticated &&
      (limit.hard_bytes == 0 || limit.hard_bytes > kMaxUnauthenticatedOutput)) {
    limit.hard_bytes = kMaxUnauthenticatedOutput;
  }
  return limit;
}

bool IsAbove(uint64_t limit_bytes, const Client& client) {
  return limit_bytes != 0 && client.connection->output().size() > limit_bytes;
}

}  // namespace

void EnforceOutputLimit(Services& services, Client& client) {
  Connection& connection = *client.connection;
  if (connection.output().empty() || connection.closing()) {
    client.soft_limit_since_ms = 0;
    return;
  }
  const OutputLimit limit = LimitOf(services.settings, client);
  if (IsAbove(limit.hard_bytes, client) || IsAbove(limit.soft_bytes, client)) connection.Flush();
  if (connection.closing()) return;

  bool close = IsAbove(limit.hard_bytes, client);
  if (!IsAbove(limit.soft_bytes, client)) {
    client.soft_limit_since_ms = 0;
  } else {
    const int64_t now_ms = services.environment.clock.NowMs();
    if (client.soft_limit_since_ms == 0) client.soft_limit_since_ms = now_ms;
    close |= now_ms - client.soft_limit_since_ms > limit.soft_seconds * 1000;
  }
  if (!close) return;
  ++services.statistics.output_buffer_disconnections;
  Log(LogLevel::kWarning,
      "Client " + ClientLine(client, services.environment.clock.NowMs()) +
          " scheduled to be closed ASAP for overcoming of output buffer limits.");
  connection.Close();
}

}  // namespace thimble
