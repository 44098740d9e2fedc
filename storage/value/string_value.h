#pragma once

#include <cstdint>

#include "storage/common/text.h"
#include "storage/value/encoding.h"

namespace thimble {

// What can be asked of a string. Dies at the next non-const call on its keyspace.
class StringView {
 public:
  bool exists() const;
  Text text() const;  // Empty when it does not exist.
  size_t size() const { return text().size(); }
  // `int` for canonical integers, `embstr` up to 44 bytes, else `raw` (a string that was appended
  // to or changed in place is `raw` whatever its length).
  Encoding encoding() const;
};

// A string open for change, reached only through KeyEdit: for what changes part of a string.
// Setting it whole is Keyspace::SetString. Unlike collections, an empty string is a value: the key
// comes to be, or stays, once Set, Append or Overwrite was called.
class StringValue : public StringView {
 public:
  using View = StringView;
  static constexpr ObjectType kType = ObjectType::kString;

  void Set(Bytes value);                     // INCR and friends: deadline stays.
  void Append(Bytes tail);                   // Amortised O(tail).
  // Writes `part` at `offset`, filling a gap with zero bytes.
  void Overwrite(size_t offset, Bytes part);
};

}  // namespace thimble
