#include "server/session/tracking.h"

#include <algorithm>
#include <utility>

#include "protocol/reply_writer.h"
#include "server/command/keys.h"
#include "server/command/registry.h"
#include "server/config/settings.h"
#include "server/script/scripts.h"
#include "server/session/clients.h"
#include "server/session/transaction.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

// What remembering a key takes beside its name.
constexpr size_t kKeyBytes = 128;
constexpr Bytes kInvalidationChannel = "__redis__:invalidate";

void WriteKeys(ReplyWriter& reply, const std::vector<Bytes>* keys) {
  if (keys == nullptr) return reply.Null();
  reply.Array(keys->size());
  for (const Bytes key : *keys) reply.Bulk(key);
}

}  // namespace

TrackingState::~TrackingState() {
  tracking_.Leave(*this, client_);
}

void TrackingState::EndCaching(const Command* command) {
  const bool about_client = command != nullptr && command->container != nullptr &&
                            command->spec->group == Group::kConnection;
  if (!about_client && !InMulti(client_)) caching = false;
}

Tracking::Tracking(const HashKey& hash_key, Services& services)
    : services_(services), readers_(hash_key) {}

void Tracking::Enable(Client& client, TrackingOptions options) {
  if (client.tracking == nullptr) {
    client.tracking = std::make_unique<TrackingState>(*this, client);
    ++clients_;
  }
  TrackingState& state = *client.tracking;
  state.broken_redirect = false;
  if (options.broadcast && options.prefixes.empty()) {
    options.prefixes.emplace_back();
  }
  std::vector<std::string> prefixes = std::move(state.options.prefixes);
  for (std::string& prefix : options.prefixes) {
    std::vector<Client*>& clients = prefixes_[prefix].clients;
    if (std::find(clients.begin(), clients.end(), &client) != clients.end()) continue;
    clients.push_back(&client);
    prefixes.push_back(std::move(prefix));
  }
  state.options = std::move(options);
  state.options.prefixes = std::move(prefixes);
  std::sort(state.options.prefixes.begin(), state.options.prefixes.end());
}

void Tracking::Leave(TrackingState& state, Client& client) {
  for (const std::string& prefix : state.options.prefixes) {
    const auto found = prefixes_.find(prefix);
    std::erase(found->second.clients, &client);
    if (found->second.clients.empty()) prefixes_.erase(found);
  }
  for (auto& [name, prefix] : prefixes_) {
    for (auto& [key, by] : prefix.changed) {
      if (by == &client) by = nullptr;
    }
  }
  --clients_;
}

// --- Keys that were read ------------------------------------------------------------------------

void Tracking::Remember(Client& client, const Command& command, std::span<const Bytes> args) {
  const TrackingState& state = *client.tracking;
  if (state.options.broadcast) return;
  if (state.options.opt_in && !state.caching) return;
  if (state.options.opt_out && state.caching) return;
  for (const KeyArgument& key : KeysOf(*command.spec, args)) {
    const Bytes name = args[key.index];
    auto found = readers_.find(name);
    if (found == readers_.end()) {
      found = readers_.try_emplace(std::string(name)).first;
      bytes_ += kKeyBytes + name.size();
    }
    std::vector<uint64_t>& ids = found->second;
    if (std::find(ids.begin(), ids.end(), client.id) != ids.end()) continue;
    ids.push_back(client.id);
    ++items_;
    bytes_ += sizeof client.id;
  }
  DropSome();
}

// The account of a key that is taken out.
void Tracking::Forget(Bytes key, const std::vector<uint64_t>& ids) {
  items_ -= ids.size();
  bytes_ -= kKeyBytes + key.size() + ids.size() * sizeof ids[0];
}

