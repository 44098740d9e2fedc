#include "storage/rdb/old_formats.h"

#include <cstddef>
#include <cstring>

#include "storage/rdb/little_endian.h"
#include "storage/rdb/printed_items.h"

namespace thimble {
namespace {

constexpr char kLastByte = '\xFF';
constexpr uint8_t kLongLength = 0xFE;

uint8_t ByteAt(Bytes bytes, size_t at) {
  return static_cast<uint8_t>(bytes[at]);
}

int64_t SignedLittleEndian(Bytes bytes) {
  return SignExtend(LittleEndian(bytes), 8 * static_cast<unsigned>(bytes.size()));
}

// --- Ziplist ------------------------------------------------------------------------------------

constexpr size_t kZiplistHeader = 10;
constexpr uint64_t kNotCounted = UINT16_MAX;

// The second byte of an item, or its upper two bits where strings are concerned.
constexpr uint8_t kZipStringBits = 0xC0;
constexpr uint8_t kZipString6 = 0x00;
constexpr uint8_t kZipString14 = 0x40;
constexpr uint8_t kZipString32 = 0x80;
constexpr uint8_t kZipInt16 = 0xC0;
constexpr uint8_t kZipInt32 = 0xD0;
constexpr uint8_t kZipInt64 = 0xE0;
constexpr uint8_t kZipInt24 = 0xF0;
constexpr uint8_t kZipInt8 = 0xFE;
constexpr uint8_t kSmallestImmediate = 0xF1;
constexpr uint8_t kLargestImmediate = 0xFD;

struct ZiplistItem {
  size_t head = 0;    // Bytes of code and length.
  size_t length = 0;  // Bytes of the string, or of the integer.
  bool is_integer = false;
  int64_t immediate = 0;  // The integer itself if it takes no bytes.
};

// Reads code and length at the front of `rest`, which is not empty; false if unknown or cut off.
bool ReadZiplistItem(Bytes rest, ZiplistItem& item) {
  const uint8_t code = ByteAt(rest, 0);
  switch (code & kZipStringBits) {
    case kZipString6:
      item = {.head = 1, .length = code & 0x3FU};
      return true;
    case kZipString14:
      if (rest.size() < 2) return false;
      item = {.head = 2, .length = (code & 0x3FU) << 8U | ByteAt(rest, 1)};
      return true;
    case kZipString32:
      if (rest.size() < 5) return false;
      item = {.head = 5,
              .length = __builtin_bswap32(static_cast<uint32_t>(LittleEndian(rest.substr(1, 4))))};
      return true;
    default:
      break;
  }
  item = {.head = 1, .length = 0, .is_integer = true};
  if (code >= kSmallestImmediate && code <= kLargestImmediate) {
    item.immediate = code - kSmallestImmediate;
    return true;
  }
  switch (code) {
    case kZipInt8:
      item.length = 1;
      return true;
    case kZipInt16:
      item.length = 2;
      return true;
    case kZipInt24:
      item.length = 3;
      return true;
    case kZipInt32:
      item.length = 4;
      return true;
    case kZipInt64:
      item.length = 8;
      return true;
    default:
      return false;
  }
}

// Takes a length off the front of `rest`: a byte, or kLongLength and four.
bool TakeLength(Bytes& rest, uint64_t& length) {
  if (rest.empty() || rest[0] == kLastByte) return false;
  length = ByteAt(rest, 0);
  size_t taken = 1;
  if (length == kLongLength) {
    taken = 5;
    if (rest.size() < taken) return false;
    length = LittleEndian(rest.substr(1, 4));
  }
  rest.remove_prefix(taken);
  return true;
}

}  // namespace

bool WalkIntset(Bytes intset, FunctionRef<bool(int64_t)> visit) {
  constexpr size_t kHeader = 8;
  if (intset.size() < kHeader) return false;
  const uint64_t width = LittleEndian(intset.substr(0, 4));
  const uint64_t count = LittleEndian(intset.substr(4, 4));
  if (width != sizeof(int16_t) && width != sizeof(int32_t) && width != sizeof(int64_t)) {
    return false;
  }
  if (intset.size() - kHeader != width * count) return false;
  int64_t before = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const int64_t integer = SignedLittleEndian(intset.substr(kHeader + i * width, width));
    if (i > 0 && integer <= before) return false;
    before = integer;
    if (!visit(integer)) return false;
  }
  return true;
}

bool WalkZiplist(Bytes ziplist, FunctionRef<bool(Bytes item)> visit) {
  if (ziplist.size() <= kZiplistHeader || ziplist.back() != kLastByte) return false;
  if (LittleEndian(ziplist.substr(0, 4)) != ziplist.size()) return false;
  const uint64_t last = LittleEndian(ziplist.substr(4, 4));
  const uint64_t announced = LittleEndian(ziplist.substr(8, 2));

  Bytes rest = ziplist.substr(kZiplistHeader, ziplist.size() - kZiplistHeader - 1);
  uint64_t items = 0;
  uint64_t size_before = 0;
  uint64_t start_of_last = kZiplistHeader;
  PrintedItems printed;
  for (; !rest.empty(); ++items) {
    const size_t left = rest.size();
    start_of_last = ziplist.size() - 1 - left;
    uint64_t stated_before = 0;
    if (!TakeLength(rest, stated_before) || stated_before != size_before || rest.empty()) {
      return false;
    }
    ZiplistItem item;
    if (!ReadZiplistItem(rest, item) || rest.size() - item.head < item.length) return false;
    Bytes bytes = rest.substr(item.head, item.length);
    rest.remove_prefix(item.head + item.length);
    size_before = left - rest.size();
    if (item.is_integer) {
      bytes = printed.Next(item.length == 0 ? item.immediate : SignedLittleEndian(bytes));
    }
    if (!visit(bytes)) return false;
  }
  return last == start_of_last && (announced == kNotCounted || announced == items);
}

bool WalkZipmap(Bytes zipmap, FunctionRef<bool(Bytes item)> visit) {
  if (zipmap.size() < 2 || zipmap.back() != kLastByte) return false;
  const uint64_t announced = ByteAt(zipmap, 0);
  Bytes rest = zipmap.substr(1, zipmap.size() - 2);
  uint64_t pairs = 0;
  for (; !rest.empty(); ++pairs) {
    uint64_t length = 0;
    if (!TakeLength(rest, length) || length > rest.size()) return false;
    if (!visit(rest.substr(0, length))) return false;
    rest.remove_prefix(length);

    if (!TakeLength(rest, length) || rest.empty()) return false;
    const uint64_t unused = ByteAt(rest, 0);
    rest.remove_prefix(1);
    if (length + unused > rest.size()) return false;
    if (!visit(rest.substr(0, length))) return false;
    rest.remove_prefix(length + unused);
  }
  return announced >= kLongLength || announced == pairs;
}

}  // namespace thimble
