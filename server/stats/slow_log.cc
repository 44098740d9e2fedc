#include "server/stats/slow_log.h"

#include <algorithm>

#include "server/config/settings.h"
#include "server/stats/redaction.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

// A script's client has no address.
std::string PeerOf(const Client& client) {
  return client.connection == nullptr ? "?:0" : client.connection->PeerAddress();
}

}  // namespace

std::vector<std::string> SlowLogArgs(std::span<const Bytes> args) {
  const std::vector<Bytes> shown = Redacted(args);
  const bool cut = shown.size() > SlowLog::kMaxArgs;
  const size_t kept = cut ? SlowLog::kMaxArgs - 1 : shown.size();
  std::vector<std::string> texts;
  texts.reserve(kept + 1);
  for (size_t i = 0; i < kept; ++i) {
    std::string& text = texts.emplace_back(shown[i].substr(0, SlowLog::kMaxArgBytes));
    if (shown[i].size() > SlowLog::kMaxArgBytes) {
      text += "... (" + std::to_string(shown[i].size() - SlowLog::kMaxArgBytes) + " more bytes)";
    }
  }
  if (cut) texts.push_back("... (" + std::to_string(shown.size() - kept) + " more arguments)");
  return texts;
}

void SlowLog::Record(const Services& services, const Client& client, std::span<const Bytes> args,
                     int64_t duration_us) {
  entries_.push_front({next_id_++, services.environment.clock.NowMs() / 1000, duration_us,
                       SlowLogArgs(args), PeerOf(client), client.name});
  const auto limit = static_cast<size_t>(services.settings.slowlog_max_len);
  if (entries_.size() > limit) entries_.resize(limit);
}

}  // namespace thimble
