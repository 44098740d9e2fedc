#include "storage/common/check.h"

#include <cstdio>
#include <cstdlib>

namespace thimble {

namespace {

void ToStandardError(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "=== ASSERTION FAILED ===\n==> %s:%d '%s' is not true\n", file, line,
               condition);
  std::fflush(stderr);
}

CheckReport current_report = ToStandardError;

}  // namespace

void SetCheckReport(CheckReport report) {
  current_report = report;
}

void CheckFailed(const char* file, int line, const char* condition) {
  current_report(file, line, condition);
  std::abort();
}

}  // namespace thimble
