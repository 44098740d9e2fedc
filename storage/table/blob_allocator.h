#pragma once

#include <cstddef>

#include "storage/slab/slab_allocator.h"

namespace thimble {

// A table's account of what it takes from the process's slabs: one per table. Every block is
// 16-aligned, because a directory word does not keep the low four bits of an address. The caller
// remembers the size.
class BlobAllocator {
 public:
  static constexpr size_t kAlignment = kBlockAlignment;

  BlobAllocator() = default;
  BlobAllocator(const BlobAllocator&) = delete;
  BlobAllocator& operator=(const BlobAllocator&) = delete;

  static constexpr size_t RoundUp(size_t size) {
    return (size + kAlignment - 1) & ~(kAlignment - 1);
  }

  char* Allocate(size_t size) {
    bytes_ += FootprintOf(size);
    return process_slabs.Allocate(size);
  }

  // `size` as given to Allocate(). A null block is fine if its size is 0.
  void Free(char* block, size_t size) {
    bytes_ -= FootprintOf(size);
    process_slabs.Free(block, size);
  }

  // What is allocated now, size classes and headers included.
  size_t bytes() const { return bytes_; }

 private:
  size_t bytes_ = 0;
};

}  // namespace thimble
