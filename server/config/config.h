#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "server/config/option.h"
#include "storage/common/bytes.h"
#include "storage/common/function_ref.h"
#include "storage/common/result.h"

namespace thimble {

struct Settings;

// The server's options by name. Values live here as the text CONFIG GET shows; those that code
// reads are copied into Settings whenever they change.
class Config {
 public:
  // Every option at its default. `settings` must outlive this.
  explicit Config(Settings& settings);
  // Before anything is loaded: another value for where nothing is said. Rewrite leaves it out as it
  // does the usual one. REQUIRES: there is an option of that name, and it may have that value.
  void SetDefault(std::string_view name, std::string value);

  // --- Reading ------------------------------------------------------------------------------
  const std::string& Value(const OptionSpec& option) const;
  // REQUIRES: there is an option of that name.
  const std::string& Value(std::string_view name) const;
  // Visits each option any of the globs matches (in any case), once for each of its spellings. A
  // pattern without wildcards is echoed as it was written.
  void ForEachMatch(std::span<const Bytes> patterns,
                    FunctionRef<void(Bytes name, const std::string& value)> visit) const;

  // --- Changing at run time -------------------------------------------------------------------
  struct Change {
    Bytes name;
    Bytes value;
  };
  // All or none. An error is the whole line for the client. `trusted` says whether options that
  // enable-protected-configs guards may be changed, `loading` whether files are being loaded.
  Result<void> Set(std::span<const Change> changes, bool trusted, bool loading = false);

  // Runs after any of the options has changed and before Set answers; if it fails, everything is
  // put back and the error's text is the reason given. Runs once for several options of one Set.
  using Hook = std::function<Result<void>()>;
  void OnChange(std::initializer_list<std::string_view> names, Hook hook);

  // --- Loading, before the server starts --------------------------------------------------------
  // One line of a configuration file, split into words. An error's text is the reason alone.
  Result<void> ApplyLine(const std::vector<std::string>& words);
  // rename-command: an empty `to` takes the command away.
  struct Renaming {
    std::string from;
    std::string to;
  };
  // Asked whether a renaming is possible, in order; without it all are refused.
  using RenameHook = std::function<Result<void>(const Renaming& renaming)>;
  void OnRename(RenameHook hook) { rename_ = std::move(hook); }
  const std::vector<Renaming>& renamings() const { return renamings_; }
  // What the operator should know: options that were set and have no effect yet.
  std::vector<std::string> Warnings() const;

  // --- The file ---------------------------------------------------------------------------------
  void set_file(std::string path) { file_ = std::move(path); }  // Absolute; empty without one.
  const std::string& file() const { return file_; }
  // CONFIG REWRITE. Comments and order stay; options set since are changed in place or appended.
  // The file is replaced as a whole, so a crash leaves the old or the new one. `all`: options that
  // were never set are written too.
  Result<void> Rewrite(bool all = false) const;

 private:
  struct HookEntry {
    std::vector<const OptionSpec*> options;
    Hook hook;
  };
  struct Planned {
    const OptionSpec* option;
    Bytes name;
    std::string value;
    std::string before;
  };

  size_t IndexOf(const OptionSpec& option) const;
  std::string_view DefaultOf(const OptionSpec& option) const;
  void Store(const OptionSpec& option, std::string value);
  Result<std::string> Read(const OptionSpec& option, std::span<const std::string> words) const;
  Result<void> Check(const OptionSpec& option, Bytes name, bool trusted) const;
  Result<void> RunHooks(const std::vector<Planned>& plan, const Planned** failed) const;

  Settings& settings_;
  std::vector<std::string> values_;                    // As AllOptions().
  std::map<const OptionSpec*, std::string> defaults_;  // Of SetDefault.
  bool save_points_loaded_ = false;  // A `save` line replaces the default, later ones add.
  std::vector<HookEntry> hooks_;
  RenameHook rename_;
  std::vector<Renaming> renamings_;
  std::string file_;
};

}  // namespace thimble
