#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "server/command/services.h"
#include "server/session/keyed_hash.h"
#include "server/session/pushes.h"
#include "storage/common/bytes.h"

namespace thimble {

struct Client;
struct Command;

// What CLIENT TRACKING ON asked for.
struct TrackingOptions {
  bool broadcast = false;  // BCAST: every key that begins with one of the prefixes.
  bool opt_in = false;
  bool opt_out = false;
  bool no_loop = false;
  uint64_t redirect = 0;  // The client that gets the invalidations; 0 = the tracking one itself.
  std::vector<std::string> prefixes;
};

class Tracking;

// One client's tracking; it ends with the object.
class TrackingState {
 public:
  TrackingState(Tracking& tracking, Client& client) : tracking_(tracking), client_(client) {}
  ~TrackingState();
  TrackingState(const TrackingState&) = delete;
  TrackingState& operator=(const TrackingState&) = delete;

  TrackingOptions options;
  // CLIENT CACHING: the next command is the exception to the rule of OPTIN or OPTOUT.
  bool caching = false;
  // A command is through, run or refused; null: there is none of that name. CACHING counts for the
  // next one that is not itself about the connection, or for the next transaction.
  void EndCaching(const Command* command);
  bool broken_redirect = false;  // The client to redirect to is gone.

 private:
  Tracking& tracking_;
  Client& client_;
};

// Client-side caching: who has read what, and who must hear when it changes.
//
// Remembering Keys that a tracking client read, until they change or `tracking-table-max-keys` is
//             passed; then a key is dropped as if it had changed. Database numbers do not count.
// Broadcast   Changes under a prefix are collected, and sent when a batch of commands is through.
class Tracking {
 public:
  Tracking(const HashKey& hash_key, Services& services);

  // Switches it on, or adds prefixes and changes options. REQUIRES: `options` fit those before.
  void Enable(Client& client, TrackingOptions options);

  // Whether a change can matter to anybody.
  bool active() const { return !readers_.empty() || !prefixes_.empty(); }
  // A tracking client's command has read its keys.
  void Remember(Client& client, const Command& command, std::span<const Bytes> args);
  // `by_itself`: it expired or was evicted.
  void OnChange(Bytes key, bool by_itself);
  // A database was emptied. As database numbers do not count, every tracking client is told to
  // forget everything.
  void OnFlush();
  // Sends what was collected for prefixes.
  void Broadcast();
  bool collected() const { return collected_; }

  size_t clients() const { return clients_; }
  size_t keys() const { return readers_.size(); }
  size_t items() const { return items_; }
  size_t prefixes() const { return prefixes_.size(); }
  // Of the keys that were read, and who may have them.
  size_t MemoryBytes() const { return bytes_; }

 private:
  friend class TrackingState;
  struct Prefix {
    std::vector<Client*> clients;
    std::map<std::string, const Client*> changed;  // By whom: null = nobody in particular.
  };
  void Leave(TrackingState& state, Client& client);
  void Invalidate(const std::vector<uint64_t>& readers, Bytes key, const Client* by);
  void DropSome();
  void Forget(Bytes key, const std::vector<uint64_t>& ids);
  // `keys` null: all keys.
  void Send(Client& client, const std::vector<Bytes>* keys);

  Services& services_;
  NameMap<std::vector<uint64_t>> readers_;  // Ids of the clients that may have a key cached.
  std::map<std::string, Prefix> prefixes_;
  size_t items_ = 0;
  size_t bytes_ = 0;
  size_t clients_ = 0;
  bool collected_ = false;
};

}  // namespace thimble
