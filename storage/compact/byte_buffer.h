#pragma once

#include <cstddef>
#include <utility>

#include "storage/common/bytes.h"

namespace thimble {

// A growable run of bytes behind one pointer: size and capacity stand in front of the bytes. What
// holds a compact collection or a long string. The pointer can be released, kept in eight bytes of
// a table's value, and adopted again; so the same code edits a scratch copy and an owned blob.
//
// The memory is of the process's slabs. Growth is by an eighth: blobs are many and long-lived,
// their slack is paid for all day.
class ByteBuffer {
 public:
  ByteBuffer() = default;
  ByteBuffer(ByteBuffer&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  ByteBuffer& operator=(ByteBuffer&& other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~ByteBuffer() {
    if (block_ != nullptr) Free();
  }

  // Exactly as large as it must be.
  static ByteBuffer CopyOf(Bytes bytes);

  // Gives the memory away as a pointer, and takes it back. A released buffer is empty.
  void* Release() { return std::exchange(block_, nullptr); }
  static ByteBuffer Adopt(void* released) {
    ByteBuffer buffer;
    buffer.block_ = static_cast<Block*>(released);
    return buffer;
  }
  // The bytes and the memory of a released buffer.
  static Bytes BytesOf(const void* released) {
    if (released == nullptr) return {};
    const auto* block = static_cast<const Block*>(released);
    return {Start(block), block->size};
  }
  static size_t MemoryBytesOf(const void* released);
  static size_t CapacityOf(const void* released) {
    return static_cast<const Block*>(released)->capacity;
  }
  // Whether a released buffer would do better elsewhere (slab/slab_allocator.h), and the move: as
  // large, at the place returned.
  static bool ShouldMove(const void* released);
  static void* Move(void* released);

  // Where the memory is: what Release would give.
  const void* block() const { return block_; }
  size_t size() const { return block_ == nullptr ? 0 : block_->size; }
  bool empty() const { return size() == 0; }
  size_t capacity() const { return block_ == nullptr ? 0 : block_->capacity; }
  char* data() { return block_ == nullptr ? nullptr : Start(block_); }
  Bytes bytes() const { return BytesOf(block_); }
  // Header included; 0 for a buffer that never held anything.
  size_t MemoryBytes() const { return MemoryBytesOf(block_); }

  // Whatever changes the size may move the bytes. Arguments must not point into the buffer.
  void Clear();  // Keeps the memory.
  void Assign(Bytes bytes);
  void Append(Bytes bytes);
  void Reserve(size_t capacity);
  // Gives back what is beyond `capacity`, and the bytes in it with it.
  void CutTo(size_t capacity);
  // Makes room for `count` bytes before offset `at` and returns where they start; their content is
  // undefined. REQUIRES: at <= size().
  char* OpenGap(size_t at, size_t count);
  // Takes `count` bytes at offset `at` out. REQUIRES: at + count <= size().
  void CloseGap(size_t at, size_t count);

 private:
  struct Block {
    size_t size;
    size_t capacity;
  };
  static size_t BlockBytes(const Block* block) { return sizeof(Block) + block->capacity; }
  static char* Start(Block* block) { return reinterpret_cast<char*>(block + 1); }
  static const char* Start(const Block* block) { return reinterpret_cast<const char*>(block + 1); }
  void Free();  // REQUIRES: there is a block.
  void Grow(size_t needed);

  Block* block_ = nullptr;
};

}  // namespace thimble
