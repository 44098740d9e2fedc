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

// Redis 8 and Valkey 9 log HSETEX, HPEXPIREAT and HPERSIST. With `drop_deadlines`, fields whose
// deadline is past by `now_ms` are deleted and others kept without it; else a deadline has no
// meaning. Views are those of `args`. REQUIRES: there is a name.
ForeignRequest TranslateForeign(std::span<const Bytes> args, bool drop_deadlines, int64_t now_ms);

}  // namespace thimble
