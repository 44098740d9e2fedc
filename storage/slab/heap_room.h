#pragma once

#include <cstddef>

namespace thimble {

// Whether the C library's heap would give a block of so many bytes now. Costs about what taking and
// freeing it costs; touches no memory.
bool HeapHas(size_t bytes);

// Whether it would give so many bytes in pieces of kHeapPiece: what was freed need not lie
// together.
inline constexpr size_t kHeapPiece = size_t{1} << 20U;
bool HeapHasPieces(size_t bytes);

}  // namespace thimble
