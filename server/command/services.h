#pragma once

namespace thimble {

class Clients;
class CommandLog;
class CommandRegistry;
class Config;
class Databases;
class Effects;
class Executor;
class InfoRegistry;
class LatencyMonitor;
class MemoryCeiling;
class PeerLinks;
class Persistence;
class PubSub;
class Pushes;
class ServerControl;
class Tracking;
class WatchedKeys;
struct Scripts;
struct ServerStatistics;
struct Settings;
struct StorageEnvironment;

// The server's parts, as handlers reach them. References only: the server owns the parts and their
// lifetimes, and a handler includes the header of the part it uses.
struct Services {
  const CommandRegistry& registry;
  Config& config;      // Options by name: CONFIG.
  Settings& settings;  // Options by value: what code reads.
  Databases& databases;
  StorageEnvironment& environment;
  Clients& clients;
  ServerStatistics& statistics;
  CommandLog& command_log;
  LatencyMonitor& latency;
  InfoRegistry& info;
  MemoryCeiling& ceiling;  // maxmemory.
  Executor& executor;      // Runs single commands.
  Effects& effects;        // What they did, for files and replicas.
  PubSub& pubsub;
  Pushes& pushes;            // To clients that did not ask just now.
  WatchedKeys& watched;      // WATCH.
  Tracking& tracking;        // Client-side caching.
  Persistence& persistence;  // Files: saving, loading.
  Scripts& scripts;
  PeerLinks& peers;        // Other servers: MIGRATE.
  ServerControl& control;  // Shutdown, pausing, listening, what only the server can do.
};

}  // namespace thimble
