#pragma once

#include <cstdint>
#include <optional>

#include "storage/common/number.h"
#include "storage/common/result.h"
#include "storage/common/text.h"

namespace thimble {

// Arithmetic shared by INCR, HINCRBY and their float forms.

// The integer a stored text stands for, if it is one.
inline std::optional<int64_t> IntegerOf(const Text& text) {
  if (text.is_integer()) return text.integer();
  std::string scratch;
  return ParseInt64(text.Flatten(scratch));
}

// Fails with kOverflow.
inline Result<int64_t> AddChecked(int64_t value, int64_t increment) {
  int64_t sum = 0;
  if (__builtin_add_overflow(value, increment, &sum)) return Errc::kOverflow;
  return sum;
}

// A decimal integer on the stack.
class DecimalInteger {
 public:
  explicit DecimalInteger(int64_t value)
      : size_(static_cast<size_t>(Text(value).CopyTo(digits_) - digits_)) {}
  Bytes bytes() const { return {digits_, size_}; }

 private:
  char digits_[Text::kMaxDigits];
  size_t size_;
};

}  // namespace thimble
