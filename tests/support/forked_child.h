#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include "storage/common/function_ref.h"

namespace thimble {

// Runs `check` in a copy of the process, made by fork, that ends with it. False if there could be
// no copy, or if it did not end by itself.
inline bool HoldsInForkedChild(FunctionRef<bool()> check) {
  const pid_t child = fork();
  if (child == 0) _exit(check() ? 0 : 1);
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

}  // namespace thimble