// Towards the limit, at random: a key that was just read is the first of the table's own order.
void Tracking::DropSome() {
  constexpr int kMostAtOnce = 1000;
  constexpr size_t kSparse = 16;  // Buckets a key. Looking for one that is not empty gets slow.
  const auto most = static_cast<size_t>(services_.settings.tracking_table_max_keys);
  for (int i = 0; i < kMostAtOnce && most > 0 && readers_.size() > most; ++i) {
    if (readers_.bucket_count() > kSparse * readers_.size()) readers_.rehash(0);
    size_t bucket = services_.environment.random.Below(readers_.bucket_count());
    while (readers_.bucket_size(bucket) == 0) bucket = (bucket + 1) % readers_.bucket_count();
    auto dropped = readers_.extract(readers_.begin(bucket)->first);
    Forget(dropped.key(), dropped.mapped());
    Invalidate(dropped.mapped(), dropped.key(), nullptr);
  }
}

// What a script does, and what happens by itself, nobody has done who would want to hear nothing of
// it; to those who read a key it is the running client's doing all the same.
void Tracking::OnChange(Bytes key, bool by_itself) {
  Client* const by = services_.pushes.running();
  const bool own = !by_itself && !services_.scripts.runner.host().running();
  for (auto& [name, prefix] : prefixes_) {
    if (!key.starts_with(name)) continue;
    prefix.changed[std::string(key)] = own ? by : nullptr;
    collected_ = true;
  }
  const auto found = readers_.find(key);
  if (found == readers_.end()) return;
  // Taken out first: telling a client may close it.
  const auto taken = readers_.extract(found);
  Forget(key, taken.mapped());
  Invalidate(taken.mapped(), key, by);
}

void Tracking::Invalidate(const std::vector<uint64_t>& readers, Bytes key, const Client* by) {
  const std::vector<Bytes> keys{key};
  for (const uint64_t id : readers) {
    Client* const reader = services_.clients.Find(id);
    if (reader == nullptr || reader->tracking == nullptr) continue;
    const TrackingOptions& options = reader->tracking->options;
    if (options.broadcast || (options.no_loop && reader == by)) continue;
    Send(*reader, &keys);
  }
}

void Tracking::OnFlush() {
  NameMap<std::vector<uint64_t>>(services_.environment.hash_key).swap(readers_);
  items_ = 0;
  bytes_ = 0;
  if (clients_ == 0) return;
  services_.clients.ForEach([&](Client& client) {
    if (client.tracking != nullptr) Send(client, nullptr);
  });
}

// --- Prefixes -----------------------------------------------------------------------------------

void Tracking::Broadcast() {
  collected_ = false;
  for (auto& [name, prefix] : prefixes_) {
    if (prefix.changed.empty()) continue;
    const auto changed = std::exchange(prefix.changed, {});
    std::vector<Bytes> keys;
    for (Client* client : prefix.clients) {
      keys.clear();
      for (const auto& [key, by] : changed) {
        if (!client->tracking->options.no_loop || by != client) keys.push_back(key);
      }
      if (!keys.empty()) Send(*client, &keys);
    }
  }
}

// --- Telling ------------------------------------------------------------------------------------

void Tracking::Send(Client& client, const std::vector<Bytes>* keys) {
  TrackingState& state = *client.tracking;
  Client* target = &client;
  OutputBuffer frame;
  if (state.options.redirect != 0) {
    target = services_.clients.Find(state.options.redirect);
    if (target == nullptr) {
      state.broken_redirect = true;
      if (client.protocol != Protocol::kResp3) return;
      ReplyWriter reply(frame, client.protocol);
      reply.Push(2);
      reply.Bulk(Bytes("tracking-redir-broken"));
      reply.Integer(static_cast<int64_t>(state.options.redirect));
      return services_.pushes.Send(client, frame);
    }
  }
  ReplyWriter reply(frame, target->protocol);
  if (target->protocol == Protocol::kResp3) {
    reply.Push(2);
    reply.Bulk(Bytes("invalidate"));
  } else if (state.options.redirect != 0 && target->subscriptions != nullptr) {
    reply.Array(3);
    reply.Bulk(Bytes("message"));
    reply.Bulk(kInvalidationChannel);
  } else {
    return;
  }
  WriteKeys(reply, keys);
  services_.pushes.Send(*target, frame);
}

}  // namespace thimble
