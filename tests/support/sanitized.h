#pragma once

namespace thimble {

// Built with AddressSanitizer, or for valgrind: where every access is checked, a tenth of the
// rounds must do.
#if defined(__SANITIZE_ADDRESS__) || defined(THIMBLE_FOR_VALGRIND)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace thimble
