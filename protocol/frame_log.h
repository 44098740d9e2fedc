#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "storage/common/bytes.h"

namespace thimble {

class FrameLog;

// Bytes that many output buffers show at once. Written at its end only, and gone with its last
// reference.
class SharedBlock {
 public:
  static constexpr size_t kBytes = size_t{16} << 10U;

  // The block that `memory`, its first byte, belongs to.
  static SharedBlock* Of(char* memory) { return reinterpret_cast<SharedBlock*>(memory) - 1; }
  char* memory() { return reinterpret_cast<char*>(this + 1); }

  void AddReference() { ++references_; }
  void Release();

 private:
  friend class FrameLog;
  SharedBlock(FrameLog* log, uint32_t capacity) : log_(log), capacity_(capacity) {}
  static SharedBlock* Make(FrameLog* log, size_t room);

  FrameLog* log_;  // That writes on here; null when it has gone or filled it.
  uint32_t references_ = 0;
  uint32_t used_ = 0;
  uint32_t capacity_;
};

// A frame that several clients are to be sent. Holds a reference to where its bytes are.
class SharedFrame {
 public:
  SharedFrame() = default;
  SharedFrame(SharedBlock& block, uint32_t begin, uint32_t end)
      : block_(&block), begin_(begin), end_(end) {
    block.AddReference();
  }
  SharedFrame(SharedFrame&& other) noexcept { *this = std::move(other); }
  SharedFrame& operator=(SharedFrame&& other) noexcept {
    std::swap(block_, other.block_);
    begin_ = other.begin_;
    end_ = other.end_;
    return *this;
  }
  ~SharedFrame() {
    if (block_ != nullptr) block_->Release();
  }

  bool empty() const { return block_ == nullptr; }
  // REQUIRES for the rest: not empty().
  SharedBlock& block() const { return *block_; }
  char* begin() const { return block_->memory() + begin_; }
  char* end() const { return block_->memory() + end_; }

 private:
  SharedBlock* block_ = nullptr;
  uint32_t begin_ = 0;
  uint32_t end_ = 0;
};

// The frames that one group of clients is sent one after the other: written once, and read from
// there by every client's OutputBuffer. Holds no memory while nobody has anything left to send.
//
// Cost  A copy of the frame. A buffer that shows the frame before takes the next for a few
//       instructions and no memory.
class FrameLog {
 public:
  // Longer frames are not for sharing.
  static constexpr size_t kMaxFrameBytes = size_t{1} << 30U;

  FrameLog() = default;
  ~FrameLog();
  FrameLog(const FrameLog&) = delete;
  FrameLog& operator=(const FrameLog&) = delete;

  // Room for a frame of `size` bytes, to be written before anybody looks at it.
  // REQUIRES: 0 < size <= kMaxFrameBytes.
  SharedFrame Add(size_t size);

 private:
  friend class SharedBlock;
  SharedBlock* block_ = nullptr;
};

}  // namespace thimble
