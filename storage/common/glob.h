#pragma once

#include "storage/common/bytes.h"

namespace thimble {

enum class GlobCase : bool { kSensitive, kInsensitive };

// Redis's glob: `*`, `?`, `[abc]`, `[^a-z]`, `\x`. An unclosed `[` reaches to the end of the
// pattern; a reversed range is swapped; the empty text matches no pattern but the empty one, not
// even
// "*". Backtracks only to the latest `*`: O(pattern * text) at
// worst, no recursion, whatever a client sends.
bool GlobMatch(Bytes pattern, Bytes text, GlobCase sensitivity = GlobCase::kSensitive);

}  // namespace thimble
