#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/command/args.h"
#include "server/session/client.h"
#include "storage/common/result.h"

namespace thimble {

// Kinds of clients, as CLIENT LIST TYPE and CLIENT KILL TYPE name them. Those that sent MONITOR are
// normal ones.
enum class ClientKind : uint8_t { kNormal, kReplica, kPubSub, kMaster };
Result<ClientKind> ParseClientKind(Bytes name);
ClientKind KindOf(const Client& client);

// Which clients CLIENT KILL means: all conditions that are set must hold.
struct ClientFilter {
  std::optional<uint64_t> id;
  std::optional<std::string> address;
  std::optional<std::string> local_address;
  std::optional<std::string> user;
  std::optional<ClientKind> kind;
  std::optional<int64_t> max_age_s;  // At least so old.
  bool skip_self = true;

  bool Matches(const Client& client, int64_t now_ms) const;
};

// Reads "ID n TYPE t ..." to the end.
Result<ClientFilter> ParseClientFilter(ArgCursor args);

}  // namespace thimble
