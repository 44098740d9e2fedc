#include "server/session/clients.h"

#include <algorithm>

namespace thimble {

Client& Clients::Add(Connection& connection, int64_t now_ms) {
  const uint64_t id = next_id_++;
  auto client = std::make_unique<Client>(id, &connection, now_ms);
  Client& added = *client;
  by_id_.emplace_hint(by_id_.end(), id, std::move(client));
  return added;
}

void Clients::Remove(Client& client) {
  std::erase(monitors_, &client);
  by_id_.erase(client.id);
}

Client* Clients::Find(uint64_t id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() || !found->second->IsConnected() ? nullptr : found->second.get();
}

size_t Clients::connected() const {
  return static_cast<size_t>(std::count_if(
      by_id_.begin(), by_id_.end(), [](const auto& entry) { return entry.second->IsConnected(); }));
}

void Clients::ForEach(FunctionRef<void(Client&)> visit) const {
  for (const auto& [id, client] : by_id_) visit(*client);
}

}  // namespace thimble
