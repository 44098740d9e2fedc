#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/config/config.h"
#include "storage/common/result.h"

namespace thimble {

// What the program was asked to do.
struct CommandLine {
  std::string file;         // As given; empty without one.
  bool from_stdin = false;  // A final "-".
  std::string options;      // "--port 7000 --save ''" as lines of a configuration file.
};

// Without the program's own name. Nothing if the arguments asked for something else than serving
// (--version, --help, --check-system, --test-memory): it was done, and *exit_code is set.
std::optional<CommandLine> ParseCommandLine(const std::vector<std::string>& args, int* exit_code);

// Applies the file, standard input and the options, in that order; later ones win. An error holds
// what to print on standard error before exiting with 1 (nothing if it was logged already).
Result<void> LoadConfiguration(Config& config, const CommandLine& command_line);

}  // namespace thimble
