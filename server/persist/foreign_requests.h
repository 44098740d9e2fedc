#pragma once

#include <span>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// Logs of Redis 8 and Valkey 9 hold requests of commands that this server has not: HSETEX, which
// Redis 8 writes for HINCRBYFLOAT too, and the deadlines of fields. Finds what does the same here,
// which lives as long as `args`; empty if that is nothing. False if there is no such thing, because
// of fields' deadlines too unless `drop_field_deadlines`.
bool TranslateForeign(std::span<const Bytes> args, bool drop_field_deadlines,
                      std::vector<Bytes>* translated);

}  // namespace thimble
