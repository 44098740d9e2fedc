#include "server/config/command_line.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

#include <glob.h>
#include <unistd.h>

#include "server/config/identity.h"
#include "server/config/system_checks.h"
#include "server/stats/log.h"
#include "storage/common/number.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

// Files that include each other must end somewhere.
constexpr int kMaxIncludeDepth = 16;

void PrintUsage(std::FILE* out) {
  std::fputs(
      "Usage: thimble-server [FILE] [--OPTION VALUE ...] [-]\n"
      "       thimble-server -             reads the configuration from standard input\n"
      "       thimble-server -v, --version\n"
      "       thimble-server -h, --help\n"
      "       thimble-server --test-memory MEGABYTES\n"
      "       thimble-server --check-system\n"
      "\n"
      "FILE is a configuration file; thimble.conf explains every option. Any option can be given\n"
      "on the command line as well, where it overrides the file:\n"
      "       thimble-server --port 7777 --bind 127.0.0.1\n"
      "       thimble-server /etc/thimble/thimble.conf --loglevel verbose\n"
      "       echo 'maxmemory 128mb' | thimble-server -\n",
      out);
}

// --version and its like. Nothing if the arguments mean to serve.
std::optional<int> RunSpecialRequest(const std::vector<std::string>& args) {
  if (args.empty()) return std::nullopt;
  const std::string& first = args[0];
  if (first == "-v" || first == "--version") {
    std::printf("Thimble server v=%s thimble=%s bits=64\n", kRedisVersion, kThimbleVersion);
    return 0;
  }
  if (args.size() == 1 && (first == "-h" || first == "--help")) {
    PrintUsage(stdout);
    return 0;
  }
  if (args.size() == 1 && first == "--check-system") return CheckSystem() ? 0 : 1;
  if (first == "--test-memory") {
    const std::optional<int64_t> megabytes = args.size() == 2 ? ParseInt64(args[1]) : std::nullopt;
    if (!megabytes || *megabytes < 1) {
      std::fputs("How much memory shall be tested? For example: --test-memory 4096\n", stderr);
      return 1;
    }
    return TestMemory(static_cast<size_t>(*megabytes)) ? 0 : 1;
  }
  return std::nullopt;
}

bool IsOptionName(const std::string& arg) {
  return arg.starts_with("--");
}

// Arguments as lines of a configuration file. What follows an option's name is its value even if
// it looks like a name itself, except that --save may stand alone, meaning "".
std::string OptionLines(const std::vector<std::string>& args, size_t first) {
  std::string lines;
  bool name_expected = true;
  for (size_t i = first; i < args.size(); ++i) {
    if (name_expected && IsOptionName(args[i])) {
      if (!lines.empty()) lines += '\n';
      lines += args[i].substr(2) + " ";
      const auto words = SplitWords(args[i]);
      const bool has_value = !words || words->size() != 1;  // "--port 6380" as one argument.
      const bool alone = i + 1 == args.size() || IsOptionName(args[i + 1]);
      if (!has_value && alone && LowerCase(args[i]) == "--save") {
        lines += "\"\"";
      } else {
        name_expected = has_value;
      }
    } else {
      AppendQuoted(lines, args[i]);
      lines += ' ';
      name_expected = true;
    }
  }
  return lines;
}

std::string AbsolutePath(const std::string& path) {
  if (path.empty() || path[0] == '/') return path;
  char directory[PATH_MAX];
  if (getcwd(directory, sizeof directory) == nullptr) return path;
  return std::string(directory) + "/" + path;
}

std::string FatalText(size_t line_number, const std::string& line, const std::string& reason) {
  return "\n*** FATAL CONFIG FILE ERROR (Thimble " + std::string(kThimbleVersion) +
         ") ***\nReading the configuration file, at line " + std::to_string(line_number) +
         "\n>>> '" + line + "'\n" + reason + "\n";
}

Result<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file && file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
  if (!file.is_open() || file.bad()) {
    Log(LogLevel::kWarning,
        "Fatal error, can't open config file '" + path + "': " + std::string(std::strerror(errno)));
    return Error::Message("");
  }
  return std::move(text).str();
}

Result<void> ApplyText(Config& config, const std::string& text, int depth);

// The files an `include` names; a pattern that matches nothing names none.
Result<void> Include(Config& config, const std::string& pattern, int depth) {
  std::vector<std::string> paths{pattern};
  if (pattern.find_first_of("*?[") != std::string::npos) {
    paths.clear();
    glob_t found{};
    if (glob(pattern.c_str(), 0, nullptr, &found) == 0) {
      paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    }
    globfree(&found);
  }
  for (const std::string& path : paths) {
    Result<std::string> text = ReadFile(path);
    if (!text.ok()) return text.error();
    Result<void> applied = ApplyText(config, *text, depth);
    if (!applied.ok()) return applied;
  }
  return Ok();
}

std::string_view Trimmed(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t start = line.find_first_not_of(kBlank);
  if (start == std::string_view::npos) return {};
  return line.substr(start, line.find_last_not_of(kBlank) - start + 1);
}

Result<void> ApplyText(Config& config, const std::string& text, int depth) {
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line(Trimmed(std::string_view(text).substr(at, end - at)));
    at = end + 1;
    ++number;
    if (line.empty() || line[0] == '#') continue;

    const auto words = SplitWords(line);
    if (!words) {
      return Error::Message(FatalText(number, line, "Unbalanced quotes in configuration line"));
    }
    if (words->empty()) continue;
    if (LowerCase((*words)[0]) == "include" && words->size() == 2) {
      if (depth == kMaxIncludeDepth) {
        return Error::Message(FatalText(number, line, "include files are nested too deeply"));
      }
      Result<void> included = Include(config, (*words)[1], depth + 1);
      if (!included.ok()) return included;
      continue;
    }
    Result<void> applied = config.ApplyLine(*words);
    if (!applied.ok()) return Error::Message(FatalText(number, line, applied.error().text()));
  }
  return Ok();
}

}  // namespace

std::optional<CommandLine> ParseCommandLine(const std::vector<std::string>& args, int* exit_code) {
  if (const std::optional<int> code = RunSpecialRequest(args)) {
    *exit_code = *code;
    return std::nullopt;
  }
  CommandLine command_line;
  std::vector<std::string> rest = args;
  size_t first_option = 0;
  if (!rest.empty() && (rest.front() == "-" || rest.back() == "-")) {
    command_line.from_stdin = true;
    rest.erase(rest.front() == "-" ? rest.begin() : rest.end() - 1);
  }
  if (!rest.empty() && !rest[0].starts_with('-')) {
    command_line.file = rest[0];
    first_option = 1;
  }
  command_line.options = OptionLines(rest, first_option);
  return command_line;
}

Result<void> LoadConfiguration(Config& config, const CommandLine& command_line) {
  std::string text;
  if (!command_line.file.empty()) {
    config.set_file(AbsolutePath(command_line.file));
    Result<std::string> content = ReadFile(config.file());
    if (!content.ok()) return content.error();
    text = std::move(*content);
    if (!text.ends_with('\n')) text += '\n';
  }
  if (command_line.from_stdin) {
    Log(LogLevel::kWarning, "Reading config from stdin");
    text.append(std::istreambuf_iterator<char>(std::cin), {});
  }
  if (!command_line.options.empty()) text += "\n" + command_line.options;
  return ApplyText(config, text, 0);
}

}  // namespace thimble
