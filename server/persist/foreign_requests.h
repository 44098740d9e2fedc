#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// What a request that only other servers log comes to here.
struct ForeignRequest {
  bool known = false;           // False: it has no meaning here.
  std::vector<Bytes> instead;   // What to run; empty for nothing.
  uint64_t deadlines_lost = 0;  // Of fields, which are kept without one.
};

// RESTORE-ASKING is what members of a cluster tell each other. Redis 8 and Valkey 9 log HSETEX,
// HPEXPIREAT and HPERSIST. Deadlines have no meaning here, or with `drop_deadlines` are left out:
// also one that is past, for what is behind in the log may have put it off. Views are those of
// `args`. REQUIRES: there is a name.
ForeignRequest TranslateForeign(std::span<const Bytes> args, bool drop_deadlines);

}  // namespace thimble
