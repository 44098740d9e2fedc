#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/slab/slab_allocator.h"

namespace thimble {

// Gives the memory of empty slabs back to the kernel on a thread of its own. The call returns when
// every processor has forgotten the memory: where processors are virtual, and others busy, that has
// been seen to take twenty milliseconds.
//
// Threads     All calls are the loop thread's. The other one starts when there is something to do.
class SlabReleaser {
 public:
  explicit SlabReleaser(SlabAllocator& slabs) : slabs_(slabs) {}
  ~SlabReleaser();  // Waits for what is under way.
  SlabReleaser(const SlabReleaser&) = delete;
  SlabReleaser& operator=(const SlabReleaser&) = delete;

  // Takes back what the thread is done with and gives it more, if the pool has a surplus. True if
  // another call will find something to do.
  bool Step();
  // The same for a few slabs that nobody has needed for long.
  void StepIdle();

 private:
  static constexpr size_t kAtOnce = 128;  // 4 MB.

  bool Collect();
  void Send();
  void Run();

  SlabAllocator& slabs_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<uint32_t> batch_;  // The thread's while sent_.
  bool sent_ = false;
  bool ending_ = false;
};

}  // namespace thimble
