#include "server/commands/client_filter.h"

namespace thimble {
namespace {

// One option and its value.
Result<void> ParseCondition(ArgCursor& args, ClientFilter& filter) {
  if (args.TakeOption("id")) {
    const auto id = args.NextInt();
    if (!id.ok() || *id < 1) return Error::Message("ERR client-id should be greater than 0");
    filter.id = static_cast<uint64_t>(*id);
  } else if (args.TakeOption("type")) {
    auto kind = ParseClientKind(args.Next());
    if (!kind.ok()) return kind.error();
    filter.kind = *kind;
  } else if (args.TakeOption("addr")) {
    filter.address = args.Next();
  } else if (args.TakeOption("laddr")) {
    filter.local_address = args.Next();
  } else if (args.TakeOption("user")) {
    filter.user = args.Next();
    if (*filter.user != "default") {
      return Error::Message("ERR No such user '" + *filter.user + "'");
    }
  } else if (args.TakeOption("maxage")) {
    const auto age = args.NextInt();
    if (!age.ok()) return Error::Message("ERR maxage is not an integer or out of range");
    if (*age < 1) return Error::Message("ERR maxage should be greater than 0");
    filter.max_age_s = *age;
  } else if (args.TakeOption("skipme")) {
    const bool yes = IsWord(args.Peek(), "yes");
    if (!yes && !IsWord(args.Peek(), "no")) return Errc::kSyntax;
    args.Skip(1);
    filter.skip_self = yes;
  } else {
    return Errc::kSyntax;
  }
  return Ok();
}

}  // namespace

Result<ClientKind> ParseClientKind(Bytes name) {
  if (IsWord(name, "normal")) return ClientKind::kNormal;
  if (IsWord(name, "replica") || IsWord(name, "slave")) {
    return ClientKind::kReplica;
  }
  if (IsWord(name, "pubsub")) return ClientKind::kPubSub;
  if (IsWord(name, "master")) return ClientKind::kMaster;
  return Error::Message("ERR Unknown client type '" + std::string(name) + "'");
}

ClientKind KindOf(const Client& client) {
  return client.subscriptions != nullptr ? ClientKind::kPubSub : ClientKind::kNormal;
}

bool ClientFilter::Matches(const Client& client, int64_t now_ms) const {
  if (id && *id != client.id) return false;
  if (address && *address != client.connection->PeerAddress()) return false;
  if (local_address && *local_address != client.connection->LocalAddress()) return false;
  if (user && *user != client.user) return false;
  if (kind && *kind != KindOf(client)) return false;
  if (max_age_s && (now_ms - client.connected_ms) / 1000 < *max_age_s) return false;
  return true;
}

Result<ClientFilter> ParseClientFilter(ArgCursor args) {
  ClientFilter filter;
  while (args.HasNext()) {
    Result<void> parsed = ParseCondition(args, filter);
    if (!parsed.ok()) return parsed.error();
  }
  return filter;
}

}  // namespace thimble
