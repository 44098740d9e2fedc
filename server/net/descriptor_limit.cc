#include "server/net/descriptor_limit.h"

#include <algorithm>

#include <sys/resource.h>

namespace thimble {

size_t RaiseDescriptorLimit(size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::min<size_t>(wanted, 1024);
  if (limit.rlim_cur >= wanted) return limit.rlim_cur;

  // Privileged processes may raise the hard limit too, up to the kernel's own.
  const rlimit raised{.rlim_cur = wanted, .rlim_max = std::max<rlim_t>(wanted, limit.rlim_max)};
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return wanted;
  const rlimit soft{.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max),
                    .rlim_max = limit.rlim_max};
  if (setrlimit(RLIMIT_NOFILE, &soft) == 0) return soft.rlim_cur;
  return limit.rlim_cur;
}

}  // namespace thimble
