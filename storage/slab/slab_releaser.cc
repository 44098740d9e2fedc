#include "storage/slab/slab_releaser.h"

#include <system_error>

namespace thimble {

SlabReleaser::~SlabReleaser() {
  if (thread_.joinable()) {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  slabs_.PutBack(batch_);
}

bool SlabReleaser::Step() {
  if (!Collect()) return true;
  slabs_.TakeSurplus(kAtOnce, batch_);
  if (batch_.empty()) return false;
  Send();
  return true;
}

void SlabReleaser::StepIdle() {
  if (!Collect()) return;
  slabs_.TakeIdle(batch_);
  if (!batch_.empty()) Send();
}

// False while the thread is still at it.
bool SlabReleaser::Collect() {
  const std::lock_guard lock(mutex_);
  if (sent_) return false;
  slabs_.PutBack(batch_);
  return true;
}

// Without a thread, as under a tight limit, the work is done here.
void SlabReleaser::Send() {
  try {
    if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
  } catch (const std::system_error&) {
    return slabs_.Release(batch_);
  }
  {
    const std::lock_guard lock(mutex_);
    sent_ = true;
  }
  wake_.notify_one();
}

void SlabReleaser::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return sent_ || ending_; });
    if (!sent_) return;
    lock.unlock();
    slabs_.Release(batch_);
    lock.lock();
    sent_ = false;
  }
}

}  // namespace thimble
