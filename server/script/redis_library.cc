#include "server/script/redis_library.h"

#include <algorithm>
#include <string>

#include "server/config/identity.h"
#include "server/script/interpreter.h"
#include "server/script/reply_to_lua.h"
#include "server/script/script_host.h"
#include "server/stats/log.h"
#include "storage/common/sha1.h"

namespace thimble {
namespace {

ScriptHost& HostOf(lua_State* lua) {
  return *Interpreter::Of(lua).host();
}

// redis.call(command, arguments...)
int CallCommand(lua_State* lua) {
  return HostOf(lua).Call(lua, true);
}

// redis.pcall(command, arguments...)
int CallCommandProtected(lua_State* lua) {
  return HostOf(lua).Call(lua, false);
}

// redis.acl_check_cmd(command, arguments...)
int CheckPermission(lua_State* lua) {
  return HostOf(lua).CheckPermission(lua);
}

// --- Replies ------------------------------------------------------------------------------------

bool IsOneString(lua_State* lua) {
  return lua_gettop(lua) == 1 && lua_type(lua, -1) == LUA_TSTRING;
}

int RefuseArguments(lua_State* lua) {
  PushErrorTable(lua, "ERR wrong number or type of arguments", false);
  return 1;
}

// redis.error_reply(text). A text of one word is a message, not a code: it gets the general one.
int ErrorReply(lua_State* lua) {
  if (!IsOneString(lua)) return RefuseArguments(lua);
  Bytes text = CheckBytes(lua, 1);
  if (text.starts_with('-')) text.remove_prefix(1);
  TextPiece line(lua);
  if (text.find(' ') == Bytes::npos) line.Append("ERR ");
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  line.Append(text);
  PushErrorTable(lua, line.view(), false);
  line.Drop();
  return 1;
}

// redis.status_reply(text)
int StatusReply(lua_State* lua) {
  if (!IsOneString(lua)) return RefuseArguments(lua);
  lua_createtable(lua, 0, 1);
  lua_pushvalue(lua, 1);
  lua_setfield(lua, -2, "ok");
  return 1;
}

// redis.sha1hex(text)
int Sha1Hex(lua_State* lua) {
  if (lua_gettop(lua) != 1) return RaiseErrorTable(lua, "ERR wrong number of arguments");
  size_t size = 0;
  const char* const data = lua_tolstring(lua, 1, &size);
  constexpr char kDigits[] = "0123456789abcdef";
  char text[40];
  char* out = text;
  for (const uint8_t byte : Sha1(Bytes(data, size))) {
    *out++ = kDigits[byte >> 4U];
    *out++ = kDigits[byte & 15U];
  }
  lua_pushlstring(lua, text, sizeof text);
  return 1;
}

// --- Settings of the running script -------------------------------------------------------------

// redis.setresp(2 or 3)
int SetProtocol(lua_State* lua) {
  if (lua_gettop(lua) != 1)
    return RaiseErrorTable(lua, "ERR redis.setresp() requires one argument.");
  const double version = lua_tonumber(lua, 1);
  if (version != 2 && version != 3) return RaiseErrorTable(lua, "ERR RESP version must be 2 or 3.");
  HostOf(lua).set_protocol(version == 3 ? Protocol::kResp3 : Protocol::kResp2);
  return 0;
}

// redis.set_repl(flags): what the append-only file hears of the script from here on.
int SetReplication(lua_State* lua) {
  constexpr double kAll = 3;
  constexpr int kAof = 1;
  if (lua_gettop(lua) != 1)
    return RaiseErrorTable(lua, "ERR redis.set_repl() requires two arguments.");
  const double flags = lua_tonumber(lua, 1);
  if (flags < 0 || flags > kAll) {
    return RaiseErrorTable(lua,
                           "ERR Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or "
                           "REPL_NONE.");
  }
  HostOf(lua).set_logged((static_cast<int>(flags) & kAof) != 0);
  return 0;
}

// redis.replicate_commands(): they always are.
int ReplicateCommands(lua_State* lua) {
  lua_pushboolean(lua, 1);
  return 1;
}

// redis.breakpoint(): there is no debugger.
int Breakpoint(lua_State* lua) {
  lua_pushboolean(lua, 0);
  return 1;
}

// redis.debug(values...): likewise.
int Debug(lua_State*) {
  return 0;
}

constexpr LogLevel kLevels[] = {LogLevel::kDebug, LogLevel::kVerbose, LogLevel::kNotice,
                                LogLevel::kWarning};

// redis.log(level, texts...)
int WriteLog(lua_State* lua) {
  const int count = lua_gettop(lua);
  if (count < 2) return RaiseErrorTable(lua, "ERR redis.log() requires two arguments or more.");
  if (lua_isnumber(lua, 1) == 0) {
    return RaiseErrorTable(lua, "ERR First argument must be a number (log level).");
  }
  const double level = lua_tonumber(lua, 1);
  if (!(level >= 0 && level < static_cast<double>(std::size(kLevels)))) {
    return RaiseErrorTable(lua, "ERR Invalid debug level.");
  }
  TextPiece line(lua);
  for (int i = 2; i <= count; ++i) {
    size_t size = 0;
    const char* const data = lua_tolstring(lua, i, &size);
    if (data == nullptr) continue;
    if (i > 2) line.Append(' ');
    line.Append(Bytes(data, size));
  }
  Log(kLevels[static_cast<size_t>(level)], std::string(line.view()));
  line.Drop();
  return 0;
}

// --- The tables ---------------------------------------------------------------------------------

constexpr luaL_Reg kForAll[] = {
    {"acl_check_cmd", CheckPermission},
    {"call", CallCommand},
    {"error_reply", ErrorReply},
    {"pcall", CallCommandProtected},
    {"set_repl", SetReplication},
    {"setresp", SetProtocol},
    {"sha1hex", Sha1Hex},
    {"status_reply", StatusReply},
};

constexpr luaL_Reg kForScripts[] = {
    {"breakpoint", Breakpoint}, {"debug", Debug}, {"replicate_commands", ReplicateCommands}};

struct Constant {
  const char* name;
  int value;
};
constexpr Constant kReplicationFlags[] = {
    {"REPL_NONE", 0}, {"REPL_AOF", 1}, {"REPL_SLAVE", 2}, {"REPL_REPLICA", 2}, {"REPL_ALL", 3}};
constexpr Constant kLogLevelConstants[] = {
    {"LOG_DEBUG", 0}, {"LOG_VERBOSE", 1}, {"LOG_NOTICE", 2}, {"LOG_WARNING", 3}};

template <size_t kCount>
void AddFunctions(lua_State* lua, const luaL_Reg (&functions)[kCount]) {
  for (const luaL_Reg& function : functions) {
    lua_pushcfunction(lua, function.func);
    lua_setfield(lua, -2, function.name);
  }
}

template <size_t kCount>
void AddConstants(lua_State* lua, const Constant (&constants)[kCount]) {
  for (const Constant& constant : constants) {
    lua_pushinteger(lua, constant.value);
    lua_setfield(lua, -2, constant.name);
  }
}

// "7.2.4" as 0x070204.
int VersionNumber() {
  int number = 0;
  int part = 0;
  for (const char* c = kRedisVersion;; ++c) {
    if (*c >= '0' && *c <= '9') {
      part = part * 10 + (*c - '0');
      continue;
    }
    number = number << 8 | part;
    part = 0;
    if (*c == '\0') return number;
  }
}

}  // namespace

void PushRedisLibraryForLoading(lua_State* lua) {
  lua_newtable(lua);
  lua_pushcfunction(lua, WriteLog);
  lua_setfield(lua, -2, "log");
  AddConstants(lua, kLogLevelConstants);
  lua_pushstring(lua, kRedisVersion);
  lua_setfield(lua, -2, "REDIS_VERSION");
  lua_pushinteger(lua, VersionNumber());
  lua_setfield(lua, -2, "REDIS_VERSION_NUM");
}

void PushRedisLibraryForFunctions(lua_State* lua) {
  PushRedisLibraryForLoading(lua);
  AddFunctions(lua, kForAll);
  AddConstants(lua, kReplicationFlags);
}

void PushRedisLibrary(lua_State* lua) {
  PushRedisLibraryForFunctions(lua);
  AddFunctions(lua, kForScripts);
}

}  // namespace thimble
