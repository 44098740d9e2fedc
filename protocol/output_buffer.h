#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// Bytes on their way to a client: written at the end, taken from the front. A list of chunks, so
// that neither a large reply nor a long backlog is ever copied to grow. An empty one holds no
// memory.
class OutputBuffer {
 public:
  // A place in the buffer. Valid until something before it is consumed or truncated.
  struct Mark {
    uint32_t chunk = 0;
    uint32_t offset = 0;
  };

  size_t size() const;   // Bytes waiting.
  bool empty() const { return size() == 0; }
  size_t chunks() const;
  size_t MemoryBytes() const;  // Bytes held, unused tails included.

  // --- Writing ------------------------------------------------------------------------------
  // Room for `count` contiguous bytes; Advance(n <= count) makes the first n of them content.
  char* Reserve(size_t count);
  void Advance(size_t count);
  void Append(Bytes bytes);

  // --- Changing one's mind ------------------------------------------------------------------
  Mark End() const;
  // Drops everything written after `mark`.
  void Truncate(Mark mark);
  // Puts a few bytes before what was written after `mark`: the length of an aggregate that was not
  // known ahead. O(bytes in that chunk after the mark).
  void InsertAt(Mark mark, Bytes bytes);

  // --- Reading ------------------------------------------------------------------------------
  // The first chunks, front to back: up to `max` of them.
  size_t Peek(Bytes* pieces, size_t max) const;
  void Consume(size_t count);
  void Clear();
  // Moves all content of `other` behind this one's. Small contents are copied, chunks are moved.
  void Take(OutputBuffer& other);
};

}  // namespace thimble
