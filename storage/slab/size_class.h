#pragma once

#include <cstddef>

namespace thimble {

// The sizes in which slabs give out memory: multiples of 16 bytes up to 1 KB, of 64 bytes up to
// 4 KB. A directory word keeps neither the low four bits of an address nor those of a size, so no
// block is ever finer than that. What is larger comes from the C library.
constexpr size_t kBlockAlignment = 16;
constexpr size_t kFineLimit = 1024;
constexpr size_t kCoarseStep = 64;
constexpr size_t kMaxSlabBlock = 4096;
constexpr unsigned kFineClasses = kFineLimit / kBlockAlignment;
constexpr unsigned kSizeClasses = kFineClasses + (kMaxSlabBlock - kFineLimit) / kCoarseStep;

// REQUIRES: 0 < size <= kMaxSlabBlock.
constexpr unsigned SizeClassOf(size_t size) {
  if (size <= kFineLimit) return static_cast<unsigned>((size - 1) / kBlockAlignment);
  return static_cast<unsigned>(kFineClasses + (size - kFineLimit - 1) / kCoarseStep);
}

constexpr size_t SizeOfClass(unsigned size_class) {
  if (size_class < kFineClasses) return (size_class + 1) * kBlockAlignment;
  return kFineLimit + (size_class - kFineClasses + 1) * kCoarseStep;
}

static_assert(SizeOfClass(SizeClassOf(1)) == 16 && SizeOfClass(SizeClassOf(1024)) == 1024);
static_assert(SizeOfClass(SizeClassOf(1025)) == 1088 && SizeClassOf(4096) == kSizeClasses - 1);

// What a block of `size` bytes really takes: its class, or size and header in the C library's
// heap. 0 for nothing.
constexpr size_t FootprintOf(size_t size) {
  if (size == 0) return 0;
  if (size <= kMaxSlabBlock) return SizeOfClass(SizeClassOf(size));
  constexpr size_t kHeapHeader = 16;
  return (size + kBlockAlignment - 1) / kBlockAlignment * kBlockAlignment + kHeapHeader;
}

}  // namespace thimble
