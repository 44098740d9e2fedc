#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "storage/common/bytes.h"
#include "storage/common/text.h"

namespace thimble {

// The digits of items that are integers, for as long as a walk promises its visits.
class PrintedItems {
 public:
  Bytes Next(int64_t integer) {
    char* const digits = digits_[next_].data();
    next_ = (next_ + 1) % digits_.size();
    return {digits, static_cast<size_t>(Text(integer).CopyTo(digits) - digits)};
  }

 private:
  std::array<std::array<char, Text::kMaxDigits>, 3> digits_;
  size_t next_ = 0;
};

}  // namespace thimble
