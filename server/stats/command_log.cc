#include "server/stats/command_log.h"

#include <algorithm>

#include "server/command/args.h"
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

std::vector<std::string> CommandLogArgs(std::span<const Bytes> shown) {
  const bool cut = shown.size() > CommandLog::kMaxArgs;
  const size_t kept = cut ? CommandLog::kMaxArgs - 1 : shown.size();
  std::vector<std::string> texts;
  texts.reserve(kept + 1);
  for (size_t i = 0; i < kept; ++i) {
    std::string& text = texts.emplace_back(shown[i].substr(0, CommandLog::kMaxArgBytes));
    if (shown[i].size() > CommandLog::kMaxArgBytes) {
      text += "... (" + std::to_string(shown[i].size() - CommandLog::kMaxArgBytes) + " more bytes)";
    }
  }
  if (cut) texts.push_back("... (" + std::to_string(shown.size() - kept) + " more arguments)");
  return texts;
}

int64_t RequestBytes(std::span<const Bytes> args) {
  const auto digits = [](size_t number) {
    int64_t count = 1;
    for (; number >= 10; number /= 10) ++count;
    return count;
  };
  constexpr int64_t kMark = 3;  // "*" or "$", and the end of the line.
  int64_t bytes = kMark + digits(args.size());
  for (const Bytes arg : args) {
    bytes += kMark + digits(arg.size()) + static_cast<int64_t>(arg.size()) + 2;
  }
  return bytes;
}

std::optional<CommandLog::Kind> CommandLog::ParseKind(Bytes name) {
  if (IsWord(name, "slow")) return Kind::kSlow;
  if (IsWord(name, "large-request")) return Kind::kLargeRequest;
  if (IsWord(name, "large-reply")) return Kind::kLargeReply;
  return std::nullopt;
}

void CommandLog::Record(Kind kind, const Services& services, const Client& client,
                        std::span<const Bytes> args, int64_t amount) {
  Log& log = logs_[static_cast<size_t>(kind)];
  log.entries.push_front({log.next_id++, services.environment.clock.NowMs() / 1000, amount,
                          CommandLogArgs(Redacted(services.registry, args)), PeerOf(client),
                          client.name});
  Trim(services.settings);
}

void CommandLog::Trim(const Settings& settings) {
  const std::array<int64_t, kKinds> limits = {settings.slowlog_max_len,
                                              settings.commandlog_large_request_max_len,
                                              settings.commandlog_large_reply_max_len};
  for (size_t kind = 0; kind < kKinds; ++kind) {
    const auto limit = static_cast<size_t>(limits[kind]);
    if (logs_[kind].entries.size() > limit) logs_[kind].entries.resize(limit);
  }
}

}  // namespace thimble
