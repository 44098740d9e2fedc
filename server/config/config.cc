#include "server/config/config.h"

#include <algorithm>
#include <climits>
#include <set>

#include <unistd.h>

#include "server/config/settings.h"
#include "server/stats/log.h"
#include "storage/common/check.h"
#include "storage/common/glob.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

Error Failed(Bytes name, const std::string& reason) {
  return Error::Message("ERR CONFIG SET failed (possibly related to argument '" +
                        std::string(name) + "') - " + reason);
}

// A value of several words as CONFIG SET gives it: one argument, split at each single space.
std::vector<std::string> SplitAtSpaces(Bytes text) {
  std::vector<std::string> words;
  while (true) {
    const size_t space = text.find(' ');
    words.emplace_back(text.substr(0, space));
    if (space == Bytes::npos) return words;
    text.remove_prefix(space + 1);
  }
}

// Why an option cannot be anything but its default here, or null.
const char* Refusal(const OptionSpec& option) {
  if (option.Is(kNeedsTls)) return "TLS is not supported by this version of Thimble";
  if (option.Is(kNeedsAcl))
    return "access control lists are not supported by this version of Thimble";
  if (option.Is(kNeedsReplication))
    return "replication is not supported by this version of Thimble";
  if (option.Is(kNeedsCluster)) return "cluster mode is not supported by this version of Thimble";
  return nullptr;
}

// Directives that are not options, and what to say of them.
const char* RefusedDirective(const std::string& name) {
  if (name == "user") return "access control lists are not supported by this version of Thimble";
  if (name == "loadmodule") return "modules are not supported by Thimble";
  return nullptr;
}

// Settings that old configuration files still carry and that nothing reads any more.
bool IsObsolete(const std::string& name) {
  return name == "list-max-ziplist-entries" || name == "list-max-ziplist-value" ||
         name == "rdb-save-aof-preamble";
}

std::string WorkingDirectory() {
  char path[PATH_MAX];
  return getcwd(path, sizeof path) == nullptr ? std::string() : std::string(path);
}

std::string NoEffectText(std::string_view name) {
  return "Option '" + std::string(name) + "' is accepted but has no effect in this version.";
}

// Whether leaving the feature off is just what was asked for.
bool IsHarmless(const OptionSpec& option, const std::string& value) {
  return value == option.default_value || (option.name == "save" && value.empty());
}

}  // namespace

Config::Config(Settings& settings) : settings_(settings) {
  for (const OptionSpec& option : AllOptions()) {
    values_.emplace_back(option.name == "dir" ? WorkingDirectory()
                                              : std::string(option.default_value));
    if (option.apply != nullptr) option.apply(settings_, values_.back());
  }
}

void Config::SetDefault(std::string_view name, std::string value) {
  const OptionSpec* const option = FindOption(name);
  THIMBLE_CHECK(option != nullptr);
  defaults_[option] = value;
  Store(*option, std::move(value));
}

std::string_view Config::DefaultOf(const OptionSpec& option) const {
  const auto found = defaults_.find(&option);
  return found == defaults_.end() ? option.default_value : std::string_view(found->second);
}

size_t Config::IndexOf(const OptionSpec& option) const {
  return static_cast<size_t>(&option - AllOptions().data());
}

const std::string& Config::Value(const OptionSpec& option) const {
  return values_[IndexOf(option)];
}

const std::string& Config::Value(std::string_view name) const {
  const OptionSpec* option = FindOption(name);
  THIMBLE_CHECK(option != nullptr);
  return Value(*option);
}

void Config::ForEachMatch(std::span<const Bytes> patterns,
                          FunctionRef<void(Bytes name, const std::string& value)> visit) const {
  std::set<std::string, std::less<>> shown;
  for (const Bytes pattern : patterns) {
    if (pattern.find_first_of("[*?") == Bytes::npos) {
      const OptionSpec* option = FindOption(pattern);
      if (option != nullptr && shown.insert(LowerCase(pattern)).second) {
        visit(pattern, Value(*option));
      }
      continue;
    }
    for (const OptionSpec& option : AllOptions()) {
      if (option.Is(kHidden)) continue;
      for (const std::string_view name : {option.name, option.alias}) {
        if (name.empty() || !GlobMatch(pattern, name, GlobCase::kInsensitive)) continue;
        if (shown.insert(std::string(name)).second) visit(name, Value(option));
      }
    }
  }
}

void Config::Store(const OptionSpec& option, std::string value) {
  values_[IndexOf(option)] = std::move(value);
  if (option.apply != nullptr) option.apply(settings_, Value(option));
  // Checked to be possible when the value was read; relative paths of other options follow it.
  if (option.name == "dir" && chdir(settings_.dir.c_str()) != 0) {
    Log(LogLevel::kWarning, "Can't chdir to '" + settings_.dir + "'");
  }
}

Result<std::string> Config::Read(const OptionSpec& option,
                                 std::span<const std::string> words) const {
  Result<std::string> value = option.type.read(option.type, words, Value(option));
  if (!value.ok()) return value;
  const char* const refusal = Refusal(option);
  if (refusal != nullptr && *value != option.default_value) return Error::Message(refusal);
  return value;
}

