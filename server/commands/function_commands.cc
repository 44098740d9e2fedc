#include "server/commands/function_commands.h"

#include <bit>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/effects.h"
#include "server/command/error_text.h"
#include "server/command/help.h"
#include "server/commands/script_arguments.h"
#include "server/script/function_dump.h"
#include "server/script/script_flags.h"
#include "server/script/scripts.h"
#include "server/stats/statistics.h"
#include "storage/common/glob.h"

namespace thimble {
namespace {

// --- FCALL --------------------------------------------------------------------------------------

Result<void> CallFunction(CommandContext& ctx, ArgCursor& args, bool read_only) {
  Scripts& scripts = ctx.services().scripts;
  const ScriptFunction* const function = scripts.functions.Find(args.Next());
  if (function == nullptr) return Error::Message("ERR Function not found");
  auto arguments = ReadScriptArguments(args, Error::Message("ERR Bad number of keys provided"));
  if (!arguments.ok()) return arguments.error();
  const bool never_writes = (function->flags & kNoWrites) != 0;
  if (read_only && !never_writes) {
    return Error::Message("ERR Can not execute a script with write flag using *_ro command.");
  }
  return scripts.runner.Run(ctx, {.kind = ScriptRunner::Kind::kFunction,
                                  .interpreter = &scripts.functions.interpreter(),
                                  .function = function->function,
                                  .name = function->name,
                                  .flags = function->flags,
                                  .read_only = never_writes,
                                  .keys = arguments->keys,
                                  .args = arguments->args});
}

Result<void> FCall(CommandContext& ctx, ArgCursor args) {
  return CallFunction(ctx, args, false);
}

Result<void> FCallRo(CommandContext& ctx, ArgCursor args) {
  return CallFunction(ctx, args, true);
}

// --- FUNCTION -----------------------------------------------------------------------------------

// Libraries are no keys, so no keyspace tells of them.
void NoteChange(CommandContext& ctx) {
  ++ctx.services().statistics.dirty;
  ctx.services().effects.NoteChange();
}

Result<void> FunctionDelete(CommandContext& ctx, ArgCursor args) {
  if (!ctx.services().scripts.functions.Delete(args.Next())) {
    return Error::Message("ERR Library not found");
  }
  NoteChange(ctx);
  ctx.reply().Ok();
  return Ok();
}

Result<void> FunctionDump(CommandContext& ctx, ArgCursor) {
  ctx.reply().Bulk(Bytes(DumpLibraries(ctx.services().scripts.functions)));
  return Ok();
}

// FUNCTION FLUSH [ASYNC | SYNC]
Result<void> FunctionFlush(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() > 1) return WrongSubcommandUse("FUNCTION", args.CalledBy());
  if (args.HasNext() && !args.TakeWord("async") && !args.TakeWord("sync")) {
    return Error::Message("ERR FUNCTION FLUSH only supports SYNC|ASYNC option");
  }
  ctx.services().scripts.functions.Flush();
  NoteChange(ctx);
  ctx.reply().Ok();
  return Ok();
}

Result<void> FunctionKill(CommandContext& ctx, ArgCursor) {
  Result<void> killed = ctx.services().scripts.runner.Kill(ScriptRunner::Kind::kFunction);
  if (killed.ok()) ctx.reply().Ok();
  return killed;
}

void ReplyFlags(ReplyWriter& reply, uint32_t flags) {
  reply.Set(static_cast<size_t>(std::popcount(flags)));
  for (const ScriptFlagName& known : kScriptFlagNames) {
    if ((flags & known.flag) != 0) reply.Status(known.name);
  }
}

void ReplyLibrary(ReplyWriter& reply, const FunctionLibrary& library, bool with_code) {
  reply.Map(with_code ? 4 : 3);
  reply.Bulk(Bytes("library_name"));
  reply.Bulk(Bytes(library.name));
  reply.Bulk(Bytes("engine"));
  reply.Bulk(Bytes("LUA"));
  reply.Bulk(Bytes("functions"));
  reply.Array(library.functions.size());
  for (const auto& function : library.functions) {
    reply.Map(3);
    reply.Bulk(Bytes("name"));
    reply.Bulk(Bytes(function->name));
    reply.Bulk(Bytes("description"));
    function->described ? reply.Bulk(Bytes(function->description)) : reply.Null();
    reply.Bulk(Bytes("flags"));
    ReplyFlags(reply, function->flags);
  }
  if (!with_code) return;
  reply.Bulk(Bytes("library_code"));
  reply.Bulk(Bytes(library.code));
}

// FUNCTION LIST [LIBRARYNAME pattern] [WITHCODE]
Result<void> FunctionList(CommandContext& ctx, ArgCursor args) {
  bool with_code = false;
  bool by_name = false;
  Bytes pattern;
  while (args.HasNext()) {
    if (!with_code && args.TakeWord("withcode")) {
      with_code = true;
    } else if (!by_name && args.TakeWord("libraryname")) {
      if (!args.HasNext()) return Error::Message("ERR library name argument was not given");
      by_name = true;
      pattern = args.Next();
    } else {
      return Error::Message("ERR Unknown argument " + std::string(args.Next()));
    }
  }
  ReplyWriter& reply = ctx.reply();
  const OutputBuffer::Mark mark = reply.Defer();
  size_t shown = 0;
  for (const auto& [name, library] : ctx.services().scripts.functions.all()) {
    if (by_name && !GlobMatch(pattern, name, GlobCase::kInsensitive)) continue;
    ReplyLibrary(reply, *library, with_code);
    ++shown;
  }
  reply.FinishDeferred(mark, ReplyWriter::Aggregate::kArray, shown);
  return Ok();
}

// FUNCTION LOAD [REPLACE] code
Result<void> FunctionLoad(CommandContext& ctx, ArgCursor args) {
  bool replace = false;
  while (args.Remaining() > 1) {
    if (!args.TakeWord("replace")) {
      return Error::Message("ERR Unknown option given: " + std::string(args.Next()));
    }
    replace = true;
  }
  auto name = ctx.services().scripts.functions.Load(args.Next(), replace);
  if (!name.ok()) return name.error();
  NoteChange(ctx);
  ctx.reply().Bulk(Bytes(*name));
  return Ok();
}

// FUNCTION RESTORE payload [FLUSH | APPEND | REPLACE]
Result<void> FunctionRestore(CommandContext& ctx, ArgCursor args) {
  if (args.Remaining() > 2) return WrongSubcommandUse("FUNCTION", args.CalledBy());
  const Bytes payload = args.Next();
  auto policy = RestorePolicy::kAppend;
  if (args.TakeWord("replace")) {
    policy = RestorePolicy::kReplace;
  } else if (args.TakeWord("flush")) {
    policy = RestorePolicy::kFlush;
  } else if (args.HasNext() && !args.TakeWord("append")) {
    return Error::Message(
        "ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
  }
  Result<void> restored = RestoreLibraries(ctx.services().scripts.functions, payload, policy);
  if (!restored.ok()) return restored;
  NoteChange(ctx);
  ctx.reply().Ok();
  return Ok();
}

Result<void> FunctionStats(CommandContext& ctx, ArgCursor) {
  const Scripts& scripts = ctx.services().scripts;
  const ScriptRunner& runner = scripts.runner;
  if (runner.busy() && runner.kind() == ScriptRunner::Kind::kEval) {
    return Error::Message(runner.BusyText());
  }
  ReplyWriter& reply = ctx.reply();
  reply.Map(2);
  reply.Bulk(Bytes("running_script"));
  if (runner.busy()) {
    reply.Map(3);
    reply.Bulk(Bytes("name"));
    reply.Bulk(runner.name());
    reply.Bulk(Bytes("command"));
    reply.Array(runner.command().size());
    for (const std::string& word : runner.command()) reply.Bulk(Bytes(word));
    reply.Bulk(Bytes("duration_ms"));
    reply.Integer(runner.RunningMs());
  } else {
    reply.Null();
  }
  reply.Bulk(Bytes("engines"));
  reply.Map(1);
  reply.Bulk(Bytes("LUA"));
  reply.Map(2);
  reply.Bulk(Bytes("libraries_count"));
  reply.Integer(static_cast<int64_t>(scripts.functions.all().size()));
  reply.Bulk(Bytes("functions_count"));
  reply.Integer(static_cast<int64_t>(scripts.functions.function_count()));
  return Ok();
}

constexpr std::string_view kOnAllShards[] = {"request_policy:all_shards",
                                             "response_policy:all_succeeded"};
constexpr std::string_view kOnOneShard[] = {"request_policy:all_shards",
                                            "response_policy:one_succeeded"};
constexpr std::string_view kListTips[] = {"nondeterministic_output_order"};
constexpr std::string_view kStatsTips[] = {"nondeterministic_output", "request_policy:all_shards",
                                           "response_policy:special"};

constexpr CommandSpec kFunctionSubcommands[] = {
    {.name = "delete",
     .run = FunctionDelete,
     .arity = Exactly(3),
     .flags = kWrite | kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(N) in the number of functions of the library.",
     .summary = "Deletes a library and its functions.",
     .syntax = "library-name",
     .tips = kOnAllShards},
    {.name = "dump",
     .run = FunctionDump,
     .arity = Exactly(2),
     .flags = kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(N) in the number of functions.",
     .summary = "Returns all libraries as one payload."},
    {.name = "flush",
     .run = FunctionFlush,
     .arity = AtLeast(2),
     .flags = kWrite | kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(N) in the number of functions.",
     .summary = "Deletes all libraries.",
     .syntax = "[ASYNC|SYNC]",
     .tips = kOnAllShards},
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kLoading | kStale,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(1)",
     .summary = "Lists the subcommands."},
    {.name = "kill",
     .run = FunctionKill,
     .arity = Exactly(2),
     .flags = kNoScript | kAllowBusy,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(1)",
     .summary = "Ends the function that runs, if it has written nothing yet.",
     .tips = kOnOneShard},
    {.name = "list",
     .run = FunctionList,
     .arity = AtLeast(2),
     .flags = kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(N) in the number of functions.",
     .summary = "Lists libraries and their functions.",
     .syntax = "[LIBRARYNAME library-name-pattern] [WITHCODE]",
     .tips = kListTips},
    {.name = "load",
     .run = FunctionLoad,
     .arity = AtLeast(3),
     .flags = kWrite | kDenyOom | kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(1), and the time it takes to compile and run the library's code.",
     .summary = "Loads a library of functions and returns its name.",
     .syntax = "[REPLACE] function-code",
     .tips = kOnAllShards},
    {.name = "restore",
     .run = FunctionRestore,
     .arity = AtLeast(3),
     .flags = kWrite | kDenyOom | kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(N) in the number of functions.",
     .summary = "Loads the libraries of a payload.",
     .syntax = "serialized-value [FLUSH|APPEND|REPLACE]",
     .tips = kOnAllShards},
    {.name = "stats",
     .run = FunctionStats,
     .arity = Exactly(2),
     .flags = kNoScript | kAllowBusy,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "O(1)",
     .summary = "Tells of the function that runs and how many there are.",
     .tips = kStatsTips},
};
static_assert(WellFormed(kFunctionSubcommands));

constexpr uint32_t kCallFlags =
    kNoScript | kStale | kSkipMonitor | kRunsScript | kNoMandatoryKeys | kMovableKeys;

constexpr CommandSpec kFunctionCommands[] = {
    {.name = "fcall",
     .run = FCall,
     .arity = AtLeast(3),
     .keys = CountedKeys(2, kKeyReadWrite | kKeyAccess | kKeyUpdate),
     .flags = kCallFlags | kMayReplicate,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "Depends on the function.",
     .summary = "Calls a function of a library.",
     .syntax = "function numkeys:integer [key ...] [arg ...]"},
    {.name = "fcall_ro",
     .run = FCallRo,
     .arity = AtLeast(3),
     .keys = CountedKeys(2, kKeyReadOnly | kKeyAccess),
     .flags = kCallFlags | kReadOnly,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "Depends on the function.",
     .summary = "Calls a function that never writes.",
     .syntax = "function numkeys:integer [key ...] [arg ...]"},
    {.name = "function",
     .arity = AtLeast(2),
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about libraries of functions.",
     .subcommands = kFunctionSubcommands},
};
static_assert(WellFormed(kFunctionCommands));

}  // namespace

std::span<const CommandSpec> FunctionCommands() {
  return kFunctionCommands;
}

}  // namespace thimble
