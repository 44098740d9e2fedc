#include "server/commands/client_tracking.h"

#include <string>
#include <utility>
#include <vector>

#include "server/session/clients.h"
#include "server/session/tracking.h"

namespace thimble {
namespace {

// REDIRECT id | PREFIX prefix | BCAST | OPTIN | OPTOUT | NOLOOP, in any order and number.
Result<TrackingOptions> ParseOptions(CommandContext& ctx, ArgCursor args) {
  TrackingOptions options;
  while (args.HasNext()) {
    if (args.TakeOption("redirect")) {
      if (options.redirect != 0) {
        return Error::Message("ERR A client can only redirect to a single other client");
      }
      const auto id = args.NextInt();
      if (!id.ok()) return Errc::kNotInteger;
      options.redirect = static_cast<uint64_t>(*id);
      if (ctx.services().clients.Find(options.redirect) == nullptr) {
        return Error::Message("ERR The client ID you want redirect to does not exist");
      }
    } else if (args.TakeWord("bcast")) {
      options.broadcast = true;
    } else if (args.TakeWord("optin")) {
      options.opt_in = true;
    } else if (args.TakeWord("optout")) {
      options.opt_out = true;
    } else if (args.TakeWord("noloop")) {
      options.no_loop = true;
    } else if (args.TakeOption("prefix")) {
      options.prefixes.emplace_back(args.Next());
    } else {
      return Errc::kSyntax;
    }
  }
  return options;
}

bool Overlap(const std::string& a, const std::string& b) {
  return a.starts_with(b) || b.starts_with(a);
}

// A key must not be reported to a client twice.
Result<void> CheckPrefixes(const TrackingState* state, const std::vector<std::string>& prefixes) {
  const auto overlaps = [](const std::string& prefix, const char* how, const std::string& other) {
    return Error::Message("ERR Prefix '" + prefix + "' overlaps with " + how + " prefix '" + other +
                          "'. Prefixes for a single client must not overlap.");
  };
  for (size_t i = 0; i < prefixes.size(); ++i) {
    if (state != nullptr) {
      for (const std::string& present : state->options.prefixes) {
        if (Overlap(prefixes[i], present)) return overlaps(prefixes[i], "an existing", present);
      }
    }
    for (size_t k = i + 1; k < prefixes.size(); ++k) {
      if (Overlap(prefixes[i], prefixes[k])) {
        return overlaps(prefixes[i], "another provided", prefixes[k]);
      }
    }
  }
  return Ok();
}

Result<void> SwitchOn(CommandContext& ctx, TrackingOptions options) {
  const TrackingState* const state = ctx.client().tracking.get();
  if (!options.broadcast && !options.prefixes.empty()) {
    return Error::Message("ERR PREFIX option requires BCAST mode to be enabled");
  }
  if (state != nullptr && state->options.broadcast != options.broadcast) {
    return Error::Message(
        "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and "
        "then re-enabling it with a different mode.");
  }
  if (options.broadcast && (options.opt_in || options.opt_out)) {
    return Error::Message("ERR OPTIN and OPTOUT are not compatible with BCAST");
  }
  if (options.opt_in && options.opt_out) {
    return Error::Message("ERR You can't specify both OPTIN mode and OPTOUT mode");
  }
  const bool switches = state != nullptr && ((options.opt_in && state->options.opt_out) ||
                                             (options.opt_out && state->options.opt_in));
  if (switches) {
    return Error::Message(
        "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and "
        "then re-enabling it with a different mode.");
  }
  if (options.broadcast) {
    Result<void> checked = CheckPrefixes(state, options.prefixes);
    if (!checked.ok()) return checked;
  }
  ctx.services().tracking.Enable(ctx.client(), std::move(options));
  return Ok();
}

}  // namespace

// CLIENT TRACKING <ON | OFF> [option ...]
Result<void> ClientTracking(CommandContext& ctx, ArgCursor args) {
  const Bytes onoff = args.Next();
  auto options = ParseOptions(ctx, args);
  if (!options.ok()) return options.error();
  if (IsWord(onoff, "on")) {
    Result<void> done = SwitchOn(ctx, std::move(*options));
    if (!done.ok()) return done;
  } else if (IsWord(onoff, "off")) {
    ctx.client().tracking.reset();
  } else {
    return Errc::kSyntax;
  }
  ctx.reply().Ok();
  return Ok();
}

// CLIENT CACHING <YES | NO>
Result<void> ClientCaching(CommandContext& ctx, ArgCursor args) {
  TrackingState* const state = ctx.client().tracking.get();
  if (state == nullptr) {
    return Error::Message(
        "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or "
        "OPTOUT mode enabled");
  }
  if (args.TakeWord("yes")) {
    if (!state->options.opt_in) {
      return Error::Message(
          "ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
    }
  } else if (args.TakeWord("no")) {
    if (!state->options.opt_out) {
      return Error::Message(
          "ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
    }
  } else {
    return Errc::kSyntax;
  }
  state->caching = true;
  ctx.reply().Ok();
  return Ok();
}

// -1 while tracking is off.
Result<void> ClientGetRedir(CommandContext& ctx, ArgCursor) {
  const TrackingState* const state = ctx.client().tracking.get();
  ctx.reply().Integer(state == nullptr ? -1 : static_cast<int64_t>(state->options.redirect));
  return Ok();
}

Result<void> ClientTrackingInfo(CommandContext& ctx, ArgCursor) {
  const TrackingState* const state = ctx.client().tracking.get();
  std::vector<Bytes> flags;
  if (state == nullptr) {
    flags.emplace_back("off");
  } else {
    flags.emplace_back("on");
    if (state->options.broadcast) flags.emplace_back("bcast");
    if (state->options.opt_in) flags.emplace_back("optin");
    if (state->options.opt_in && state->caching) flags.emplace_back("caching-yes");
    if (state->options.opt_out) flags.emplace_back("optout");
    if (state->options.opt_out && state->caching) flags.emplace_back("caching-no");
    if (state->options.no_loop) flags.emplace_back("noloop");
    if (state->broken_redirect) flags.emplace_back("broken_redirect");
  }
  ReplyWriter& reply = ctx.reply();
  reply.Map(3);
  reply.Bulk(Bytes("flags"));
  reply.Set(flags.size());
  for (const Bytes flag : flags) reply.Bulk(flag);
  reply.Bulk(Bytes("redirect"));
  reply.Integer(state == nullptr ? -1 : static_cast<int64_t>(state->options.redirect));
  reply.Bulk(Bytes("prefixes"));
  reply.Array(state == nullptr ? 0 : state->options.prefixes.size());
  if (state != nullptr) {
    for (const std::string& prefix : state->options.prefixes) reply.Bulk(Bytes(prefix));
  }
  return Ok();
}

}  // namespace thimble
