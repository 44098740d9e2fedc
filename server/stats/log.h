#pragma once

#include <string>
#include <string_view>

namespace thimble {

struct Settings;

enum class LogLevel { kDebug, kVerbose, kNotice, kWarning };

// One line of the process's log: "PID:ROLE DD Mon YYYY HH:MM:SS.mmm LEVEL text", with one of . - *
// # for the level. A process has one log; before OpenLog it goes to standard output. Below the
// level in force nothing is formatted or written. The file is opened for each line, so that it can
// be rotated by renaming it.
void Log(LogLevel level, std::string_view text);

// Follows loglevel, logfile and the syslog options from now on.
void OpenLog(const Settings& settings);
// Where it goes: a file's absolute name; empty for standard output.
const std::string& LogFile();
// Only the level, after CONFIG SET loglevel.
void SetLogLevel(std::string_view name);

// M for a server, C for one not yet started. Shown in every line.
void SetLogRole(char role);

}  // namespace thimble
