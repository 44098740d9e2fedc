#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/common/bytes.h"
#include "storage/compact/byte_buffer.h"

namespace thimble {

// A set of integers in ascending order, all of one width:
//
//   [width: 2, 4 or 8] [integer of that many bytes, little-endian]...
//
// The width is that of the widest integer that was ever a member. No bytes at all are no members.

class IntSetView {
 public:
  explicit IntSetView(Bytes set) : set_(set) {}

  size_t count() const;
  int64_t At(size_t index) const;  // REQUIRES: index < count().
  bool Contains(int64_t value) const;
  // The index of the first member that is not less than `value`; count() if there is none.
  size_t LowerBound(int64_t value) const;

  // What is wrong, or nothing. O(size).
  std::optional<std::string> CheckInvariants() const;

 private:
  friend class IntSetEditor;
  size_t width() const { return set_.empty() ? 0 : static_cast<size_t>(set_[0]); }

  Bytes set_;
};

class IntSetEditor {
 public:
  explicit IntSetEditor(ByteBuffer& buffer) : buffer_(buffer) {}

  bool Add(int64_t value);     // True if the integer is new. O(size).
  bool Remove(int64_t value);  // True if the integer was there. O(size).

 private:
  void Widen(size_t width);

  ByteBuffer& buffer_;
};

}  // namespace thimble
