#pragma once

#include <cstddef>

namespace thimble {

// Asks for the cache line of an address, which may be any at all. GCC takes a function that does
// nothing but __builtin_prefetch for one without effect and deletes the calls to it, silently;
// an asm statement it keeps.
[[gnu::always_inline]] inline void Prefetch(const void* address) {
#if defined(__x86_64__)
  asm volatile("prefetcht0 (%0)" : : "r"(address));
#else
  __builtin_prefetch(address);
#endif
}

// Of all the lines from an address on that begin within so many bytes.
[[gnu::always_inline]] inline void PrefetchBytes(const char* address, size_t bytes) {
  constexpr size_t kLine = 64;
  for (size_t offset = 0; offset < bytes; offset += kLine) Prefetch(address + offset);
}

}  // namespace thimble
