#include "protocol/frame_log.h"

#include <algorithm>
#include <new>

#include "storage/common/check.h"

namespace thimble {

SharedBlock* SharedBlock::Make(FrameLog* log, size_t room) {
  const size_t capacity = std::max(room, kBytes - sizeof(SharedBlock));
  void* const memory = ::operator new(sizeof(SharedBlock) + capacity);
  return new (memory) SharedBlock(log, static_cast<uint32_t>(capacity));
}

void SharedBlock::Release() {
  THIMBLE_DCHECK(references_ > 0);
  if (--references_ > 0) return;
  if (log_ != nullptr) log_->block_ = nullptr;
  ::operator delete(this);
}

FrameLog::~FrameLog() {
  if (block_ != nullptr) block_->log_ = nullptr;
}

SharedFrame FrameLog::Add(size_t size) {
  THIMBLE_DCHECK(size > 0 && size <= kMaxFrameBytes);
  if (block_ != nullptr && block_->capacity_ - block_->used_ < size) {
    block_->log_ = nullptr;
    block_ = nullptr;
  }
  if (block_ == nullptr) block_ = SharedBlock::Make(this, size);
  const uint32_t begin = block_->used_;
  block_->used_ += static_cast<uint32_t>(size);
  return {*block_, begin, block_->used_};
}

}  // namespace thimble
