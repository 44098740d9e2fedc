#pragma once

#include <memory>
#include <optional>

#include "server/command/change_feed.h"
#include "server/command/control.h"
#include "server/command/dispatcher.h"
#include "server/command/effects.h"
#include "server/command/executor.h"
#include "server/command/registry.h"
#include "server/command/services.h"
#include "server/config/config.h"
#include "server/config/settings.h"
#include "server/memory_ceiling.h"
#include "server/net/connection.h"
#include "server/net/listener.h"
#include "server/net/loop.h"
#include "server/net/peer_link.h"
#include "server/net/timer.h"
#include "server/persist/persistence.h"
#include "server/pubsub/pubsub.h"
#include "server/script/scripts.h"
#include "server/second_interrupt.h"
#include "server/session/clients.h"
#include "server/session/pushes.h"
#include "server/session/tracking.h"
#include "server/session/watched_keys.h"
#include "server/stats/command_log.h"
#include "server/stats/info.h"
#include "server/stats/latency_monitor.h"
#include "server/stats/statistics.h"
#include "server/upkeep.h"
#include "storage/keyspace/databases.h"

namespace thimble {

// What the server takes from the world besides bytes. Tests fix it, so that a run can be replayed.
struct World {
  const Clock& clock = Clock::System();
  HashKey hash_key = HashKey::FromEntropy();
  Random random = Random::FromEntropy();
  Files& files = Files::System();
};

// The server: builds the parts, introduces them to each other and owns their lifetimes. Only
// main.cc and tests know it; everything else sees the part it uses.
class Server final : public ConnectionHandler, public ServerControl {
 public:
  // `config` has been loaded into `settings`; both outlive the server.
  Server(Config& config, Settings& settings, const World& world = {});
  ~Server() override;

  // Listens, and loads what is on disk: clients are told so until it is there. An error is the line
  // to log before exiting.
  Result<void> Start();
  // Serves until Shutdown. Returns the process's exit code.
  int Run();

  Loop& loop() { return loop_; }
  Services& services() { return services_; }

  // --- ConnectionHandler ----------------------------------------------------------------------
  void OnOpen(Connection& connection) override;
  void OnInput(Connection& connection) override;
  void OnClose(Connection& connection) override;

  // --- ServerControl --------------------------------------------------------------------------
  Result<void> Shutdown(Save save, bool force) override;
  void PauseClients(Pause what, int64_t until_ms) override;
  void ResumeClients() override;
  Result<void> Listen() override;
  void SetActiveExpiry(bool active) override { upkeep_.set_active_expiry(active); }
  void PauseUpkeep(bool paused) override { upkeep_.set_paused(paused); }
  void ResetStatistics() override;

 private:
  void RegisterCommands();
  void WatchConfig();
  void ApplyLimits();
  void LowerMaxClientsToDescriptors();
  bool TurnAway(Connection& connection);
  // `ways` are the words of shutdown-on-sigterm or -sigint.
  void ShutdownBySignal(const std::string& signal, const std::vector<std::string>& ways);
  void OnLoaded(bool ok);

  Config& config_;
  Settings& settings_;
  const HashKey hash_key_;
  Random random_;
  StorageEnvironment environment_;
  Databases databases_;
  // What clients hang on goes after them.
  Pushes pushes_;
  PubSub pubsub_;
  WatchedKeys watched_;
  Tracking tracking_;
  ChangeFeed changes_;
  Clients clients_;
  CommandRegistry registry_;
  ServerStatistics statistics_;
  CommandLog command_log_;
  LatencyMonitor latency_;
  InfoRegistry info_;
  Services services_;
  Executor executor_;
  Effects effects_;
  Dispatcher dispatcher_;
  Loop loop_;
  std::unique_ptr<Listener> listener_;
  MemoryCeiling ceiling_;
  Persistence persistence_;
  Scripts scripts_;
  PeerLinks peers_;
  Upkeep upkeep_;
  Timer pause_end_;
  int64_t pause_end_ms_ = 0;  // Wall clock; 0 while not paused.
  int exit_code_ = 0;
  SignalWatcher terminate_;
  SignalWatcher interrupt_;
  std::optional<SecondInterrupt> second_interrupt_;  // From a signal until it was obeyed.
};

}  // namespace thimble
