#include "server/commands/script_commands.h"

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/help.h"
#include "server/commands/script_arguments.h"
#include "server/script/script_flags.h"
#include "server/script/scripts.h"

namespace thimble {
namespace {

constexpr char kNoScriptText[] = "NOSCRIPT No matching script. Please use EVAL.";

Result<void> RunScript(CommandContext& ctx, const Script& script, const ScriptArguments& arguments,
                       bool read_only) {
  const bool may_write = (script.flags & (kUndeclared | kNoWrites)) == 0;
  if (read_only && may_write) {
    return Error::Message("ERR Can not execute a script with write flag using *_ro command.");
  }
  Scripts& scripts = ctx.services().scripts;
  return scripts.runner.Run(ctx, {.kind = ScriptRunner::Kind::kEval,
                                  .interpreter = &scripts.eval.interpreter(),
                                  .function = script.function,
                                  .eval = &scripts.eval,
                                  .keeps_arguments = script.keeps_arguments,
                                  .name = script.sha,
                                  .flags = script.flags,
                                  .read_only = read_only || (script.flags & kNoWrites) != 0,
                                  .keys = arguments.keys,
                                  .args = arguments.args});
}

Result<void> EvalSource(CommandContext& ctx, ArgCursor& args, bool read_only) {
  const Bytes source = args.Next();
  auto arguments = ReadScriptArguments(args, Errc::kNotInteger);
  if (!arguments.ok()) return arguments.error();
  auto script = ctx.services().scripts.eval.Load(source, false);
  if (!script.ok()) return script.error();
  return RunScript(ctx, **script, *arguments, read_only);
}

Result<void> EvalDigest(CommandContext& ctx, ArgCursor& args, bool read_only) {
  constexpr size_t kDigits = 40;
  const Bytes sha = args.Next();
  if (sha.size() != kDigits) return Error::Message(kNoScriptText);
  auto arguments = ReadScriptArguments(args, Errc::kNotInteger);
  if (!arguments.ok()) return arguments.error();
  EvalScripts& eval = ctx.services().scripts.eval;
  Script* const script = eval.Find(sha);
  if (script == nullptr) return Error::Message(kNoScriptText);
  eval.Touch(*script);
  return RunScript(ctx, *script, *arguments, read_only);
}

Result<void> Eval(CommandContext& ctx, ArgCursor args) {
  return EvalSource(ctx, args, false);
}

Result<void> EvalRo(CommandContext& ctx, ArgCursor args) {
  return EvalSource(ctx, args, true);
}

Result<void> EvalSha(CommandContext& ctx, ArgCursor args) {
  return EvalDigest(ctx, args, false);
}

Result<void> EvalShaRo(CommandContext& ctx, ArgCursor args) {
  return EvalDigest(ctx, args, true);
}

// --- SCRIPT -------------------------------------------------------------------------------------

// SCRIPT EXISTS sha1 [sha1 ...]
Result<void> ScriptExists(CommandContext& ctx, ArgCursor args) {
  ctx.reply().Array(args.Remaining());
  while (args.HasNext()) {
    ctx.reply().Integer(ctx.services().scripts.eval.Find(args.Next()) != nullptr ? 1 : 0);
  }
  return Ok();
}

// SCRIPT FLUSH [ASYNC | SYNC]
Result<void> ScriptFlush(CommandContext& ctx, ArgCursor args) {
  const bool any = args.HasNext();
  const bool known = args.TakeWord("async") || args.TakeWord("sync");
  if ((any && !known) || args.HasNext()) {
    return Error::Message("ERR SCRIPT FLUSH only support SYNC|ASYNC option");
  }
  ctx.services().scripts.eval.Flush();
  ctx.reply().Ok();
  return Ok();
}

Result<void> ScriptKill(CommandContext& ctx, ArgCursor) {
  Result<void> killed = ctx.services().scripts.runner.Kill(ScriptRunner::Kind::kEval);
  if (killed.ok()) ctx.reply().Ok();
  return killed;
}

// SCRIPT LOAD source
Result<void> ScriptLoad(CommandContext& ctx, ArgCursor args) {
  auto script = ctx.services().scripts.eval.Load(args.Next(), true);
  if (!script.ok()) return script.error();
  ctx.reply().Bulk(Bytes((*script)->sha));
  return Ok();
}

// SCRIPT SHOW sha1
Result<void> ScriptShow(CommandContext& ctx, ArgCursor args) {
  const Script* const script = ctx.services().scripts.eval.Find(args.Next());
  if (script == nullptr) return Error::Message("NOSCRIPT No matching script.");
  ctx.reply().Bulk(Bytes(script->source));
  return Ok();
}

constexpr std::string_view kExistsTips[] = {"request_policy:all_shards",
                                            "response_policy:agg_logical_and"};
constexpr std::string_view kEverywhereTips[] = {"request_policy:all_nodes",
                                                "response_policy:all_succeeded"};
constexpr std::string_view kKillOneTips[] = {"request_policy:all_shards",
                                             "response_policy:one_succeeded"};

constexpr CommandSpec kScriptSubcommands[] = {
    {.name = "exists",
     .run = ScriptExists,
     .arity = AtLeast(3),
     .flags = kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "2.6.0",
     .complexity = "O(N) in the number of digests.",
     .summary = "Tells which scripts are cached.",
     .syntax = "sha1 [sha1 ...]",
     .tips = kExistsTips},
    {.name = "flush",
     .run = ScriptFlush,
     .arity = AtLeast(2),
     .flags = kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "2.6.0",
     .complexity = "O(N) in the number of scripts.",
     .summary = "Forgets all scripts.",
     .syntax = "[ASYNC|SYNC]",
     .tips = kEverywhereTips},
    {.name = "help",
     .run = ContainerHelp,
     .arity = Exactly(2),
     .flags = kLoading | kStale,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "5.0.0",
     .complexity = "O(1)",
     .summary = "Lists the subcommands."},
    {.name = "kill",
     .run = ScriptKill,
     .arity = Exactly(2),
     .flags = kNoScript | kAllowBusy,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "2.6.0",
     .complexity = "O(1)",
     .summary = "Ends the script that runs, if it has written nothing yet.",
     .tips = kKillOneTips},
    {.name = "load",
     .run = ScriptLoad,
     .arity = Exactly(3),
     .flags = kNoScript | kStale,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "2.6.0",
     .complexity = "O(N) in the length of the script.",
     .summary = "Compiles a script for EVALSHA and returns its digest.",
     .syntax = "script",
     .tips = kEverywhereTips},
    {.name = "show",
     .run = ScriptShow,
     .arity = Exactly(3),
     .flags = kNoScript,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "8.0.0",
     .complexity = "O(1)",
     .summary = "Returns the source of a cached script.",
     .syntax = "sha1"},
};
static_assert(WellFormed(kScriptSubcommands));

constexpr uint32_t kEvalFlags =
    kNoScript | kStale | kSkipMonitor | kRunsScript | kNoMandatoryKeys | kMovableKeys;
constexpr uint16_t kAnyUse = kKeyReadWrite | kKeyAccess | kKeyUpdate;
constexpr uint16_t kAnyRead = kKeyReadOnly | kKeyAccess;

constexpr CommandSpec kScriptCommands[] = {
    {.name = "eval",
     .run = Eval,
     .arity = AtLeast(3),
     .keys = CountedKeys(2, kAnyUse),
     .flags = kEvalFlags | kMayReplicate,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "2.6.0",
     .complexity = "Depends on the script.",
     .summary = "Runs a script in the Lua language.",
     .syntax = "script numkeys:integer [key ...] [arg ...]"},
    {.name = "eval_ro",
     .run = EvalRo,
     .arity = AtLeast(3),
     .keys = CountedKeys(2, kAnyRead),
     .flags = kEvalFlags | kReadOnly,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "Depends on the script.",
     .summary = "Runs a script that must not write.",
     .syntax = "script numkeys:integer [key ...] [arg ...]"},
    {.name = "evalsha",
     .run = EvalSha,
     .arity = AtLeast(3),
     .keys = CountedKeys(2, kAnyUse),
     .flags = kEvalFlags | kMayReplicate,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "2.6.0",
     .complexity = "Depends on the script.",
     .summary = "Runs a cached script by its digest.",
     .syntax = "sha1 numkeys:integer [key ...] [arg ...]"},
    {.name = "evalsha_ro",
     .run = EvalShaRo,
     .arity = AtLeast(3),
     .keys = CountedKeys(2, kAnyRead),
     .flags = kEvalFlags | kReadOnly,
     .categories = kScriptingCategory,
     .group = Group::kScripting,
     .since = "7.0.0",
     .complexity = "Depends on the script.",
     .summary = "Runs a cached script that must not write.",
     .syntax = "sha1 numkeys:integer [key ...] [arg ...]"},
    {.name = "script",
     .arity = AtLeast(2),
     .group = Group::kScripting,
     .since = "2.6.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about cached scripts.",
     .subcommands = kScriptSubcommands},
};
static_assert(WellFormed(kScriptCommands));

}  // namespace

std::span<const CommandSpec> ScriptCommands() {
  return kScriptCommands;
}

}  // namespace thimble
