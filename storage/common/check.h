#pragma once

namespace thimble {

// Prints "ASSERTION FAILED" with where and what, then aborts. Never returns.
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition);

// Has `report` tell of a failed check instead of standard error; the process is aborted all the
// same. It must not allocate: what failed may be the heap.
using CheckReport = void (*)(const char* file, int line, const char* condition);
void SetCheckReport(CheckReport report);

}  // namespace thimble

// THIMBLE_CHECK states what must hold if our own code is right. It stays on in release builds: a
// broken invariant must not be written to memory or to disk. Never use it on what a client sent.
#define THIMBLE_CHECK(condition)                              \
  do {                                                        \
    if (!(condition)) [[unlikely]]                            \
      ::thimble::CheckFailed(__FILE__, __LINE__, #condition); \
  } while (false)

// THIMBLE_DCHECK is for checks too dear for a release build's hot path.
#ifdef NDEBUG
#define THIMBLE_DCHECK(condition) \
  do {                            \
    (void)sizeof(condition);      \
  } while (false)
#else
#define THIMBLE_DCHECK(condition) THIMBLE_CHECK(condition)
#endif
