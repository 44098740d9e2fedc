#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "storage/common/check.h"
#include "storage/common/copy.h"
#include "storage/common/text.h"
#include "storage/table/table.h"
#include "storage/value/collection.h"
#include "storage/value/encoding.h"

namespace thimble {

// How the keyspace's table holds a value: a representation byte, then an object embedded whole, or
// eight bytes that point to one. Every such byte is 0x80 or above, so the table never takes a value
// for a canonical integer; a string that is one is kept without the byte, and the table packs it.
enum class Representation : uint8_t {
  kInteger = 0,  // No byte: the digits.
  kText = 0x80,
  kEditedText,  // Appended to or changed in place: `raw` for ever.
  kTextBlob,    // -> ByteBuffer
  kHashRun,
  kHashRunBlob,        // -> ByteBuffer
  kShrunkHashRun,      // Was a table once, and goes on being called one.
  kShrunkHashRunBlob,  // -> ByteBuffer
  kHashTable,          // -> Table
  kIntSet,
  kIntSetBlob,  // -> ByteBuffer
  kSetRun,
  kSetRunBlob,  // -> ByteBuffer
  kShrunkIntSet,
  kShrunkIntSetBlob,  // -> ByteBuffer
  kShrunkSetRun,
  kShrunkSetRunBlob,  // -> ByteBuffer
  kSetTable,          // -> Table
  kTimedHashRun,      // With deadlines of fields.
  kTimedHashRunBlob,  // -> ByteBuffer
};

// The same in a blob of its own. REQUIRES: that of an embedded collection.
constexpr Representation BlobFormOf(Representation embedded) {
  return static_cast<Representation>(static_cast<uint8_t>(embedded) + 1);
}

constexpr size_t kPointerValueBytes = 1 + sizeof(void*);
// A collection larger than this has a blob of its own, and comes back when half as large.
constexpr size_t kMaxEmbeddedBytes = 200;
// A string may be longer: it is read and replaced whole.
constexpr size_t kMaxEmbeddedTextBytes = 240;

// A value in the form the keyspace's table is to hold it, built on the stack.
class ValueToStore {
 public:
  static ValueToStore Integer(int64_t integer) {
    ValueToStore value;
    value.size_ = static_cast<size_t>(Text(integer).CopyTo(value.bytes_) - value.bytes_);
    return value;
  }
  // REQUIRES: at most kMaxEmbeddedTextBytes.
  static ValueToStore Embedded(Representation representation, Bytes payload) {
    THIMBLE_CHECK(payload.size() <= kMaxEmbeddedTextBytes);
    ValueToStore value;
    value.bytes_[0] = static_cast<char>(representation);
    CopyBytes(value.bytes_ + 1, payload.data(), payload.size());
    value.size_ = payload.size() + 1;
    return value;
  }
  static ValueToStore Pointer(Representation representation, const void* pointer) {
    ValueToStore value =
        Embedded(representation, {reinterpret_cast<const char*>(&pointer), sizeof pointer});
    value.pointer_ = pointer;
    return value;
  }
  static ValueToStore Copy(const Text& stored) {
    ValueToStore value;
    THIMBLE_CHECK(stored.size() <= sizeof value.bytes_);
    value.size_ = static_cast<size_t>(stored.CopyTo(value.bytes_) - value.bytes_);
    return value;
  }

  Bytes bytes() const { return {bytes_, size_}; }
  // Whether it may be a hash whose fields have deadlines.
  bool MayHaveFieldDeadlines() const {
    const auto representation = static_cast<Representation>(static_cast<uint8_t>(bytes_[0]));
    return representation == Representation::kHashTable ||
           representation >= Representation::kTimedHashRun;
  }
  // What Pointer() was given; null for what was made in another way.
  const void* pointer() const { return pointer_; }

