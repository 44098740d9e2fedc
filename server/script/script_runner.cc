#include "server/script/script_runner.h"

#include <utility>

#include "server/command/executor.h"
#include "server/config/settings.h"
#include "server/memory_ceiling.h"
#include "server/persist/persistence.h"
#include "server/script/eval_scripts.h"
#include "server/script/lua_to_reply.h"
#include "server/script/script_flags.h"
#include "server/session/clients.h"
#include "server/session/tracking.h"
#include "server/stats/log.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

// How long a script that is past its time goes on before the loop turns again.
constexpr int64_t kScriptSliceNs = 1'000'000;
constexpr int64_t kNsPerMs = 1'000'000;
// From here on a script takes long for those whose writes wait to be logged.
constexpr int64_t kSoonNs = 10 * kNsPerMs;

const char* KillCommand(ScriptRunner::Kind kind) {
  return kind == ScriptRunner::Kind::kEval ? "SCRIPT KILL" : "FUNCTION KILL";
}

void PushList(lua_State* lua, std::span<const Bytes> items) {
  lua_createtable(lua, static_cast<int>(items.size()), 0);
  for (size_t i = 0; i < items.size(); ++i) {
    PushBytes(lua, items[i]);
    lua_rawseti(lua, -2, static_cast<int>(i) + 1);
  }
}

}  // namespace

ScriptRunner::ScriptRunner(Services& services, Loop& loop)
    : services_(services), host_(services), idle_(loop, [this] { GoOn(); }) {}

ScriptRunner::~ScriptRunner() = default;

// It unwinds its stack, so that what it holds is let go of.
void ScriptRunner::Stop() {
  stopping_ = true;
  while (fiber_.suspended()) {
    kill_ = true;
    (void)ResumeFiber();
  }
  idle_.Stop();
  if (Client* const waiting = std::exchange(waiting_, nullptr)) waiting->running_script = false;
}

void ScriptRunner::EndSoon(std::function<void()> then) {
  if (busy() && !run_.wrote) {
    kill_ = true;
    GoOn();
  }
  if (!busy()) return then();
  Log(LogLevel::kWarning, "A script that has written is waited for.");
  then_ = std::move(then);
}

int64_t ScriptRunner::NowNs() const {
  return services_.environment.clock.MonotonicNs();
}

int64_t ScriptRunner::RunningMs() const {
  return (NowNs() - start_ns_) / kNsPerMs;
}

// Of whatever is to be run on the fiber, one script or several together.
void ScriptRunner::BeginCommand(bool mutes_itself) {
  no_room_ = services_.settings.maxmemory > 0 && !services_.persistence.loading() &&
             !services_.ceiling.MakeRoom();
  mutes_itself_ = mutes_itself;
}

Result<void> ScriptRunner::Run(CommandContext& context, const Task& task) {
  task_ = task;
  run_ = {.name = task.name, .flags = task.flags, .read_only = task.read_only};
  if (!fiber_.active()) BeginCommand(false);
  run_.no_room = no_room_;
  if (run_.no_room && (task.flags & (kUndeclared | kAllowOom | kNoWrites)) == 0) {
    return Errc::kOutOfMemory;
  }
  const bool may_write = (task.flags & (kUndeclared | kNoWrites)) == 0;
  if (may_write && services_.persistence.restricts() && !services_.persistence.loading()) {
    std::string refusal = services_.persistence.Refusal(*context.command().spec, kWrite);
    if (!refusal.empty()) return Error::Message(std::move(refusal));
  }
  context_ = &context;
  failed_ = false;
  slow_ = false;
  kill_ = stopping_;
  start_ns_ = 0;
  told_log_ = false;
  if (fiber_.active()) {
    RunTask();
  } else if (!fiber_.Start([](void* self) { static_cast<ScriptRunner*>(self)->RunTask(); }, this)) {
    context_ = nullptr;
    AwaitLateReply(context);
    return Ok();
  }
  context_ = nullptr;
  if (!failed_) return Ok();
  if (!error_counted_) return Error::Message(std::move(error_line_));
  context.reply().Error(error_line_);
  services_.executor.CountFailure(context.command());
  return Ok();
}

