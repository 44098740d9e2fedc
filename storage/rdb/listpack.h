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

// What stands at the front of a listpack whose ends fit: nothing, if they do not.
struct ListpackHead {
  Bytes items;
  std::optional<size_t> announced;  // How many there are; nothing if it does not say.
};
std::optional<ListpackHead> ReadListpackHead(Bytes listpack);

// An item: an integer, or a view of the listpack.
struct ListpackItem {
  size_t bytes = 0;  // With all that belongs to it.
  bool is_integer = false;
  int64_t integer = 0;
  Bytes string;
};
// Reads the one at the front of these items. False if it is malformed or there is none.
bool ReadListpackItem(Bytes items, ListpackItem& item);

// Most items are strings of up to 63 bytes, with one byte before and one behind. How long the one
// at the front is, or more than that if it is not such a string, or not well formed.
inline constexpr size_t kMaxShortListpackString = 63;
inline size_t ShortListpackString(Bytes items) {
  constexpr uint8_t kCode = 0x80;  // 10xxxxxx
  constexpr size_t kNone = kMaxShortListpackString + 1;
  if (items.size() < 2) return kNone;
  const size_t length = static_cast<uint8_t>(items[0]) ^ kCode;
  if (length > kMaxShortListpackString || items.size() < length + 2) return kNone;
  return static_cast<uint8_t>(items[length + 1]) == length + 1 ? length : kNone;
}
// Takes it off. REQUIRES: there is one of this length.
inline void DropShortListpackString(Bytes& items, size_t length) {
  items = Bytes(items.data() + length + 2, items.size() - length - 2);
}

// Goes through a listpack item by item, and checks each part on the way.
class ListpackCursor {
 public:
  explicit ListpackCursor(Bytes listpack);

  // How many items it says there are; nothing if it does not.
  std::optional<size_t> announced() const { return announced_; }
  // To the first item, or the next. False behind the last, and where it is malformed.
  bool Next() { return NextShortString() || NextAny(); }
  // The item: an integer, or a view of the listpack. REQUIRES: Next() was true.
  bool is_integer() const { return item_.is_integer; }
  int64_t integer() const { return item_.integer; }
  Bytes string() const { return item_.string; }
  // Whether all of it was well formed. REQUIRES: Next() was false.
  bool sound() const { return sound_ && announced_.value_or(items_) == items_; }

 private:
  bool NextShortString() {
    const size_t length = ShortListpackString(rest_);
    if (length > kMaxShortListpackString) return false;
    item_.string = Bytes(rest_.data() + 1, length);
    item_.is_integer = false;
    DropShortListpackString(rest_, length);
    ++items_;
    return true;
  }
  bool NextAny();

  Bytes rest_;  // What is behind the item, up to the end mark.
  std::optional<size_t> announced_;
  size_t items_ = 0;
  bool sound_ = false;
  ListpackItem item_;
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
