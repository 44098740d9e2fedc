#pragma once

#include <cstdint>
#include <utility>

#include "storage/common/text.h"
#include "storage/compact/blob_watcher.h"
#include "storage/compact/byte_buffer.h"
#include "storage/value/encoding.h"

namespace thimble {

// What can be asked of a string. Dies at the next non-const call on its keyspace.
class StringView {
 public:
  StringView() = default;  // No string.
  // `edited`: it was appended to or changed in place.
  StringView(const Text& text, bool edited) : text_(text), exists_(true), edited_(edited) {}

  bool exists() const { return exists_; }
  const Text& text() const { return text_; }  // Empty when it does not exist.
  size_t size() const { return text_.size(); }
  // `int` for canonical integers, `embstr` up to 44 bytes, else `raw` (a string that was appended
  // to or changed in place is `raw` whatever its length).
  Encoding encoding() const;

 protected:
  Text text_;
  bool exists_ = false;
  bool edited_ = false;
};

// A string open for change, reached only through KeyEdit: for what changes part of a string.
// Setting it whole is Keyspace::SetString. Unlike collections, an empty string is a value: the key
// comes to be, or stays, once Set, Append or Overwrite was called.
class StringValue : public StringView {
 public:
  using View = StringView;
  static constexpr ObjectType kType = ObjectType::kString;

  // For the keyspace and tests: no string, with memory to build one in; an integer; bytes.
  explicit StringValue(ByteBuffer scratch) : bytes_(std::move(scratch)) {}
  explicit StringValue(int64_t integer) : StringView(Text(integer), false) {}
  // Or bytes of whose changes, until it is stored, somebody is to hear.
  StringValue(ByteBuffer bytes, bool edited, BlobWatcher* watcher = nullptr)
      : StringView(Text(bytes.bytes()), edited), bytes_(std::move(bytes)), watcher_(watcher) {}

  void Set(Bytes value);  // INCR and friends: deadline stays.
  // As Set, but even a canonical integer stays text (`embstr`), as INCRBYFLOAT leaves it.
  void SetText(Bytes value);
  // Whether there is memory for so many bytes.
  bool CanGrowTo(size_t size) const;
  void Append(Bytes tail);  // Amortised O(tail).
  // Writes `part` at `offset`, filling a gap with zero bytes.
  void Overwrite(size_t offset, Bytes part);

  // For the keyspace: the bytes where text() is no integer, whether the string was changed in
  // place, and whether a call changed it since it was opened or stored.
  ByteBuffer& bytes() { return bytes_; }
  BlobWatcher* watcher() const { return watcher_; }
  bool edited() const { return edited_; }
  bool changed() const { return changed_; }
  void MarkStored() { changed_ = false; }

 private:
  void AnnounceOverwrite(size_t offset, size_t size) {
    if (watcher_ != nullptr) [[unlikely]]
      watcher_->BeforeOverwrite(offset, size);
  }
  void Materialise();
  void Sync();

  ByteBuffer bytes_;
  BlobWatcher* watcher_ = nullptr;
  bool changed_ = false;
};

}  // namespace thimble
