#include "server/script/script_host.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "server/command/effects.h"
#include "server/command/error_text.h"
#include "server/command/executor.h"
#include "server/persist/persistence.h"
#include "server/script/interpreter.h"
#include "server/script/lua_to_reply.h"
#include "server/script/reply_to_lua.h"
#include "server/script/script_flags.h"
#include "server/session/tracking.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

// Room for any double with 17 digits.
constexpr size_t kNumberRoom = 32;
// Larger buffers do not stay for the next script.
constexpr size_t kKeptReplyBytes = OutputBuffer::kChunkBytes;

// As Redis prints a number that a script passes to a command: all 17 digits that tell doubles
// apart, integers without a point.
size_t PrintNumber(double number, char* out) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (std::fabs(number) <= kExact) {
    const auto integer = static_cast<int64_t>(number);
    const bool is_minus_zero = integer == 0 && std::signbit(number);
    if (static_cast<double>(integer) == number && !is_minus_zero) {
      return static_cast<size_t>(std::to_chars(out, out + kNumberRoom, integer).ptr - out);
    }
  }
  return static_cast<size_t>(std::snprintf(out, kNumberRoom, "%.17g", number));
}

int RaiseOrReturn(lua_State* lua, bool raise) {
  return raise ? lua_error(lua) : 1;
}

int Refuse(lua_State* lua, const char* why, bool raise) {
  PushErrorTable(lua, why, false);
  return RaiseOrReturn(lua, raise);
}

constexpr char kNoArguments[] = "ERR Please specify at least one argument for this redis lib call";
constexpr char kWrongArguments[] =
    "ERR Lua redis lib command arguments must be strings or integers";
constexpr char kNoRun[] = "ERR redis.call/pcall can only be called inside a script invocation";

}  // namespace

ScriptHost::ScriptHost(Services& services) : services_(services), client_(0, nullptr, 0) {
  client_.authenticated = true;
  client_.is_script = true;
}

ScriptHost::~ScriptHost() = default;

void ScriptHost::Begin(ScriptRun& run, Client& caller) {
  run_ = &run;
  caller_ = &caller;
  client_.database = caller.database;
  client_.no_touch = caller.no_touch;
  client_.protocol = Protocol::kResp2;
  latest_key_.Forget();
  failure_ = {};
}

void ScriptHost::set_logged(bool logged) {
  services_.effects.Mute(!logged);
}

void ScriptHost::End() {
  run_ = nullptr;
  services_.effects.Mute(false);
  if (reply_.size() > kKeptReplyBytes) reply_.Clear();
  if (joined_reply_.capacity() > kKeptReplyBytes) joined_reply_ = {};
}

bool ScriptHost::ReadArguments(lua_State* lua) {
  const auto count = static_cast<size_t>(lua_gettop(lua));
  args_.resize(count);
  size_t numbers = 0;
  for (size_t i = 0; i < count; ++i) {
    const int index = static_cast<int>(i) + 1;
    switch (lua_type(lua, index)) {
      case LUA_TSTRING: {
        size_t size = 0;
        const char* const data = lua_tolstring(lua, index, &size);
        args_[i] = Bytes(data, size);
        break;
      }
      case LUA_TNUMBER: {
        if (numbers == 0) numbers_.resize(std::max(numbers_.size(), count * kNumberRoom));
        char* const text = numbers_.data() + numbers++ * kNumberRoom;
        args_[i] = Bytes(text, PrintNumber(lua_tonumber(lua, index), text));
        break;
      }
      default:
        return false;
    }
  }
  return true;
}

// The subcommand where there are some; null if there is no such command.
const Command* ScriptHost::FindCommand() {
  const Command* const command = services_.registry.Find(args_[0]);
  if (command == nullptr || command->subcommands.empty() || args_.size() < 2) return command;
  return command->FindSubcommand(args_[1]);
}

HashHints ScriptHost::HintsFor(const Command& command) {
  const KeyRange& range = command.spec->keys.ranges[0];
  const auto first = static_cast<size_t>(range.first);
  if (range.kind != KeyRange::Kind::kRange || first >= args_.size()) return {};
  Keyspace& keys = services_.databases[client_.database];
  return {.key = latest_key_.Locate(keys, services_.environment.hash_key, args_[first]),
          .field = {}};
}

