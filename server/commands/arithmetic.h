#pragma once

#include <cstdint>
#include <optional>

#include "storage/common/number.h"
#include "storage/common/result.h"
#include "storage/common/text.h"

namespace thimble {

// The integer a stored text stands for, if it is one.
inline std::optional<int64_t> IntegerOf(const Text& text) {
  if (text.is_integer()) return text.integer();
  std::string scratch;
  return ParseInt64(text.Flatten(scratch));
}

}  // namespace thimble
