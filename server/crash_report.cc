#include "server/crash_report.h"

#include <algorithm>
#include <climits>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>

#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

#include "server/config/identity.h"
#include "server/stats/log.h"
#include "storage/common/check.h"

// All of this may run in a signal handler, in a process whose heap is no longer sound: no
// allocation, no locks, no stdio. backtrace() loads its unwinder at its first call, so that one is
// made ahead.

namespace thimble {
namespace {

constexpr int kSignals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr int kMaxFrames = 100;

char log_file[PATH_MAX];  // Empty: standard output.

// A stack that has overflowed cannot carry its own report.
alignas(16) char signal_stack[64 << 10];

// One line, cut off where it would not fit.
class Line {
 public:
  // With the beginning of a line of the log, as far as a handler may know it.
  static Line OfLog() {
    Line line;
    return line.Number(getpid()).Text(":signal-handler (").Number(time(nullptr)).Text(") ");
  }

  Line& Text(std::string_view text) {
    const size_t taken = std::min(text.size(), sizeof bytes_ - 1 - length_);
    std::memcpy(bytes_ + length_, text.data(), taken);
    length_ += taken;
    return *this;
  }

  Line& Number(int64_t value) {
    if (value >= 0) return Digits(static_cast<uint64_t>(value), 10);
    return Text("-").Digits(~static_cast<uint64_t>(value) + 1, 10);
  }

  Line& Address(const void* address) {
    return Text("0x").Digits(reinterpret_cast<uintptr_t>(address), 16);
  }

  void WriteTo(int file) {
    bytes_[length_++] = '\n';
    if (write(file, bytes_, length_) < 0) return;  // Nobody is left to be told.
  }

 private:
  Line& Digits(uint64_t value, unsigned base) {
    char digits[20];
    char* const end = digits + sizeof digits;
    char* begin = end;
    do {
      *--begin = "0123456789abcdef"[value % base];
      value /= base;
    } while (value != 0);
    return Text({begin, static_cast<size_t>(end - begin)});
  }

  char bytes_[512];
  size_t length_ = 0;
};

int OpenForReport() {
  if (log_file[0] == '\0') return STDOUT_FILENO;
  const int file = open(log_file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  return file >= 0 ? file : STDERR_FILENO;
}

void ReportCheck(const char* file, int line, const char* condition) {
  const int log = OpenForReport();
  Line::OfLog().Text("=== ASSERTION FAILED ===").WriteTo(log);
  Line::OfLog()
      .Text("==> ")
      .Text(file)
      .Text(":")
      .Number(line)
      .Text(" '")
      .Text(condition)
      .Text("' is not true")
      .WriteTo(log);
}

void ReportSignal(int signal, siginfo_t* info, void* /*context*/) {
  const int log = OpenForReport();
  Line().Text("=== THIMBLE CRASH REPORT ===").WriteTo(log);
  Line::OfLog()
      .Text("Thimble ")
      .Text(kThimbleVersion)
      .Text(" crashed by signal: ")
      .Number(signal)
      .Text(", si_code: ")
      .Number(info->si_code)
      .WriteTo(log);
  if (info->si_code > 0) {
    Line::OfLog().Text("Accessing address: ").Address(info->si_addr).WriteTo(log);
  } else {
    Line::OfLog()
        .Text("Sent by PID: ")
        .Number(info->si_pid)
        .Text(", UID: ")
        .Number(info->si_uid)
        .WriteTo(log);
  }
  Line().Text("------ STACK TRACE ------").WriteTo(log);
  void* frames[kMaxFrames];
  backtrace_symbols_fd(frames, backtrace(frames, kMaxFrames), log);
  Line().Text("------ STACK TRACE DONE ------").WriteTo(log);
  Line().Text("=== END OF THE CRASH REPORT ===").WriteTo(log);
  raise(signal);  // Blocked until this returns; by then the default action is in force.
}

}  // namespace

void SetCrashReport(bool enabled) {
  const std::string& file = LogFile();
  log_file[file.copy(log_file, sizeof log_file - 1)] = '\0';
  SetCheckReport(ReportCheck);

  void* first[1];
  backtrace(first, 1);
  stack_t stack{};
  stack.ss_sp = signal_stack;
  stack.ss_size = sizeof signal_stack;
  sigaltstack(&stack, nullptr);

  struct sigaction action {};
  if (enabled) {
    action.sa_sigaction = ReportSignal;
    action.sa_flags = static_cast<int>(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND);
  } else {
    action.sa_handler = SIG_DFL;
  }
  for (const int signal : kSignals) sigaction(signal, &action, nullptr);
}

}  // namespace thimble
