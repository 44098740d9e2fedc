#include "storage/rdb/listpack.h"

#include <array>
#include <cstring>

#include "storage/common/packed_int.h"
#include "storage/rdb/little_endian.h"
#include "storage/rdb/printed_items.h"

namespace thimble {
namespace {

constexpr uint16_t kManyItems = UINT16_MAX;
constexpr char kEndMark = '\xFF';

// The first byte of an item. Forms with a range carry bits of the length or the integer.
constexpr uint8_t kString6 = 0x80;   // 10xxxxxx
constexpr uint8_t kInt13 = 0xC0;     // 110xxxxx and a byte
constexpr uint8_t kString12 = 0xE0;  // 1110xxxx and a byte
constexpr uint8_t kString32 = 0xF0;
constexpr uint8_t kInt16 = 0xF1;
constexpr uint8_t kInt24 = 0xF2;
constexpr uint8_t kInt32 = 0xF3;
constexpr uint8_t kInt64 = 0xF4;

constexpr size_t kMaxString12 = 4095;
constexpr unsigned kLengthBits = 7;
constexpr size_t kMostBackBytes = 5;

struct BackLength {
  std::array<char, kMostBackBytes> bytes;
  size_t count;
};

// The size of an entry as it stands behind it: seven bits a byte, the lowest last.
BackLength BackLengthOf(size_t entry_bytes) {
  BackLength back{};
  back.count = 1;
  for (size_t rest = entry_bytes >> kLengthBits; rest > 0; rest >>= kLengthBits) ++back.count;
  for (size_t i = back.count; i-- > 0; entry_bytes >>= kLengthBits) {
    const unsigned continued = i == 0 ? 0U : 0x80U;
    back.bytes[i] = static_cast<char>((entry_bytes & 0x7FU) | continued);
  }
  return back;
}

// Of how many bytes what stands behind the entry at the front of `rest` is; 0 if it is not the
// entry's size.
size_t CheckBackLength(Bytes rest, size_t entry_bytes) {
  if (entry_bytes < size_t{1} << kLengthBits) [[likely]] {
    const bool right =
        rest.size() > entry_bytes && static_cast<unsigned char>(rest[entry_bytes]) == entry_bytes;
    return right ? 1 : 0;
  }
  const BackLength back = BackLengthOf(entry_bytes);
  if (rest.size() < entry_bytes + back.count) return 0;
  return std::memcmp(rest.data() + entry_bytes, back.bytes.data(), back.count) == 0 ? back.count
                                                                                    : 0;
}

// What stands before the bytes of a string, or is an integer. No bytes if the code is unknown or
// cut off; those of a string may be.
size_t ReadListpackCode(Bytes items, ListpackItem& item) {
  const auto byte = [items](size_t i) { return static_cast<uint8_t>(items[i]); };
  const auto string = [&](size_t head_bytes, size_t length) {
    item.string = Bytes(items.data() + head_bytes, length);
    item.is_integer = false;
    return head_bytes;
  };
  const auto integer = [&](size_t bytes) {
    if (items.size() <= bytes) return size_t{0};
    item.integer = LoadPackedInt(items.data() + 1, bytes);
    return 1 + bytes;
  };
  const uint8_t code = byte(0);
  if (code >= kString6 && code < kInt13) return string(1, code & kMaxShortListpackString);
  if (code >= kString12 && code < kString32) {
    return items.size() < 2 ? 0 : string(2, (code & 0x0FU) << 8U | byte(1));
  }
  if (code == kString32) {
    return items.size() < 5 ? 0 : string(5, LittleEndian(items.substr(1, 4)));
  }
  item.is_integer = true;
  item.string = {};
  if (code < kString6) {
    item.integer = code;
    return 1;
  }
  if (code < kString12) {
    if (items.size() < 2) return 0;
    item.integer = SignExtend((code & 0x1FU) << 8U | byte(1), 13);
    return 2;
  }
  switch (code) {
    case kInt16:
      return integer(2);
    case kInt24:
      return integer(3);
    case kInt32:
      return integer(4);
    case kInt64:
      return integer(8);
    default:
      return 0;
  }
}

}  // namespace

std::optional<ListpackHead> ReadListpackHead(Bytes listpack) {
  if (listpack.size() <= kListpackHeaderBytes || listpack.back() != kEndMark) return std::nullopt;
  if (LittleEndian(listpack.substr(0, 4)) != listpack.size()) return std::nullopt;
  ListpackHead head;
  head.items = listpack.substr(kListpackHeaderBytes, listpack.size() - kListpackHeaderBytes - 1);
  const uint64_t announced = LittleEndian(listpack.substr(4, 2));
  if (announced != kManyItems) head.announced = announced;
  return head;
}

bool ReadListpackItem(Bytes items, ListpackItem& item) {
  if (items.empty()) return false;
  const size_t head_bytes = ReadListpackCode(items, item);
  if (head_bytes == 0) return false;
  const size_t entry_bytes = head_bytes + item.string.size();
  const size_t back_bytes = CheckBackLength(items, entry_bytes);
  item.bytes = entry_bytes + back_bytes;
  return back_bytes != 0;
}

ListpackCursor::ListpackCursor(Bytes listpack) {
  const std::optional<ListpackHead> head = ReadListpackHead(listpack);
  if (!head) return;
  rest_ = head->items;
  announced_ = head->announced;
  sound_ = true;
}

bool ListpackCursor::NextAny() {
  if (rest_.empty()) return false;
  if (!ReadListpackItem(rest_, item_)) [[unlikely]] {
    sound_ = false;
    rest_ = {};
    return false;
  }
  rest_.remove_prefix(item_.bytes);
  ++items_;
  return true;
}

bool WalkListpack(Bytes listpack, FunctionRef<bool(Bytes item)> visit) {
  PrintedItems printed;
  ListpackCursor cursor(listpack);
  while (cursor.Next()) {
    if (!visit(cursor.is_integer() ? printed.Next(cursor.integer()) : cursor.string())) {
      return false;
    }
  }
  return cursor.sound();
}

void ListpackWriter::AppendInteger(int64_t integer) {
  const auto put = [this, integer](uint8_t code, size_t bytes) {
    *end_ = static_cast<char>(code);
    StorePackedInt(end_ + 1, integer, bytes);
    end_ += 1 + bytes;
    AppendBackLength(1 + bytes);
  };
  const auto fits = [integer](unsigned width) {
    const int64_t limit = int64_t{1} << (width - 1);
    return integer >= -limit && integer < limit;
  };
  if (integer >= 0 && integer < kString6) {
    *end_++ = static_cast<char>(integer);
    AppendBackLength(1);
  } else if (fits(13)) {
    const auto bits = static_cast<uint64_t>(integer);
    *end_++ = static_cast<char>(kInt13 | (bits >> 8U & 0x1FU));
    *end_++ = static_cast<char>(bits);
    AppendBackLength(2);
  } else if (fits(16)) {
    put(kInt16, 2);
  } else if (fits(24)) {
    put(kInt24, 3);
  } else if (fits(32)) {
    put(kInt32, 4);
  } else {
    put(kInt64, 8);
  }
}

void ListpackWriter::AppendString(const Text& string) {
  const size_t length = string.head().size() + string.tail().size();
  const char* const start = end_;
  if (length <= kMaxShortListpackString) [[likely]] {
    *end_++ = static_cast<char>(kString6 | length);
  } else if (length <= kMaxString12) {
    *end_++ = static_cast<char>(kString12 | length >> 8U);
    *end_++ = static_cast<char>(length);
  } else {
    *end_ = static_cast<char>(kString32);
    std::memcpy(end_ + 1, &length, sizeof(uint32_t));
    end_ += 1 + sizeof(uint32_t);
  }
  end_ = string.CopyTo(end_);
  AppendBackLength(static_cast<size_t>(end_ - start));
}

void ListpackWriter::AppendBackLength(size_t entry_bytes) {
  if (entry_bytes < size_t{1} << kLengthBits) [[likely]] {
    *end_++ = static_cast<char>(entry_bytes);
    return;
  }
  const BackLength back = BackLengthOf(entry_bytes);
  std::memcpy(end_, back.bytes.data(), back.bytes.size());
  end_ += back.count;
}

Bytes ListpackWriter::Finish() {
  *end_++ = kEndMark;
  const auto total = static_cast<uint32_t>(end_ - room_);
  const auto items = static_cast<uint16_t>(items_ < kManyItems ? items_ : kManyItems);
  std::memcpy(room_, &total, sizeof total);
  std::memcpy(room_ + sizeof total, &items, sizeof items);
  return {room_, total};
}

}  // namespace thimble