void ScriptRunner::RunTogether(CommandContext& context, std::function<void(OutputBuffer&)> body) {
  together_ = std::move(body);
  BeginCommand(!Mutes(context.client().reply_mode));
  const auto run = [](void* self) {
    auto& runner = *static_cast<ScriptRunner*>(self);
    runner.together_(runner.late_reply_);
    runner.failed_ = false;
    runner.together_ = nullptr;
  };
  if (!fiber_.Start(run, this)) return AwaitLateReply(context);
  context.reply().buffer().Take(late_reply_);
}

// --- On the script's stack ----------------------------------------------------------------------

void ScriptRunner::RunTask() {
  Interpreter& interpreter = *task_.interpreter;
  interpreter.SetWatch(this);
  host_.Begin(run_, context_->client());
  if (!interpreter.Run(Execute, this, 0)) NoteFailure(interpreter.state());
  host_.End();
  interpreter.SetWatch(nullptr);
}

int ScriptRunner::Execute(lua_State* lua, void* self) {
  auto& runner = *static_cast<ScriptRunner*>(self);
  runner.PushArguments(lua);
  runner.WriteReply(lua);
  return 0;
}

// Calls the function, leaving its first result.
void ScriptRunner::PushArguments(lua_State* lua) {
  if (task_.kind == Kind::kFunction) {
    lua_rawgeti(lua, LUA_REGISTRYINDEX, task_.function);
    PushList(lua, task_.keys);
    PushList(lua, task_.args);
    return lua_call(lua, 2, 1);
  }
  task_.eval->SetArguments(lua, task_.keys, task_.args, task_.keeps_arguments);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, task_.function);
  lua_call(lua, 0, 1);
}

// The reply goes to where the command's does, unless that has returned already.
void ScriptRunner::WriteReply(lua_State* lua) {
  const Bytes error = ErrorTextOf(lua);
  if (error.data() != nullptr) {
    failed_ = true;
    error_counted_ = false;
    error_line_ = error;
    lua_pushliteral(lua, "ignore_error_stats_update");
    lua_rawget(lua, -2);
    error_counted_ = lua_toboolean(lua, -1) != 0;
    return;
  }
  if (context_ != nullptr) return WriteLuaReply(lua, context_->reply(), host_.protocol());
  ReplyWriter late(late_reply_, waiting_->protocol);
  WriteLuaReply(lua, late, host_.protocol());
}

// The error's value is on the stack; where it came from was taken down when it was raised, unless
// there was no memory even for that.
void ScriptRunner::NoteFailure(lua_State* lua) {
  ScriptFailure& failure = host_.failure();
  failed_ = true;
  error_counted_ = failure.counted;
  error_line_ = failure.noted ? std::move(failure.text) : "ERR not enough memory";
  if (!failure.source.empty()) {
    error_line_.append(" script: ").append(run_.name).append(", on ").append(failure.source);
    error_line_.append(":").append(std::to_string(failure.line)).append(".");
  }
  lua_pop(lua, 1);
}

// While a log is replayed nobody could be answered meanwhile, and what is behind the script in it
// may not run before it has ended.
const char* ScriptRunner::WhyStop() {
  constexpr const char* kKilled = "ERR Script killed by user with SCRIPT KILL...";
  if (kill_) return kKilled;
  if (services_.persistence.loading()) return nullptr;
  const int64_t threshold_ms = services_.settings.busy_reply_threshold_ms;
  const int64_t now_ns = NowNs();
  if (start_ns_ == 0) start_ns_ = now_ns;
  if (!told_log_ && now_ns - start_ns_ > kSoonNs) {
    told_log_ = true;
    services_.persistence.HandOverLog();
  }
  if (!slow_) {
    if (threshold_ms <= 0 || now_ns - start_ns_ < threshold_ms * kNsPerMs) return nullptr;
    slow_ = true;
    Log(LogLevel::kWarning,
        "Slow script detected: still in execution after " + std::to_string(RunningMs()) +
            " milliseconds. You can try killing the script using the " + KillCommand(task_.kind) +
            " command. Script name is: " + std::string(task_.name) + ".");
    if (context_ != nullptr) DescribeCommand(*context_);
  } else if (now_ns - slice_ns_ < kScriptSliceNs) {
    return nullptr;
  }
  // Its own time stands still, that of the loop does not (ResumeFiber).
  int64_t& standing_ms = services_.environment.standing_ms;
  const int64_t script_time_ms = std::exchange(standing_ms, StorageEnvironment::kTimeRuns);
  fiber_.Suspend();
  standing_ms = script_time_ms;
  slice_ns_ = NowNs();
  return kill_ ? kKilled : nullptr;
}

