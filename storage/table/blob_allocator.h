#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "storage/common/check.h"

namespace thimble {

// Where a table's memory comes from, and the account of it: one per table. Every block is a
// multiple of 16 bytes and 16-aligned, because a directory word keeps neither the low four bits of
// an address nor those of a size. The caller remembers the size.
class BlobAllocator {
 public:
  static constexpr size_t kAlignment = 16;

  BlobAllocator() = default;
  BlobAllocator(const BlobAllocator&) = delete;
  BlobAllocator& operator=(const BlobAllocator&) = delete;

  static constexpr size_t RoundUp(size_t size) {
    return (size + kAlignment - 1) & ~(kAlignment - 1);
  }

  // Aborts when the process is out of memory: maxmemory is what answers clients, long before.
  char* Allocate(size_t size) {
    size = RoundUp(size);
    char* const block = static_cast<char*>(std::malloc(size));
    THIMBLE_CHECK(block != nullptr && reinterpret_cast<uintptr_t>(block) % kAlignment == 0);
    bytes_ += size;
    return block;
  }

  // `size` as given to Allocate(). A null block is fine if its size is 0.
  void Free(char* block, size_t size) {
    bytes_ -= RoundUp(size);
    std::free(block);
  }

  // What is allocated now.
  size_t bytes() const { return bytes_; }

 private:
  size_t bytes_ = 0;
};

}  // namespace thimble
