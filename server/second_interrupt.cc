#include "server/second_interrupt.h"

#include <algorithm>
#include <climits>

#include <fcntl.h>
#include <unistd.h>

#include "server/stats/log.h"

namespace thimble {
namespace {

// What the handler finds: it may not ask for memory.
char unfinished_file[PATH_MAX];
char log_file[PATH_MAX];  // Empty for standard output.
char farewell[64];

void Keep(char* to, size_t room, const std::string& text) {
  to[text.copy(to, room - 1)] = '\0';
}

void EndAtOnce(int /*signal*/) {
  const int log = log_file[0] == '\0' ? STDOUT_FILENO : open(log_file, O_WRONLY | O_APPEND);
  const size_t size = static_cast<size_t>(std::find(farewell, std::end(farewell), '\0') - farewell);
  (void)!write(log, farewell, size);
  unlink(unfinished_file);
  _exit(1);
}

}  // namespace

SecondInterrupt::SecondInterrupt(const std::string& unfinished) {
  Keep(unfinished_file, sizeof unfinished_file, unfinished);
  Keep(log_file, sizeof log_file, LogFile());
  Keep(farewell, sizeof farewell,
       std::to_string(getpid()) + ":signal-handler You insist... exiting now.\n");
  struct sigaction action = {};
  action.sa_handler = EndAtOnce;
  sigaction(SIGINT, &action, &before_);
}

SecondInterrupt::~SecondInterrupt() {
  sigaction(SIGINT, &before_, nullptr);
}

}  // namespace thimble
