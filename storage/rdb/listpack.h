#pragma once

#include <cstdint>
#include <optional>

#include "storage/common/bytes.h"
#include "storage/common/function_ref.h"
#include "storage/common/text.h"

namespace thimble {

// Redis's listpack, which files and payloads hold small collections in:
//
//   [bytes in all: 4] [items: 2, 0xFFFF = unknown] [item]... [0xFF]
//   item = [code and length: 1 to 5] [bytes] [size of the two before: 1 to 5, read backwards]

inline constexpr size_t kListpackHeaderBytes = 6;

// Goes through a listpack item by item, and checks each part on the way.
class ListpackCursor {
 public:
  explicit ListpackCursor(Bytes listpack);

  // How many items it says there are; nothing if it does not.
  std::optional<size_t> announced() const { return announced_; }
  // To the first item, or the next. False behind the last, and where it is malformed.
  bool Next() { return NextShortString() || NextAny(); }
  // The item: an integer, or a view of the listpack. REQUIRES: Next() was true.
  bool is_integer() const { return is_integer_; }
  int64_t integer() const { return integer_; }
  Bytes string() const { return string_; }
  // Whether all of it was well formed. REQUIRES: Next() was false.
  bool sound() const { return sound_ && announced_.value_or(items_) == items_; }

 private:
  // Strings of up to so many bytes have one byte before and one behind.
  static constexpr uint8_t kShortString = 0x80;  // 10xxxxxx
  static constexpr uint8_t kMaxShortString = 0x3F;

  // Most items are such strings. False, and nothing done, if the next one is not, or not well
  // formed.
  bool NextShortString() {
    if (rest_.size() < 2) return false;
    const size_t length = static_cast<uint8_t>(rest_[0]) ^ kShortString;
    if (length > kMaxShortString || rest_.size() < length + 2) return false;
    if (static_cast<uint8_t>(rest_[length + 1]) != length + 1) return false;
    string_ = Bytes(rest_.data() + 1, length);
    is_integer_ = false;
    rest_ = Bytes(rest_.data() + length + 2, rest_.size() - length - 2);
    ++items_;
    return true;
  }
  bool NextAny();
  bool ReadItem();
  bool ReadInteger(size_t bytes);

  Bytes rest_;  // What is behind the item, up to the end mark.
  std::optional<size_t> announced_;
  size_t items_ = 0;
  bool sound_ = false;
  size_t head_bytes_ = 0;  // Of the item: its code.
  bool is_integer_ = false;
  int64_t integer_ = 0;
  Bytes string_;
};

// Visits each item in order, integers printed; stops when `visit` returns false. False if it did or
// the listpack is malformed in any part. An item's bytes live for its visit and the next two.
bool WalkListpack(Bytes listpack, FunctionRef<bool(Bytes item)> visit);

// Writes one from front to back where there is room for it.
class ListpackWriter {
 public:
  // The most bytes Redis takes for one.
  static constexpr size_t kMaxBytes = size_t{1} << 30U;
  // What one takes at most whose strings are of so many bytes together.
  static constexpr size_t MostBytes(size_t items, size_t string_bytes) {
    return kListpackHeaderBytes + items * kMostBesideString + string_bytes + 1;
  }

  // `room` is MostBytes() long.
  explicit ListpackWriter(char* room) : room_(room), end_(room + kListpackHeaderBytes) {}
  // REQUIRES: as storage keeps it: what looks like an integer is one.
  void Append(const Text& item) {
    if (item.is_integer()) {
      AppendInteger(item.integer());
    } else {
      AppendString(item);
    }
    ++items_;
  }
  // The finished listpack; nothing may follow.
  Bytes Finish();

 private:
  static constexpr size_t kMostBesideString = 10;  // Or an integer and what is beside that.

  void AppendInteger(int64_t integer);
  void AppendString(const Text& string);
  void AppendBackLength(size_t entry_bytes);

  char* room_;
  char* end_;
  size_t items_ = 0;
};

}  // namespace thimble
