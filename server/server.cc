#include "server/server.h"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

#include "server/commands/all_commands.h"
#include "server/net/descriptor_limit.h"
#include "server/persist/rdb_file.h"
#include "server/pubsub/notifications.h"
#include "server/stats/info_sections.h"
#include "server/stats/log.h"
#include "server/stats/memory_report.h"

namespace thimble {
namespace {

// Descriptors the server needs beside its clients': log, listening sockets, files, the loop's own.
constexpr size_t kReservedDescriptors = 32;

size_t ClientsWithin(size_t descriptors) {
  return descriptors > kReservedDescriptors ? descriptors - kReservedDescriptors : 1;
}

// A compact form holds no longer strings.
size_t CompactLimit(int64_t bytes) {
  return static_cast<size_t>(std::min<int64_t>(bytes, UINT32_MAX));
}

}  // namespace

Server::Server(Config& config, Settings& settings, const World& world)
    : config_(config),
      settings_(settings),
      hash_key_(world.hash_key),
      random_(world.random),
      environment_{.hash_key = hash_key_,
                   .clock = world.clock,
                   .random = random_,
                   .limits = {},
                   .observer = &changes_,
                   .statistics = {}},
      databases_(environment_, static_cast<int>(settings.databases)),
      pushes_(services_),
      pubsub_(hash_key_, pushes_),
      watched_(hash_key_, databases_),
      tracking_(hash_key_, services_),
      changes_(services_),
      services_{registry_,   config_,      settings_, databases_, environment_, clients_,
                statistics_, command_log_, latency_,  info_,      ceiling_,     executor_,
                effects_,    pubsub_,      pushes_,   watched_,   tracking_,    persistence_,
                scripts_,    peers_,       *this},
      executor_(services_),
      effects_(services_),
      dispatcher_(services_),
      ceiling_(loop_, services_),
      persistence_(loop_, services_, world.files),
      scripts_(services_, loop_),
      upkeep_(loop_, services_),
      pause_end_(loop_, [this] { ResumeClients(); }),
      terminate_(loop_, SIGTERM,
                 [this] { ShutdownBySignal("SIGTERM", settings_.shutdown_on_sigterm); }),
      interrupt_(loop_, SIGINT,
                 [this] { ShutdownBySignal("SIGINT", settings_.shutdown_on_sigint); }) {
  RegisterCommands();
  AddInfoSections(info_, services_);
  statistics_.commands.resize(registry_.total());
  statistics_.started_ms = environment_.clock.NowMs();
  ApplyLimits();
  WatchConfig();
}

Server::~Server() {
  listener_.reset();
  scripts_.runner.Stop();
  loop_.CloseConnections();
  databases_.LeaveToKernel();
}

void Server::RegisterCommands() {
  AddAllCommands(registry_);
  for (const Config::Renaming& renaming : config_.renamings()) {
    registry_.Rename(renaming.from, renaming.to);
  }
}

void Server::ApplyLimits() {
  EncodingLimits& limits = environment_.limits;
  limits.hash_max_listpack_entries = static_cast<size_t>(settings_.hash_max_listpack_entries);
  limits.hash_max_listpack_value = CompactLimit(settings_.hash_max_listpack_value);
  limits.set_max_intset_entries = static_cast<size_t>(settings_.set_max_intset_entries);
  limits.set_max_listpack_entries = static_cast<size_t>(settings_.set_max_listpack_entries);
  limits.set_max_listpack_value = CompactLimit(settings_.set_max_listpack_value);
  const MaxmemoryPolicy policy = settings_.maxmemory_policy;
  environment_.count_frequency =
      policy == MaxmemoryPolicy::kAllKeysLfu || policy == MaxmemoryPolicy::kVolatileLfu;
  environment_.tell_new = (settings_.notify_events & kEventNew) != 0;
  environment_.tell_misses = (settings_.notify_events & kEventMiss) != 0;
}

void Server::WatchConfig() {
  config_.OnChange({"hash-max-listpack-entries", "hash-max-listpack-value",
                    "set-max-intset-entries", "set-max-listpack-entries", "set-max-listpack-value",
                    "maxmemory-policy", "notify-keyspace-events"},
                   [this] {
                     ApplyLimits();
                     return Ok();
                   });
  config_.OnChange({"maxmemory", "maxmemory-policy"}, [this] {
    ceiling_.Review();
    return Ok();
  });
  config_.OnChange(
      {"slowlog-max-len", "commandlog-large-request-max-len", "commandlog-large-reply-max-len"},
      [this] {
        command_log_.Trim(settings_);
        return Ok();
      });
  config_.OnChange({"bind"}, [this]() -> Result<void> {
    if (Listen().ok()) return Ok();
    return Error::Message("Failed to bind to specified addresses.");
  });
  config_.OnChange({"save", "stop-writes-on-bgsave-error"}, [this] {
    persistence_.Review();
    return Ok();
  });
  config_.OnChange({"appendonly"}, [this] { return persistence_.SwitchLog(); });
  config_.OnChange({"appendfsync"}, [this] {
    persistence_.ApplySync();
    return Ok();
  });
  config_.OnChange({"port"}, [this]() -> Result<void> {
    if (Listen().ok()) return Ok();
    return Error::Message("Unable to listen on this port. Check server logs.");
  });
  config_.OnChange({"tcp-keepalive"}, [this] {
    listener_->set_keep_alive_s(static_cast<int>(settings_.tcp_keepalive_s));
    return Ok();
  });
  config_.OnChange({"hz"}, [this] {
    upkeep_.Start();
    return Ok();
  });
  config_.OnChange({"loglevel"}, [this] {
    SetLogLevel(settings_.loglevel);
    return Ok();
  });
  config_.OnChange({"maxclients"}, [this]() -> Result<void> {
    const size_t wanted = static_cast<size_t>(settings_.maxclients) + kReservedDescriptors;
    const size_t got = RaiseDescriptorLimit(wanted);
    if (got >= wanted) return Ok();
    return Error::Message(
        "The operating system is not able to handle the specified number of clients, try with " +
        std::to_string(ClientsWithin(got)));
  });
}

// As Redis does: fewer clients rather than no start.
void Server::LowerMaxClientsToDescriptors() {
  const size_t wanted = static_cast<size_t>(settings_.maxclients) + kReservedDescriptors;
  const size_t got = RaiseDescriptorLimit(wanted);
  if (got >= wanted) return;
  const std::string lowered = std::to_string(ClientsWithin(got));
  const Config::Change change{"maxclients", lowered};
  THIMBLE_CHECK(config_.Set({&change, 1}, true).ok());
  Log(LogLevel::kWarning,
      "Current maximum open files is " + std::to_string(got) + ". maxclients has been reduced to " +
          lowered +
          " to compensate for low ulimit. If you need higher maxclients increase 'ulimit -n'.");
}

Result<void> Server::Listen() {
  auto fresh = std::make_unique<Listener>(loop_, *this);
  fresh->set_keep_alive_s(static_cast<int>(settings_.tcp_keepalive_s));
  const auto warn = [](const std::string& line) { Log(LogLevel::kWarning, line); };
  const auto port = static_cast<int>(settings_.port);
  const auto backlog = static_cast<int>(settings_.tcp_backlog);
  // The old sockets hold the port that the new ones may want.
  if (listener_ != nullptr) listener_->Close();
  if (!fresh->ListenTcp(settings_.bind, port, backlog, warn)) {
    return Error::Message("Failed listening on port " + std::to_string(port) + " (TCP), aborting.");
  }
  if (!settings_.unixsocket.empty()) {
    if (const auto wrong = fresh->ListenUnix(
            settings_.unixsocket, static_cast<unsigned>(settings_.unixsocketperm), backlog)) {
      return Error::Message("Failed opening Unix socket: " + *wrong);
    }
  }
  listener_ = std::move(fresh);
  return Ok();
}

Result<void> Server::Start() {
  LowerMaxClientsToDescriptors();
  Result<void> listening = Listen();
  if (!listening.ok()) return listening;
  if (listener_->sockets() == 0) {
    return Error::Message("Configured to not listen anywhere, exiting.");
  }
  if (!settings_.pidfile.empty()) std::ofstream(settings_.pidfile) << getpid() << '\n';
  statistics_.startup_memory_bytes = AllocatedBytes();
  upkeep_.Start();
  Log(LogLevel::kNotice, "Server initialized");
  persistence_.LoadAtStart([this](bool ok) { OnLoaded(ok); });
  return Ok();
}

void Server::OnLoaded(bool ok) {
  if (!ok) {
    exit_code_ = 1;
    loop_.Stop();
    return;
  }
  if (!settings_.unixsocket.empty()) {
    Log(LogLevel::kNotice,
        "The server is now ready to accept connections at " + settings_.unixsocket);
  }
  Log(LogLevel::kNotice, "Ready to accept connections");
}

int Server::Run() {
  loop_.Run();
  listener_.reset();
  if (!settings_.pidfile.empty()) unlink(settings_.pidfile.c_str());
  if (exit_code_ == 0) Log(LogLevel::kWarning, "Thimble is now ready to exit, bye bye...");
  return exit_code_;
}

// --- Connections --------------------------------------------------------------------------------

bool Server::TurnAway(Connection& connection) {
  ReplyWriter reply(connection.output(), Protocol::kResp2);
  if (clients_.size() >= static_cast<size_t>(settings_.maxclients)) {
    reply.Error("ERR max number of clients reached");
  } else if (settings_.protected_mode && settings_.requirepass.empty() &&
             !connection.peer_is_loopback()) {
    reply.Error(
        "DENIED This server is in protected mode: it has no password and serves only clients on "
        "its own machine. To serve others, set a password (requirepass), or turn the protection "
        "off with CONFIG SET protected-mode no from a local client, or start the server with "
        "--protected-mode no. Do the latter only where nobody else can reach the port.");
  } else {
    return false;
  }
  ++statistics_.rejected_connections;
  connection.CloseAfterFlush();
  return true;
}

void Server::OnOpen(Connection& connection) {
  if (TurnAway(connection)) return;
  ++statistics_.connections_received;
  Client& client = clients_.Add(connection, environment_.clock.NowMs());
  client.authenticated = settings_.requirepass.empty();
  connection.set_session(&client);
}

void Server::OnInput(Connection& connection) {
  if (connection.session() == nullptr) return;
  dispatcher_.OnInput(*static_cast<Client*>(connection.session()));
}

void Server::OnClose(Connection& connection) {
  if (connection.session() == nullptr) return;
  Client& client = *static_cast<Client*>(connection.session());
  connection.set_session(nullptr);
  if (client.running_script) {
    client.connection = nullptr;  // Removed when its script has ended.
  } else {
    clients_.Remove(client);
  }
}

// --- Control ------------------------------------------------------------------------------------

Result<void> Server::Shutdown(Save save, bool force) {
  Log(LogLevel::kWarning, "User requested shutdown...");
  if (!persistence_.PrepareForEnd(save, force)) {
    return Error::Message("ERR Errors trying to SHUTDOWN. Check logs.");
  }
  dispatcher_.End();
  loop_.Stop();
  return Ok();
}

// What stops it is in the log; there is nobody else to tell.
void Server::ShutdownBySignal(const std::string& signal, const std::vector<std::string>& ways) {
  Log(LogLevel::kWarning, "Received " + signal + " scheduling shutdown...");
  bool force = false;
  Save save = Save::kIfConfigured;
  for (const std::string& way : ways) {
    if (way == "save") save = Save::kAlways;
    if (way == "nosave") save = Save::kNever;
    if (way == "force") force = true;
  }
  second_interrupt_.emplace(TemporaryRdbName());
  scripts_.runner.EndSoon([this, save, force] {
    (void)Shutdown(save, force).ok();
    second_interrupt_.reset();
  });
}

void Server::PauseClients(Pause what, int64_t until_ms) {
  const bool all = what == Pause::kAll || dispatcher_.paused() == Dispatcher::Paused::kAll;
  dispatcher_.set_paused(all ? Dispatcher::Paused::kAll : Dispatcher::Paused::kWrites);
  environment_.expiry_paused = true;
  const int64_t now_ms = environment_.clock.NowMs();
  pause_end_ms_ = std::max(pause_end_ms_, until_ms);
  pause_end_.Start(static_cast<uint64_t>(std::max<int64_t>(pause_end_ms_ - now_ms, 0)));
}

void Server::ResumeClients() {
  pause_end_.Stop();
  pause_end_ms_ = 0;
  dispatcher_.set_paused(Dispatcher::Paused::kNot);
  environment_.expiry_paused = false;
  clients_.ForEach([](Client& client) {
    if (!client.waiting) return;
    client.waiting = false;
    client.connection->ResumeInput();
  });
}

void Server::ResetStatistics() {
  statistics_.Reset();
  environment_.statistics = {};
  loop_.ResetTotals();
  persistence_.ResetCounters();
}

}  // namespace thimble