Result<void> Config::Check(const OptionSpec& option, Bytes name, bool trusted) const {
  if (option.Is(kImmutable)) return Failed(name, "can't set immutable config");
  if (option.Is(kGuarded) && !trusted) return Failed(name, "can't set protected config");
  return Ok();
}

Result<void> Config::Set(std::span<const Change> changes, bool trusted, bool loading) {
  std::vector<Planned> plan;
  bool must_wait = false;
  std::set<std::string> names;
  for (const Change& change : changes) {
    const OptionSpec* option = FindOption(change.name);
    if (option == nullptr) {
      return Error::Message("ERR Unknown option or number of arguments for CONFIG SET - '" +
                            std::string(change.name) + "'");
    }
    Result<void> allowed = Check(*option, change.name, trusted);
    if (!allowed.ok()) return allowed;
    if (!names.insert(LowerCase(change.name)).second) {
      return Failed(change.name, "duplicate parameter");
    }
    plan.push_back({option, change.name, std::string(change.value), Value(*option)});
    must_wait |= loading && option->Is(kNotWhileLoading);
  }
  if (must_wait) return Error::Message("LOADING Redis is loading the dataset in memory");
  for (Planned& step : plan) {
    const std::vector<std::string> words = step.option->type.several_words
                                               ? SplitAtSpaces(step.value)
                                               : std::vector<std::string>{step.value};
    Result<std::string> value = Read(*step.option, words);
    if (!value.ok()) return Failed(step.name, value.error().text());
    step.value = std::move(*value);
  }
  for (const Planned& step : plan) Store(*step.option, step.value);

  const Planned* failed = nullptr;
  Result<void> done = RunHooks(plan, &failed);
  if (!done.ok()) {
    for (auto step = plan.rbegin(); step != plan.rend(); ++step) Store(*step->option, step->before);
    const Planned* ignored = nullptr;
    if (!RunHooks(plan, &ignored).ok()) {
      Log(LogLevel::kWarning, "Putting back the options of a failed CONFIG SET failed as well.");
    }
    return Failed(failed->name, done.error().text());
  }
  for (const Planned& step : plan) {
    if (step.option->Is(kNoEffectYet) && !IsHarmless(*step.option, step.value)) {
      Log(LogLevel::kWarning, NoEffectText(step.option->name));
    }
  }
  return Ok();
}

void Config::OnChange(std::initializer_list<std::string_view> names, Hook hook) {
  HookEntry& entry = hooks_.emplace_back();
  entry.hook = std::move(hook);
  for (const std::string_view name : names) {
    const OptionSpec* option = FindOption(name);
    THIMBLE_CHECK(option != nullptr);
    entry.options.push_back(option);
  }
}

Result<void> Config::RunHooks(const std::vector<Planned>& plan, const Planned** failed) const {
  for (const HookEntry& entry : hooks_) {
    const auto concerned = std::find_if(plan.begin(), plan.end(), [&](const Planned& step) {
      return std::find(entry.options.begin(), entry.options.end(), step.option) !=
             entry.options.end();
    });
    if (concerned == plan.end()) continue;
    Result<void> done = entry.hook();
    if (!done.ok()) {
      *failed = &*concerned;
      return done;
    }
  }
  return Ok();
}

Result<void> Config::ApplyLine(const std::vector<std::string>& words) {
  const std::string name = LowerCase(words[0]);
  if (name == "rename-command") {
    if (words.size() != 3 || rename_ == nullptr) {
      return Error::Message("Bad directive or wrong number of arguments");
    }
    renamings_.push_back({words[1], words[2]});
    return rename_(renamings_.back());
  }
  if (const char* reason = RefusedDirective(name)) return Error::Message(reason);
  if (IsObsolete(name) && words.size() == 2) return Ok();
  const OptionSpec* option = FindOption(name);
  if (option == nullptr) return Error::Message("Bad directive or wrong number of arguments");

  std::vector<std::string> values(words.begin() + 1, words.end());
  if (option->type.several_words) {
    if (values.empty()) return Error::Message("wrong number of arguments");
    // In quotes there may be several words as well.
    const auto quoted =
        values.size() == 1 && !values[0].empty() ? SplitWords(values[0]) : std::nullopt;
    if (quoted) values = *quoted;
  } else if (values.size() != 1) {
    return Error::Message("wrong number of arguments");
  }
  Result<std::string> value = Read(*option, values);
  if (!value.ok()) return value.error();
  if (option->name == "save") {
    const std::string& before = Value(*option);
    if (save_points_loaded_ && !value->empty() && !before.empty()) *value = before + " " + *value;
    save_points_loaded_ = true;
  }
  Store(*option, std::move(*value));
  return Ok();
}

std::vector<std::string> Config::Warnings() const {
  std::vector<std::string> warnings;
  for (const OptionSpec& option : AllOptions()) {
    if (option.Is(kNoEffectYet) && !IsHarmless(option, Value(option))) {
      warnings.push_back(NoEffectText(option.name));
    }
  }
  return warnings;
}

}  // namespace thimble
