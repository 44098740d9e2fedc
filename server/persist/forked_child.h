#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace thimble {

// What a child tells its parent while it works, in memory both see.
struct ChildReport {
  std::atomic<uint64_t> keys_processed = 0;
  std::atomic<uint64_t> copied_bytes = 0;  // Memory no longer shared with the parent.
};

// A copy of the process, made by fork, that does one piece of work with the data as it was at that
// moment and ends. It must not touch the loop, nor any descriptor of the parent but the log's and
// the one it was given: all others are closed. It dies with its parent. It reads the data once and
// forgets what it has read, so that the parent's writes need not be made to copies.
class ForkedChild {
 public:
  ForkedChild();
  ~ForkedChild();  // Kills a child that is still running.
  ForkedChild(const ForkedChild&) = delete;
  ForkedChild& operator=(const ForkedChild&) = delete;

  // Returns the child's process number, or nothing if there can be none (errno says why). In the
  // child `work` runs and its result becomes the exit code; of descriptors it has its standard ones
  // and `kept`, unless that is negative. REQUIRES: !running().
  std::optional<int> Start(const std::function<bool(ChildReport&)>& work, int kept = -1);

  // Whether this process is such a copy, and forgets (SlabAllocator::Forget).
  static bool IsOne();
  bool running() const { return process_ != 0; }
  int process() const { return process_; }
  const ChildReport& report() const { return *report_; }
  uint64_t fork_us() const { return fork_us_; }  // What the last fork took.

  struct End {
    bool ok = false;
    int signal = 0;  // What killed it; 0 if nothing did.
  };
  // How the child ended, once it has; nothing before. Never waits.
  std::optional<End> Poll();
  // Ends the child now, and waits until it has ended.
  void Kill();

 private:
  void NoteEnd();

  int process_ = 0;
  uint64_t fork_us_ = 0;
  ChildReport* report_;  // In shared memory.
};

}  // namespace thimble
