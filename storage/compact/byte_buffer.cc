#include "storage/compact/byte_buffer.h"

#include <algorithm>
#include <cstring>

#include "storage/common/check.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {

ByteBuffer ByteBuffer::CopyOf(Bytes bytes) {
  ByteBuffer copy;
  copy.Reserve(bytes.size());
  copy.Assign(bytes);
  return copy;
}

size_t ByteBuffer::MemoryBytesOf(const void* released) {
  if (released == nullptr) return 0;
  return FootprintOf(BlockBytes(static_cast<const Block*>(released)));
}

bool ByteBuffer::ShouldMove(const void* released) {
  return process_slabs.ShouldMove(static_cast<const char*>(released),
                                  BlockBytes(static_cast<const Block*>(released)));
}

void* ByteBuffer::Move(void* released) {
  auto* const block = static_cast<Block*>(released);
  const size_t bytes = BlockBytes(block);
  return process_slabs.Reallocate(static_cast<char*>(released), bytes, bytes,
                                  sizeof(Block) + block->size);
}

void ByteBuffer::Free() {
  process_slabs.Free(reinterpret_cast<char*>(block_), BlockBytes(block_));
  block_ = nullptr;
}

void ByteBuffer::Clear() {
  if (block_ != nullptr) block_->size = 0;
}

void ByteBuffer::Assign(Bytes bytes) {
  Clear();
  Append(bytes);
}

void ByteBuffer::Append(Bytes bytes) {
  if (bytes.empty()) return;
  std::memcpy(OpenGap(size(), bytes.size()), bytes.data(), bytes.size());
}

void ByteBuffer::Reserve(size_t capacity) {
  if (capacity <= this->capacity()) return;
  size_t total = (sizeof(Block) + capacity + 15) & ~size_t{15};
  if (total <= kMaxSlabBlock) total = FootprintOf(total);  // What its class has anyway.
  const bool fresh = block_ == nullptr;
  auto* const block = reinterpret_cast<Block*>(
      process_slabs.Reallocate(reinterpret_cast<char*>(block_), fresh ? 0 : BlockBytes(block_),
                               total, fresh ? 0 : sizeof(Block) + block_->size));
  if (fresh) block->size = 0;
  block->capacity = total - sizeof(Block);
  block_ = block;
}

void ByteBuffer::CutTo(size_t capacity) {
  if (capacity >= this->capacity()) return;
  const size_t total = (sizeof(Block) + capacity + 15) & ~size_t{15};
  const size_t kept = std::min(size(), total - sizeof(Block));
  block_->size = kept;
  auto* const block = reinterpret_cast<Block*>(process_slabs.Reallocate(
      reinterpret_cast<char*>(block_), BlockBytes(block_), total, sizeof(Block) + kept));
  block->capacity = total - sizeof(Block);
  block_ = block;
}

void ByteBuffer::Grow(size_t needed) {
  if (needed > capacity()) Reserve(needed + needed / 8);
}

char* ByteBuffer::OpenGap(size_t at, size_t count) {
  const size_t old_size = size();
  THIMBLE_CHECK(at <= old_size);
  Grow(old_size + count);
  if (block_ == nullptr) return nullptr;  // Nothing asked of a buffer that never held anything.
  char* const gap = Start(block_) + at;
  if (at < old_size) std::memmove(gap + count, gap, old_size - at);
  block_->size = old_size + count;
  return gap;
}

void ByteBuffer::CloseGap(size_t at, size_t count) {
  THIMBLE_CHECK(at <= size() && count <= size() - at);
  if (count == 0) return;
  char* const gap = Start(block_) + at;
  std::memmove(gap, gap + count, block_->size - at - count);
  block_->size -= count;
}

}  // namespace thimble
