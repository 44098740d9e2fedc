#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "protocol/reply_writer.h"
#include "protocol/request_parser.h"
#include "server/net/connection.h"

namespace thimble {

struct CommandSpec;
class Subscriptions;
class TrackingState;
class Transaction;

// What CLIENT REPLY asked for.
enum class ReplyMode : uint8_t { kOn, kOff, kSkipNext, kSkipThis };

// Whether what a client is told now is left out.
constexpr bool Mutes(ReplyMode mode) {
  return mode == ReplyMode::kOff || mode == ReplyMode::kSkipThis;
}

// What holds for the next command.
constexpr ReplyMode AfterCommand(ReplyMode mode) {
  if (mode == ReplyMode::kSkipThis) return ReplyMode::kOn;
  return mode == ReplyMode::kSkipNext ? ReplyMode::kSkipThis : mode;
}

// Everything the server remembers about one client. Plain state: connection and dispatch act on it.
// Ten thousand of them sit idle, so what most clients never use is small or empty.
struct Client {
  // `connection` is null for one that the server makes to act in its own name.
  Client(uint64_t id, Connection* connection, int64_t now_ms);
  ~Client();

  // False for one that is being closed and waits for the loop to take it away.
  bool IsConnected() const { return connection != nullptr && !connection->closing(); }

  const uint64_t id;
  // Null once closed, which may be while the rest of its transaction still runs, and of the client
  // that replays a log.
  Connection* connection;
  RequestParser parser;

  int database = 0;
  Protocol protocol = Protocol::kResp2;
  ReplyMode reply_mode = ReplyMode::kOn;
  bool authenticated = false;
  bool monitoring = false;
  bool no_evict = false;
  bool no_touch = false;
  // Its script is past its time: what it sends waits, and it outlives its connection.
  bool running_script = false;
  bool is_script = false;  // Made by the server: a script's commands run in its name.
  bool in_exec = false;    // A transaction's commands run.
  // What it said of itself with REPLCONF, for a SYNC to come.
  bool takes_end_mark = false;       // It need not know ahead how much will come.
  bool wants_snapshot_only = false;  // The data as it is now, and nothing after it.
  bool wants_functions_only = false;
  bool waiting = false;  // Input arrived while paused: queued in Clients for the resume.

  int64_t connected_ms;
  int64_t active_ms;                // Last request.
  int64_t soft_limit_since_ms = 0;  // When output went above the soft limit; 0 = below.
  uint64_t commands = 0;
  const CommandSpec* last_command = nullptr;
  const CommandSpec* last_container = nullptr;  // "config" of "config|get", else null.

  std::string name;
  std::string library_name;
  std::string library_version;
  std::string user = "default";

  // Null unless used: since MULTI or WATCH, while subscribed to anything, while tracking.
  std::unique_ptr<Transaction> transaction;
  std::unique_ptr<Subscriptions> subscriptions;
  std::unique_ptr<TrackingState> tracking;
};

}  // namespace thimble
