#include "storage/common/check.h"

#include <cstdio>
#include <cstdlib>

namespace thimble {

void CheckFailed(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "=== ASSERTION FAILED ===\n==> %s:%d '%s' is not true\n", file, line,
               condition);
  std::fflush(stderr);
  std::abort();
}

}  // namespace thimble
