#include <cstdio>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include <malloc.h>
#include <unistd.h>

#include "server/check/check_tools.h"
#include "server/command/registry.h"
#include "server/commands/all_commands.h"
#include "server/config/command_line.h"
#include "server/config/config.h"
#include "server/config/identity.h"
#include "server/crash_report.h"
#include "server/server.h"
#include "server/stats/log.h"
#include "storage/slab/slab_allocator.h"
#include "storage/table/simd.h"

namespace thimble {
namespace {

// Tries each renaming on a registry of its own, so that a wrong one is told with its line.
void CheckRenamings(Config& config, CommandRegistry& registry) {
  AddAllCommands(registry);
  config.OnRename([&registry](const Config::Renaming& renaming) -> Result<void> {
    if (registry.Find(renaming.from) == nullptr) {
      return Error::Message("No such command in rename-command");
    }
    if (registry.Rename(renaming.from, renaming.to)) return Ok();
    return Error::Message("Target command name already exists");
  });
}

// Goes to the background: the parent ends, the child gives up its terminal.
bool Daemonize() {
  return daemon(1, 0) == 0;
}

int Serve(const CommandLine& command_line) {
  // A heap for all threads: one of their own takes 64 MB of addresses each.
  mallopt(M_ARENA_MAX, 1);
  std::set_new_handler([] {
    if (!process_slabs.GiveUpHeapSpare()) throw std::bad_alloc();
  });
  Settings settings;
  Config config(settings);
  // Behind a container's network every client is remote. The image says that it is one.
  if (std::getenv("THIMBLE_IN_CONTAINER") != nullptr) config.SetDefault("protected-mode", "no");
  CommandRegistry renamed;
  CheckRenamings(config, renamed);
  if (Result<void> loaded = LoadConfiguration(config, command_line); !loaded.ok()) {
    const Error error = loaded.error();
    std::fputs(error.text().c_str(), stderr);
    return 1;
  }
  OpenLog(settings);
  if (!settings.dir.empty() && chdir(settings.dir.c_str()) != 0) {
    std::fprintf(stderr, "Can't chdir to '%s'\n", settings.dir.c_str());
    return 1;
  }
  if (settings.daemonize && !Daemonize()) return 1;
  SetCrashReport(settings.crash_log_enabled);
  config.OnChange({"crash-log-enabled"}, [&settings] {
    SetCrashReport(settings.crash_log_enabled);
    return Ok();
  });
  Log(LogLevel::kWarning, std::string("Thimble ") + kThimbleVersion + ", compatible with Redis " +
                              kRedisVersion + ", PID: " + std::to_string(getpid()));
  for (const std::string& warning : config.Warnings()) Log(LogLevel::kWarning, warning);

  SetLogRole('M');
  Server server(config, settings);
  if (Result<void> started = server.Start(); !started.ok()) {
    const Error error = started.error();
    Log(LogLevel::kWarning, error.text());
    return 1;
  }
  return server.Run();
}

}  // namespace
}  // namespace thimble

int main(int argc, char** argv) {
  int exit_code = 0;
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (thimble::Result<void> chosen = thimble::ChooseSimd(std::getenv("THIMBLE_SIMD"));
      !chosen.ok()) {
    const thimble::Error error = chosen.error();
    std::fprintf(stderr, "%s\n", error.text().c_str());
    return 1;
  }
  if (const std::optional<int> code = thimble::RunCheckTool(argv[0], args)) return *code;
  const std::optional<thimble::CommandLine> command_line =
      thimble::ParseCommandLine(args, &exit_code);
  if (!command_line) return exit_code;
  return thimble::Serve(*command_line);
}
