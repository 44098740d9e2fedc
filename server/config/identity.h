#pragma once

namespace thimble {

// The Redis version whose behaviour clients may rely on; they compare it numerically to decide what
// to use. Shown as redis_version and in HELLO.
inline constexpr const char* kRedisVersion = "7.2.4";
// Our own, from the build.
extern const char* const kThimbleVersion;

}  // namespace thimble
