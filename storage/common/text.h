#pragma once

#include <cstdint>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/copy.h"
#include "storage/common/print_integer.h"

namespace thimble {

// A string as storage holds it: a shared prefix and the rest, or an integer kept in binary. It
// borrows: a Text lives as long as the view or position it came from. Nothing is copied until
// somebody asks for contiguous bytes.
class Text {
 public:
  static constexpr size_t kMaxDigits = thimble::kMaxDigits;

  Text() = default;
  explicit Text(Bytes whole) : tail_(whole) {}
  Text(Bytes prefix, Bytes rest) : head_(prefix), tail_(rest) {}
  explicit Text(int64_t integer) : integer_(integer), is_integer_(true) {}

  bool is_integer() const { return is_integer_; }
  // REQUIRES: is_integer().
  int64_t integer() const { return integer_; }
  // The two pieces; both empty when is_integer().
  Bytes head() const { return head_; }
  Bytes tail() const { return tail_; }

  // Length in bytes of the decimal form or of both pieces together. O(digits).
  size_t size() const {
    if (!is_integer_) return head_.size() + tail_.size();
    char digits[kMaxDigits];
    return static_cast<size_t>(PrintInteger(digits, integer_) - digits);
  }

  // Writes exactly size() bytes and returns the end. For integers `out` must have kMaxDigits
  // bytes of room.
  char* CopyTo(char* out) const {
    if (is_integer_) return PrintInteger(out, integer_);
    CopyBytes(out, head_.data(), head_.size());
    CopyBytes(out + head_.size(), tail_.data(), tail_.size());
    return out + head_.size() + tail_.size();
  }

  void AppendTo(std::string& out) const {
    if (is_integer_) {
      char digits[kMaxDigits];
      out.append(digits, static_cast<size_t>(CopyTo(digits) - digits));
    } else {
      out.append(head_).append(tail_);
    }
  }

  std::string ToString() const {
    std::string out;
    AppendTo(out);
    return out;
  }

  // Contiguous bytes: the Text's own where it has but one piece, else `scratch`, overwritten.
  Bytes Flatten(std::string& scratch) const {
    if (!is_integer_ && head_.empty()) return tail_;
    scratch.clear();
    AppendTo(scratch);
    return scratch;
  }

  bool operator==(Bytes other) const {
    if (is_integer_) {
      char digits[kMaxDigits];
      return other == Bytes(digits, static_cast<size_t>(CopyTo(digits) - digits));
    }
    return other.size() == head_.size() + tail_.size() && other.starts_with(head_) &&
           other.substr(head_.size()) == tail_;
  }

 private:
  Bytes head_;
  Bytes tail_;
  int64_t integer_ = 0;
  bool is_integer_ = false;
};

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
