#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "storage/common/bytes.h"
#include "storage/common/number.h"
#include "storage/common/packed_int.h"
#include "storage/common/text.h"
#include "storage/table/blob_allocator.h"

namespace thimble {

// How a bucket stores one key or value: a code byte, and apart from it the stored bytes.
//
//   code      stored bytes
//   0-247     the string itself; the code is its length
//   248-254   an integer of 1, 2, 3, 4, 5, 6 or 8 bytes, two's complement, little endian
//   255       the 8-byte address of a LongString
//
// A string that is the canonical decimal form of a 64-bit integer is always stored as an integer
// of the smallest width: the form follows from the string alone, so equal strings have equal
// stored bytes and a lookup compares memory.
inline constexpr uint8_t kFirstIntegerCode = 248;
inline constexpr uint8_t kWidestCode = 254;  // Of an integer.
inline constexpr uint8_t kLongCode = 255;
inline constexpr size_t kMaxStoredBytes = 247;

inline constexpr std::array<uint8_t, 256> kStoredSizes = [] {
  std::array<uint8_t, 256> sizes{};
  for (unsigned code = 0; code < kFirstIntegerCode; ++code) {
    sizes[code] = static_cast<uint8_t>(code);
  }
  for (unsigned width = 1; width <= 6; ++width) {
    sizes[kFirstIntegerCode + width - 1] = static_cast<uint8_t>(width);
  }
  sizes[kWidestCode] = sizes[kLongCode] = 8;
  return sizes;
}();

inline size_t StoredSize(uint8_t code) {
  return kStoredSizes[code];
}
inline bool IsSpecial(uint8_t code) {
  return code >= kFirstIntegerCode;
}

// A string too long for a bucket, in a block of its own. The hash spares a split from reading
// hundreds of megabytes; it means something for keys only.
struct LongString {
  uint64_t length;
  uint64_t hash;

  Bytes bytes() const { return {reinterpret_cast<const char*>(this + 1), length}; }
  size_t allocated() const { return sizeof(LongString) + length; }
};

inline LongString* LoadLong(const char* stored) {
  LongString* string;
  std::memcpy(&string, stored, sizeof string);
  return string;
}

// REQUIRES: `code` is an integer's.
inline int64_t LoadInteger(uint8_t code, const char* stored) {
  return LoadPackedInt(stored, StoredSize(code));
}

// Writes what LoadInteger reads. REQUIRES: the integer fits the code's width.
inline void StoreInteger(uint8_t code, char* stored, int64_t integer) {
  StorePackedInt(stored, integer, StoredSize(code));
}

// A key or value in stored form; `data` is contiguous and StoredSize(code) bytes long. Borrows.
struct Cell {
  uint8_t code = 0;
  const char* data = nullptr;

  size_t size() const { return StoredSize(code); }
  Text ToText() const;
  // The string's bytes; an integer's are printed into `digits` (Text::kMaxDigits of room).
  Bytes ToBytes(char* digits) const;
};

// Classifies a string: its code, with an integer's bytes written to `integer` (8 bytes of room).
uint8_t ChooseCode(Bytes text, char* integer);

// A string to be looked for among stored keys. Never allocates; borrows the text.
struct KeyProbe {
  explicit KeyProbe(Bytes key);
  explicit KeyProbe(const Cell& key);  // What is stored, or is about to be.
  KeyProbe(const KeyProbe&) = delete;
  KeyProbe& operator=(const KeyProbe&) = delete;

  Bytes text;
  const char* data;  // Stored bytes, unless the code is kLongCode.
  uint8_t code;
  char integer[8];
};

// Turns a string into a cell for storing, and holds the bytes that the string itself cannot lend.
class CellMaker {
 public:
  // Allocates if the string is long: the cell then owns the block until a bucket takes it over.
  Cell Make(Bytes text, uint64_t hash, BlobAllocator& allocator);
  // Of an integer's decimal form.
  Cell Make(int64_t integer);

 private:
  char stored_[8];
};

// Frees what the cell refers to outside its bucket, if anything.
inline void FreeCell(const Cell& cell, BlobAllocator& allocator) {
  if (cell.code != kLongCode) return;
  LongString* const string = LoadLong(cell.data);
  allocator.Free(reinterpret_cast<char*>(string), string->allocated());
}

// --- Hot and small -----------------------------------------------------------------------------

inline Text Cell::ToText() const {
  if (code < kFirstIntegerCode) return Text(Bytes(data, code));
  if (code == kLongCode) return Text(LoadLong(data)->bytes());
  return Text(LoadInteger(code, data));
}

inline Bytes Cell::ToBytes(char* digits) const {
  const Text text = ToText();
  if (!text.is_integer()) return text.tail();
  return {digits, static_cast<size_t>(text.CopyTo(digits) - digits)};
}

inline KeyProbe::KeyProbe(const Cell& key)
    : text(key.code == kLongCode ? LoadLong(key.data)->bytes() : Bytes()),
      data(key.data),
      code(key.code) {}

inline KeyProbe::KeyProbe(Bytes key)  // Comparing no bytes still needs an address.
    : text(key), data(key.data() != nullptr ? key.data() : ""), code(ChooseCode(key, integer)) {
  if (IsSpecial(code)) data = integer;
}

inline bool MayBeInteger(Bytes text) {
  return text.size() - 1 < Text::kMaxDigits &&
         (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
}

// The code of the narrowest form that holds `value`.
inline uint8_t IntegerCode(int64_t value) {
  const size_t bytes = PackedIntBytes(value);
  return bytes <= 6 ? static_cast<uint8_t>(kFirstIntegerCode + bytes - 1) : kWidestCode;
}

uint8_t ChooseIntegerCode(Bytes text, char* integer);

inline Cell CellMaker::Make(int64_t integer) {
  std::memcpy(stored_, &integer, sizeof integer);
  return {IntegerCode(integer), stored_};
}

inline uint8_t ChooseCode(Bytes text, char* integer) {
  if (MayBeInteger(text)) return ChooseIntegerCode(text, integer);
  return text.size() <= kMaxStoredBytes ? static_cast<uint8_t>(text.size()) : kLongCode;
}

}  // namespace thimble