const char* ScriptHost::WhyNot(const Command* command) {
  if (command == nullptr) return kUnknownCommandInScript;
  const CommandSpec& spec = *command->spec;
  if (spec.run == nullptr || !spec.arity.Accepts(args_.size())) {
    return "ERR Wrong number of args calling Redis command from script";
  }
  if (spec.Is(kNoScript)) return "ERR This Redis command is not allowed from script";
  if (run_->read_only && (spec.Is(kWrite) || spec.Is(kMayReplicate))) {
    return "ERR Write commands are not allowed from read-only scripts.";
  }
  // While a log loads, only what was taken before is run.
  if (services_.persistence.loading()) return nullptr;
  if (services_.persistence.restricts()) {
    refusal_ = services_.persistence.Refusal(spec, spec.flags);
    if (!refusal_.empty()) return refusal_.c_str();
  }
  if (spec.Is(kDenyOom) && !run_->wrote && (run_->flags & kAllowOom) == 0) {
    if (run_->no_room || !process_slabs.HasReserve()) {
      return "OOM command not allowed when used memory > 'maxmemory'.";
    }
  }
  return nullptr;
}

int ScriptHost::Call(lua_State* lua, bool raise) {
  constexpr size_t kStepsPerCommand = 50;
  Interpreter::Of(lua).Work(lua, kStepsPerCommand);
  if (run_ == nullptr) return Refuse(lua, kNoRun, raise);
  if (lua_gettop(lua) == 0) return Refuse(lua, kNoArguments, raise);
  if (!ReadArguments(lua)) return Refuse(lua, kWrongArguments, raise);
  const Command* const command = FindCommand();
  if (const char* const why = WhyNot(command)) {
    services_.executor.CountRejection(command, why);
    PushErrorTable(lua, why, true);
    return RaiseOrReturn(lua, raise);
  }
  if (command->spec->Is(kWrite)) run_->wrote = true;
  if (!reply_.empty()) reply_.TruncateTo(0);  // The last one, if it was not looked at to its end.
  const bool ok = services_.executor.Run(client_, *command, args_, HintsFor(*command), reply_);
  // What a script reads, its caller knows.
  if (caller_->tracking != nullptr && command->spec->Is(kReadOnly)) [[unlikely]] {
    services_.tracking.Remember(*caller_, *command, args_);
  }
  PushReplyTo(lua);
  return RaiseOrReturn(lua, raise && !ok);
}

// Pushes what the last command replied. It stays in the buffer until the next command, so that an
// error raised here leaves nothing to tidy up.
void ScriptHost::PushReplyTo(lua_State* lua) {
  Bytes pieces[2];
  if (reply_.Peek(pieces, 2) == 1) return PushReply(lua, pieces[0]);
  joined_reply_.clear();
  reply_.VisitFront(SIZE_MAX, [this](Bytes piece) { joined_reply_.append(piece); });
  reply_.Clear();
  PushReply(lua, joined_reply_);
}

int ScriptHost::CheckPermission(lua_State* lua) {
  if (lua_gettop(lua) == 0) return Refuse(lua, kNoArguments, true);
  if (!ReadArguments(lua)) return Refuse(lua, kWrongArguments, true);
  if (FindCommand() == nullptr) {
    return Refuse(lua, "ERR Invalid command passed to redis.acl_check_cmd()", true);
  }
  lua_pushboolean(lua, 1);
  return 1;
}

// --- Errors -------------------------------------------------------------------------------------

int ScriptHost::OnError(lua_State* lua) {
  ScriptFailure& failure = Interpreter::Of(lua).host()->failure_;
  failure = {};
  if (lua_istable(lua, 1)) {
    lua_settop(lua, 1);
    const Bytes text = ErrorTextOf(lua);
    failure.text = text.data() == nullptr ? "ERR unknown error" : std::string(text);
    lua_pushliteral(lua, "ignore_error_stats_update");
    lua_rawget(lua, 1);
    failure.counted = lua_toboolean(lua, -1) != 0;
  } else if (lua_isstring(lua, 1) != 0) {
    failure.text = "ERR " + std::string(UpToNul(CheckBytes(lua, 1)));
  } else if (lua_isboolean(lua, 1)) {
    failure.text = lua_toboolean(lua, 1) != 0 ? "ERR true" : "ERR false";
  } else {
    failure.text = std::string("ERR ") + luaL_typename(lua, 1);
  }
  failure.noted = true;
  // Where it was raised; for a library function, where that was called.
  lua_Debug where;
  bool known = lua_getstack(lua, 1, &where) != 0 && lua_getinfo(lua, "Sl", &where) != 0;
  if (known && Bytes(where.what) == "C") {
    known = lua_getstack(lua, 2, &where) != 0 && lua_getinfo(lua, "Sl", &where) != 0;
  }
  if (known) {
    failure.source = where.source;
    failure.line = where.currentline;
  }
  return 1;
}

}  // namespace thimble
