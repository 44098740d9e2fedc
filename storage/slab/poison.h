#pragma once

#include <cstddef>

// Tells AddressSanitizer what of a slab may be touched; without it, nothing happens. It knows the C
// library's heap by itself, but is blind inside memory that we divide ourselves.

#if defined(__SANITIZE_ADDRESS__)
#define THIMBLE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define THIMBLE_ASAN 1
#endif
#endif

#if defined(THIMBLE_ASAN)
#include <sanitizer/asan_interface.h>
#endif

namespace thimble {

inline void PoisonMemory([[maybe_unused]] const void* start, [[maybe_unused]] size_t size) {
#if defined(THIMBLE_ASAN)
  __asan_poison_memory_region(start, size);
#endif
}

inline void UnpoisonMemory([[maybe_unused]] const void* start, [[maybe_unused]] size_t size) {
#if defined(THIMBLE_ASAN)
  __asan_unpoison_memory_region(start, size);
#endif
}

}  // namespace thimble
