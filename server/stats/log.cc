#include "server/stats/log.h"

#include <algorithm>
#include <atomic>
#include <ctime>

#include <fcntl.h>
#include <sys/time.h>
#include <syslog.h>
#include <unistd.h>

#include "server/config/settings.h"

namespace thimble {
namespace {

struct LogState {
  std::atomic<LogLevel> level =
      LogLevel::kNotice;  // Threads look at it while CONFIG SET changes it.
  std::string file;
  bool syslog = false;
  std::string ident;  // openlog() keeps the pointer.
  char role = 'C';
};

LogState& State() {
  static LogState state;
  return state;
}

constexpr size_t kMaxLine = 64 * 1024;

std::string Prefix(LogLevel level, char role) {
  static constexpr char kMarks[] = {'.', '-', '*', '#'};
  timeval now{};
  gettimeofday(&now, nullptr);
  tm local{};
  localtime_r(&now.tv_sec, &local);
  char when[64];
  const size_t length = std::strftime(when, sizeof when, "%d %b %Y %H:%M:%S.", &local);
  std::string milliseconds = std::to_string(now.tv_usec / 1000);
  milliseconds.insert(0, 3 - milliseconds.size(), '0');
  return std::to_string(getpid()) + ":" + role + " " + std::string(when, length) + milliseconds +
         " " + kMarks[static_cast<size_t>(level)] + " ";
}

// A log that cannot be written must not stop the server.
void WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

int FacilityOf(const std::string& name) {
  if (name == "user") return LOG_USER;
  static constexpr int kLocal[] = {LOG_LOCAL0, LOG_LOCAL1, LOG_LOCAL2, LOG_LOCAL3,
                                   LOG_LOCAL4, LOG_LOCAL5, LOG_LOCAL6, LOG_LOCAL7};
  return kLocal[(name.back() - '0') & 7];
}

}  // namespace

void Log(LogLevel level, std::string_view text) {
  const LogState& state = State();
  if (level < state.level) return;
  text = text.substr(0, kMaxLine);
  const std::string line = Prefix(level, state.role) + std::string(text) + "\n";
  if (state.file.empty()) {
    WriteAll(STDOUT_FILENO, line);
  } else {
    const int file = open(state.file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (file >= 0) {
      WriteAll(file, line);
      close(file);
    }
  }
  if (state.syslog) {
    static constexpr int kPriorities[] = {LOG_DEBUG, LOG_INFO, LOG_NOTICE, LOG_WARNING};
    syslog(kPriorities[static_cast<size_t>(level)], "%.*s", static_cast<int>(text.size()),
           text.data());
  }
}

void OpenLog(const Settings& settings) {
  LogState& state = State();
  state.file = settings.logfile;
  // A relative name must survive a later CONFIG SET dir.
  if (!state.file.empty() && state.file[0] != '/') state.file = settings.dir + "/" + state.file;
  state.syslog = settings.syslog_enabled;
  if (state.syslog) {
    state.ident = settings.syslog_ident;
    openlog(state.ident.c_str(), LOG_PID | LOG_NDELAY | LOG_NOWAIT,
            FacilityOf(settings.syslog_facility));
  }
  SetLogLevel(settings.loglevel);
}

const std::string& LogFile() {
  return State().file;
}

void SetLogLevel(std::string_view name) {
  static constexpr std::string_view kNames[] = {"debug", "verbose", "notice", "warning"};
  const auto found = std::find(std::begin(kNames), std::end(kNames), name);
  if (found != std::end(kNames)) State().level = static_cast<LogLevel>(found - std::begin(kNames));
}

void SetLogRole(char role) {
  State().role = role;
}

}  // namespace thimble
