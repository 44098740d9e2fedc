#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/text.h"
#include "storage/compact/byte_buffer.h"

namespace thimble {

// A run: strings one after the other in insertion order, for small hashes (field, value, field,
// ...) and small sets. Lookup is a walk, but a quick one: a code byte tells both how far the next
// item is and nearly always that this one is not it.
//
//   [count: 1 byte, or 0xFF and 4 bytes] [item]...
//   item = [code: 0..247, the length] [bytes]
//        | [code: 248..254] [an integer in 1, 2, 3, 4, 5, 6 or 8 bytes]
//        | [code: 255] [length: 4 bytes] [bytes]
//
// A canonical decimal integer is always kept in binary and nothing else ever is, so equal strings
// have equal bytes. Numbers are little-endian. No bytes at all are a run of none.

// A string in the form a run holds it. Borrows the text.
class RunItem {
 public:
  static constexpr size_t kMaxHead = 9;  // A code and an eight-byte integer.

  // A length has four bytes.
  static bool CanHold(Bytes text) { return text.size() <= UINT32_MAX; }
  explicit RunItem(Bytes text);  // REQUIRES: CanHold(text).
  explicit RunItem(int64_t integer);

  size_t size() const { return head_size_ + payload_.size(); }
  void WriteTo(char* out) const;
  // Whether the item at `at`, of which at least one byte exists, is this one.
  bool IsAt(const char* at) const;

 private:
  // Code, and a long length or an integer; then the bytes of a string.
  std::array<char, kMaxHead> head_;
  uint8_t head_size_ = 1;
  Bytes payload_;
};

// Reads a run. Items are named by their offset, valid until the run changes.
class RunView {
 public:
  static constexpr size_t kNone = SIZE_MAX;

  explicit RunView(Bytes run) : run_(run) {}

  size_t count() const;
  bool AtEnd(size_t offset) const { return offset >= run_.size(); }
  size_t First() const;              // Of an empty run: its end.
  size_t Next(size_t offset) const;  // REQUIRES: !AtEnd(offset).
  Text At(size_t offset) const;      // REQUIRES: !AtEnd(offset).
  size_t Skip(size_t items) const;   // The offset of item number `items`. O(items).
  // The offset of an item that equals this one, or kNone; looks at every `stride`th item. O(count).
  size_t Find(const RunItem& item, size_t stride) const;
  size_t Find(Bytes text, size_t stride) const {
    return RunItem::CanHold(text) ? Find(RunItem(text), stride) : kNone;
  }
  // Where `item` is, if it is at exactly this offset.
  bool Holds(size_t offset, const RunItem& item) const;

  // What is wrong, or nothing. O(size).
  std::optional<std::string> CheckInvariants() const;

 private:
  Bytes run_;
};

// Changes a run.
class RunEditor {
 public:
  explicit RunEditor(ByteBuffer& buffer) : buffer_(buffer) {}

  void Append(const RunItem& item);
  void Append(Bytes text) { Append(RunItem(text)); }
  void AppendPair(const RunItem& first, const RunItem& second);
  // Puts an item where another one was. False if it was there already, and then nothing changes.
  bool Replace(size_t offset, const RunItem& item);
  // Takes `items` items out, from the one at `offset` on.
  void Erase(size_t offset, size_t items);

 private:
  RunView view() const { return RunView(buffer_.bytes()); }
  void SetCount(size_t count);
  char* Extend(size_t items, size_t bytes);

  ByteBuffer& buffer_;
};

}  // namespace thimble