 private:
  ValueToStore() = default;
  size_t size_ = 0;
  const void* pointer_ = nullptr;
  char bytes_[kMaxEmbeddedTextBytes + 16];
};

// What a representation says. It is asked for several times a command, so one look answers.
struct Layout {
  enum Place : uint8_t { kEmbedded, kInBlob, kInTable };
  ObjectType type = ObjectType::kString;
  Form form = Form::kNone;
  Place place = kEmbedded;
  bool shrunk = false;
};

// By the representation's low bits: an integer's are those of a text, which is laid out likewise.
inline constexpr std::array<Layout, 32> kLayouts = [] {
  using enum Representation;
  std::array<Layout, 32> layouts{};
  const auto set = [&](Representation representation, Layout layout) {
    layouts[static_cast<uint8_t>(representation) % layouts.size()] = layout;
  };
  set(kTextBlob, {.place = Layout::kInBlob});
  const auto set_compact = [&](Representation embedded, Representation blob, Layout layout) {
    set(embedded, layout);
    layout.place = Layout::kInBlob;
    set(blob, layout);
  };
  constexpr ObjectType kHash = ObjectType::kHash;
  constexpr ObjectType kSet = ObjectType::kSet;
  set_compact(kHashRun, kHashRunBlob, {kHash, Form::kRun});
  set_compact(kTimedHashRun, kTimedHashRunBlob, {kHash, Form::kTimedRun});
  set_compact(kShrunkHashRun, kShrunkHashRunBlob, {kHash, Form::kRun, {}, true});
  set_compact(kIntSet, kIntSetBlob, {kSet, Form::kIntSet});
  set_compact(kSetRun, kSetRunBlob, {kSet, Form::kRun});
  set_compact(kShrunkIntSet, kShrunkIntSetBlob, {kSet, Form::kIntSet, {}, true});
  set_compact(kShrunkSetRun, kShrunkSetRunBlob, {kSet, Form::kRun, {}, true});
  set(kHashTable, {kHash, Form::kTable, Layout::kInTable});
  set(kSetTable, {kSet, Form::kTable, Layout::kInTable});
  return layouts;
}();

// A value as found in the keyspace's table. Borrows the Text, and what that borrows.
class StoredValue {
 public:
  StoredValue() = default;  // Of a missing key.
  explicit StoredValue(Text&&) = delete;
  explicit StoredValue(const Text& value) : text_(&value) {
    if (value.is_integer()) return;
    const Bytes first = value.head().empty() ? value.tail() : value.head();
    THIMBLE_CHECK(!first.empty());
    const auto byte = static_cast<uint8_t>(first[0]);
    if (byte >= 0x80) representation_ = static_cast<Representation>(byte);
  }

  Representation representation() const { return representation_; }
  ObjectType type() const { return layout().type; }
  bool is_table() const { return layout().place == Layout::kInTable; }
  bool is_blob() const { return layout().place == Layout::kInBlob; }
  bool is_text() const { return representation_ <= Representation::kTextBlob; }
  // Of a collection.
  Form form() const { return layout().form; }
  // Whether it is a hash of which fields may have deadlines.
  bool MayHaveFieldDeadlines() const {
    if (representation_ == Representation::kHashTable) return table()->deadlines() != 0;
    return form() == Form::kTimedRun;
  }
  // Whether a compact collection was a table once.
  bool shrunk() const { return layout().shrunk; }

  // What follows the representation byte. REQUIRES: embedded, and no integer.
  Text payload() const {
    if (text_->head().empty()) return Text(text_->tail().substr(1));
    return Text(text_->head().substr(1), text_->tail());
  }
  // REQUIRES: kInteger.
  int64_t integer() const;
  // REQUIRES: is_table() or is_blob().
  void* pointer() const {
    const Bytes head = text_->head();
    const Bytes tail = text_->tail();
    THIMBLE_CHECK(head.size() + tail.size() == kPointerValueBytes);
    void* pointer = nullptr;
    if (tail.size() >= sizeof pointer) {
      std::memcpy(&pointer, tail.data() + tail.size() - sizeof pointer, sizeof pointer);
      return pointer;
    }
    // The bucket shares the first bytes of its pointers.
    char copy[sizeof pointer] = {};
    std::memcpy(copy, head.data() + 1, head.size() - 1);
    std::memcpy(copy + head.size() - 1, tail.data(), tail.size());
    std::memcpy(&pointer, copy, sizeof pointer);
    return pointer;
  }
  Table* table() const { return static_cast<Table*>(pointer()); }

  // Bytes in the table's entry, and bytes owned through the pointer.
  size_t size() const { return text_->size(); }
  size_t OwnedBytes() const;
  // What the pointer owns, to be freed or adopted; whoever takes it sees to the table's entry.
  CollectionBody TakeOwned() const;
  // A copy that shares nothing with this value. O(size of the value).
  ValueToStore Duplicate(const HashKey& hash_key) const;

 private:
  const Layout& layout() const {
    return kLayouts[static_cast<uint8_t>(representation_) % kLayouts.size()];
  }

  const Text* text_ = nullptr;
  Representation representation_ = Representation::kInteger;
};

// The representation of a hash or a set made of such a body.
Representation RepresentationOf(ObjectType type, const CollectionBody& body, bool blob);

}  // namespace thimble
