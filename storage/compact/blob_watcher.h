#pragma once

#include <cstddef>

namespace thimble {

// Hears of changes to a buffer before they are made, and where it went.
class BlobWatcher {
 public:
  virtual ~BlobWatcher() = default;
  // Those of its bytes are about to be overwritten; those there are, if it is shorter.
  virtual void BeforeOverwrite(size_t offset, size_t size) = 0;
  // What it is released as from now on (ByteBuffer::Release).
  virtual void OnMove(const void* released) = 0;
};

}  // namespace thimble
