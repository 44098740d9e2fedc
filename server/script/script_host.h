#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/output_buffer.h"
#include "server/command/args.h"
#include "server/command/latest_key.h"
#include "server/command/registry.h"
#include "server/command/services.h"
#include "server/script/lua.h"
#include "server/session/client.h"

namespace thimble {

constexpr const char* kUnknownCommandInScript = "ERR Unknown Redis command called from script";

// What one running script is allowed, and what it has done.
struct ScriptRun {
  Bytes name;              // SHA-1 in hexadecimal, or the function's name.
  uint32_t flags = 0;      // ScriptFlag bits.
  bool read_only = false;  // Refuses writes.
  bool no_room = false;    // Memory was above maxmemory when it began.
  bool wrote = false;      // It called a command that may write.
};

// An error that ended a script, taken down where it was raised.
struct ScriptFailure {
  std::string text;    // With its prefix, "ERR ...".
  std::string source;  // "@user_script"; empty if unknown.
  int line = 0;
  bool counted = false;  // A command's error, of which statistics are kept already.
  bool noted = false;    // Else there was no memory even to take it down.
};

// The server as scripts see it: runs their commands in the name of a client of its own, which
// speaks RESP2 until redis.setresp says otherwise. One script at a time.
//
// Cost      A call reuses the buffers of the one before it, passes on the interpreter's own strings
//           and reads the reply where the command wrote it.
class ScriptHost {
 public:
  explicit ScriptHost(Services& services);
  ~ScriptHost();

  // Every command from here to End() is `run`'s, in the name of `caller`.
  void Begin(ScriptRun& run, Client& caller);
  void End();
  bool running() const { return run_ != nullptr; }

  // redis.call and redis.pcall: the command is the values on the stack. Pushes its reply; an error
  // is raised if `raise`, else pushed.
  int Call(lua_State* lua, bool raise);
  // redis.acl_check_cmd: pushes whether the user may run the command.
  int CheckPermission(lua_State* lua);

  Protocol protocol() const { return client_.protocol; }
  void set_protocol(Protocol protocol) { client_.protocol = protocol; }
  // Whether what the script changes goes into the append-only file, until it ends.
  void set_logged(bool logged);

  // The interpreter's error handler: takes down what is on the stack.
  static int OnError(lua_State* lua);
  // What OnError took down last, since Begin() or ForgetFailure().
  ScriptFailure& failure() { return failure_; }
  void ForgetFailure() { failure_ = {}; }

 private:
  // Reads the stack into args_. False: a value is no string or number.
  bool ReadArguments(lua_State* lua);
  const Command* FindCommand();
  // What is known of the command's key, found once for a run of commands on it.
  HashHints HintsFor(const Command& command);
  // Why the command must not run; null if it may.
  const char* WhyNot(const Command* command);
  void PushReplyTo(lua_State* lua);

  Services& services_;
  Client client_;
  ScriptRun* run_ = nullptr;
  Client* caller_ = nullptr;
  LatestKey latest_key_;
  std::vector<Bytes> args_;
  std::vector<char> numbers_;  // The texts of arguments that are numbers.
  OutputBuffer reply_;
  std::string joined_reply_;  // A reply that spans chunks.
  std::string refusal_;       // The last one that persistence worded.
  ScriptFailure failure_;
};

}  // namespace thimble
