#pragma once

#include <cstdint>
#include <span>

#include "storage/common/bytes.h"

namespace thimble {

class Effects;

// What a command did to some fields of a hash, told instead of the command.

// Their deadline is `deadline_ms` now; 0 = they have none any more.
void TellFieldDeadline(Effects& effects, int database, Bytes key, uint64_t deadline_ms,
                       std::span<const Bytes> fields);

void TellFieldsGone(Effects& effects, int database, Bytes key, std::span<const Bytes> fields);

}  // namespace thimble
