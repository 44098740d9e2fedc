#include "storage/slab/heap_room.h"

#include <array>
#include <cstdlib>

#include "storage/common/check.h"

namespace thimble {
namespace {

void* Take(size_t bytes) {
  void* block = std::malloc(bytes);
  asm("" : "+r"(block));  // Else the compiler drops the pair of calls.
  return block;  // NOLINT(clang-analyzer-unix.Malloc): it cannot follow the block through asm.
}

}  // namespace

bool HeapHas(size_t bytes) {
  void* const block = Take(bytes);
  std::free(block);
  return block != nullptr;
}

bool HeapHasPieces(size_t bytes) {
  std::array<void*, 32> pieces{};
  THIMBLE_CHECK(bytes <= pieces.size() * kHeapPiece);
  size_t had = 0;
  while (had * kHeapPiece < bytes) {
    pieces[had] = Take(kHeapPiece);
    if (pieces[had] == nullptr) break;
    ++had;
  }
  const bool enough = had * kHeapPiece >= bytes;
  while (had > 0) std::free(pieces[--had]);
  return enough;
}

}  // namespace thimble