// --- On the first stack -------------------------------------------------------------------------

const char* ScriptRunner::BusyText() const {
  return task_.kind == Kind::kEval
             ? "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN "
               "NOSAVE."
             : "BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN "
               "NOSAVE.";
}

Result<void> ScriptRunner::Kill(Kind kind) {
  if (!busy()) return Error::Message("NOTBUSY No scripts in execution right now.");
  if (run_.wrote) {
    return Error::Message(
        "UNKILLABLE Sorry the script already executed write commands against the dataset. You can "
        "either wait the script termination or kill the server in a hard way using the SHUTDOWN "
        "NOSAVE command.");
  }
  if (kind != task_.kind) return Error::Message(BusyText());
  Log(LogLevel::kWarning, "Lua script killed by user with " + std::string(KillCommand(kind)) + ".");
  kill_ = true;
  return Ok();
}

// The command returns without a reply; its client waits for one.
void ScriptRunner::AwaitLateReply(CommandContext& context) {
  waiting_ = &context.client();
  waiting_->running_script = true;
  services_.pushes.Exchange(late_pushes_);
  idle_.Start();
}

// For FUNCTION STATS, while the arguments are still there.
void ScriptRunner::DescribeCommand(const CommandContext& context) {
  command_.assign({context.command().full_name});
  command_.emplace_back(task_.name);
  command_.push_back(std::to_string(task_.keys.size()));
  command_.insert(command_.end(), task_.keys.begin(), task_.keys.end());
  command_.insert(command_.end(), task_.args.begin(), task_.args.end());
}

void ScriptRunner::GoOn() {
  slice_ns_ = NowNs();
  if (then_ && !run_.wrote) kill_ = true;
  if (!Resume()) return;
  idle_.Stop();
  ReplyLate();
  if (then_) std::exchange(then_, nullptr)();
}

// No command of ours waits for it: when it leaves its own time, that of the loop is back.
bool ScriptRunner::ResumeFiber() {
  const bool ended = fiber_.Resume();
  services_.environment.standing_ms = StorageEnvironment::kTimeRuns;
  return ended;
}

// As if the client's command ran on: what it makes us tell that client waits for the reply.
bool ScriptRunner::Resume() {
  Pushes& pushes = services_.pushes;
  pushes.Hold(*waiting_);
  pushes.Exchange(late_pushes_);
  const bool ended = ResumeFiber();
  pushes.Exchange(late_pushes_);
  pushes.Release();
  return ended;
}

void ScriptRunner::ReplyLate() {
  Client& client = *waiting_;
  waiting_ = nullptr;
  client.running_script = false;
  if (failed_) {
    late_reply_.Clear();
    ReplyWriter(late_reply_, client.protocol).Error(error_line_);
  }
  services_.executor.FinishLate(client, failed_ ? &error_line_ : nullptr, error_counted_,
                                late_reply_.size());
  if (client.connection == nullptr) {
    late_reply_.Clear();
    late_pushes_.Clear();
    return services_.clients.Remove(client);
  }
  Connection& connection = *client.connection;
  if (mutes_itself_ || !Mutes(client.reply_mode)) connection.output().Take(late_reply_);
  late_reply_.Clear();
  client.reply_mode = AfterCommand(client.reply_mode);
  services_.pushes.Deliver(client, late_pushes_);
  connection.FlushSoon();
  connection.ResumeInput();
  if (services_.tracking.collected()) services_.tracking.Broadcast();
}

}  // namespace thimble
