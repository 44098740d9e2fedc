#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "protocol/output_buffer.h"
#include "server/command/context.h"
#include "server/net/timer.h"
#include "server/script/fiber.h"
#include "server/script/interpreter.h"
#include "server/script/script_host.h"
#include "server/session/pushes.h"

namespace thimble {

class EvalScripts;

// Runs one script at a time, and lets the loop turn in the middle of one that takes too long.
//
// Past the threshold (`busy-reply-threshold`) a script is left where it is, on a stack of its own,
// and goes on in slices from an idle handle of the loop. Meanwhile the server is busy: dispatch
// refuses all but a few commands, nothing expires or is evicted, and the client that asked waits;
// its reply is sent when the script ends. A client that goes away meanwhile is kept until then.
class ScriptRunner final : public ScriptWatch {
 public:
  ScriptRunner(Services& services, Loop& loop);
  ~ScriptRunner() override;

  enum class Kind : uint8_t { kEval, kFunction };
  struct Task {
    Kind kind = Kind::kEval;
    Interpreter* interpreter = nullptr;
    int function = 0;              // Its place in the interpreter's registry.
    EvalScripts* eval = nullptr;   // Of a script: knows where KEYS and ARGV are.
    bool keeps_arguments = false;  // It leaves KEYS and ARGV as it finds them.
    Bytes name;                    // SHA-1 or function name; outlives the run.
    uint32_t flags = 0;
    bool read_only = false;
    std::span<const Bytes> keys;
    std::span<const Bytes> args;
  };
  // Runs it and replies, now or later.
  Result<void> Run(CommandContext& context, const Task& task);

  // Ends scripts that are past their time, whatever they have done, and all that are to come: the
  // server goes away.
  void Stop();
  // Calls `then` once no script is past its time, perhaps at once. One that has not written is
  // killed, the others are waited for.
  void EndSoon(std::function<void()> then);

  // Runs `body`, which may run scripts in turn (EXEC), so that one of them can be past its time:
  // the loop then turns in the middle of it all. The reply is what it writes to the buffer it is
  // given. It owns whatever else it needs, but for the client, which outlives it.
  void RunTogether(CommandContext& context, std::function<void(OutputBuffer& out)> body);

  // A script is past its time and the loop turns in its middle.
  bool busy() const { return fiber_.suspended(); }
  Kind kind() const { return task_.kind; }
  // What commands are told meanwhile.
  const char* BusyText() const;
  // SCRIPT KILL and FUNCTION KILL.
  Result<void> Kill(Kind kind);

  // What FUNCTION STATS tells of the script that runs.
  Bytes name() const { return task_.name; }
  std::span<const std::string> command() const { return command_; }
  int64_t RunningMs() const;

  ScriptHost& host() { return host_; }

  const char* WhyStop() override;

 private:
  // On the script's stack.
  void RunTask();
  static int Execute(lua_State* lua, void* self);
  void PushArguments(lua_State* lua);
  void WriteReply(lua_State* lua);
  void NoteFailure(lua_State* lua);
  // On the first stack.
  void BeginCommand(bool mutes_itself);
  void AwaitLateReply(CommandContext& context);
  void DescribeCommand(const CommandContext& context);
  void GoOn();
  bool ResumeFiber();
  bool Resume();
  void ReplyLate();
  int64_t NowNs() const;

  Services& services_;
  ScriptHost host_;
  Fiber fiber_;
  IdleTask idle_;
  Task task_;
  ScriptRun run_;
  CommandContext* context_ = nullptr;  // While its command still waits for the reply.
  std::function<void(OutputBuffer&)> together_;
  bool told_log_ = false;  // What happened before it does not wait with it.
  int64_t start_ns_ = 0;  // When the watch first looked, some 100 us after the start; 0 until then.
  int64_t slice_ns_ = 0;  // When it went on last.
  bool slow_ = false;     // The threshold was passed, and said so in the log.
  bool kill_ = false;
  bool stopping_ = false;
  bool no_room_ = false;        // When the command began: nothing is evicted in its middle.
  std::function<void()> then_;  // Of EndSoon.

  // How it ended: a reply was written, or `error_line_` is what the client is to be told.
  bool failed_ = false;
  bool error_counted_ = false;
  std::string error_line_;

  // Of a script that went past its time.
  Client* waiting_ = nullptr;
  bool mutes_itself_ = false;  // It leaves out what CLIENT REPLY silences.
  std::vector<std::string> command_;
  OutputBuffer late_reply_;   // Of RunTogether, any reply.
  Pushes::Held late_pushes_;  // To the client that waits, for behind its reply.
};

}  // namespace thimble
