#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "server/session/client.h"
#include "storage/common/function_ref.h"

namespace thimble {

// All connected clients, oldest first.
class Clients {
 public:
  Client& Add(Connection& connection, int64_t now_ms);
  void Remove(Client& client);  // Frees it.

  size_t size() const { return by_id_.size(); }
  size_t connected() const;         // Without those that are being closed. O(size).
  Client* Find(uint64_t id) const;  // Null if unknown or being closed.
  // Oldest first. `visit` may close clients (they are removed later, from the loop).
  void ForEach(FunctionRef<void(Client&)> visit) const;

  // Clients that sent MONITOR.
  std::vector<Client*>& monitors() { return monitors_; }

 private:
  uint64_t next_id_ = 1;
  std::map<uint64_t, std::unique_ptr<Client>> by_id_;
  std::vector<Client*> monitors_;
};

}  // namespace thimble
