#include "server/session/output_limit.h"

#include "server/config/settings.h"
#include "server/session/client.h"
#include "server/session/client_line.h"
#include "server/session/login.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

constexpr uint64_t kMaxUnauthenticatedOutput = 64U << 10U;

OutputLimit LimitOf(const Settings& settings, const Client& client) {
  OutputLimit limit =
      client.subscriptions != nullptr ? settings.output_pubsub : settings.output_normal;
  if (NeedsLogin(settings, client) &&
      (limit.hard_bytes == 0 || limit.hard_bytes > kMaxUnauthenticatedOutput)) {
    limit.hard_bytes = kMaxUnauthenticatedOutput;
  }
  return limit;
}

bool IsAbove(uint64_t limit_bytes, uint64_t waiting) {
  return limit_bytes != 0 && waiting > limit_bytes;
}

}  // namespace

void EnforceOutputLimit(Services& services, Client& client) {
  Connection& connection = *client.connection;
  if (connection.output().empty() || connection.closing()) {
    client.soft_limit_since_ms = 0;
    return;
  }
  const OutputLimit limit = LimitOf(services.settings, client);
  const auto is_above = [&](uint64_t bytes) { return IsAbove(bytes, connection.output().size()); };
  if (is_above(limit.hard_bytes) || is_above(limit.soft_bytes)) connection.Flush();
  if (connection.closing()) return;

  bool close = is_above(limit.hard_bytes);
  if (!is_above(limit.soft_bytes)) {
    client.soft_limit_since_ms = 0;
  } else {
    const int64_t now_ms = services.environment.clock.NowMs();
    if (client.soft_limit_since_ms == 0) client.soft_limit_since_ms = now_ms;
    close |= now_ms - client.soft_limit_since_ms > limit.soft_seconds * 1000;
  }
  if (close) CloseForOutput(services, client);
}

bool WouldPassOutputLimit(const Services& services, const Client& client, size_t more) {
  const uint64_t hard_bytes = LimitOf(services.settings, client).hard_bytes;
  return IsAbove(hard_bytes, client.connection->output().size() + more);
}

void CloseForOutput(Services& services, Client& client) {
  ++services.statistics.output_buffer_disconnections;
  Log(LogLevel::kWarning,
      "Client " + ClientLine(client, services.environment.clock.NowMs()) +
          " scheduled to be closed ASAP for overcoming of output buffer limits.");
  client.connection->Close();
}

}  // namespace thimble
