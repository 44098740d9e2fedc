#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "server/net/timer.h"
#include "storage/common/clock.h"
#include "storage/snapshot/snapshot.h"
#include "storage/snapshot/snapshot_reader.h"

namespace thimble {

class Loop;

// A snapshot that is written in the background. The loop takes it, some hundred microseconds a turn
// (storage/snapshot/snapshot.h); a thread writes what was taken. So nobody waits for it, however
// much data there is, and the data takes no more memory meanwhile but for what is on its way.
//
// Threads     All calls are the loop's, but for those of a Source.
class SnapshotJob {
 public:
  // What the work, on its thread, gets of the snapshot.
  class Source : public std::enable_shared_from_this<Source> {
   public:
    explicit Source(const SnapshotReader::Moment& moment) : moment_(moment) {}
    // Gives all of it to the output, with a pause of `delay_us` after each key (key_delay.h),
    // waiting for what is not yet taken. False once the output failed or the job was cancelled.
    bool WriteTo(SnapshotOutput& output, int64_t delay_us);
    bool cancelled() const;
    // Does it and returns what it returned, unless the job was cancelled; nor is it meanwhile.
    bool UnlessCancelled(FunctionRef<bool()> act);

   private:
    friend class SnapshotJob;
    enum class Outcome : uint8_t { kNone, kFailed, kWritten };
    // What nobody will write; freed by the thread, since for much of it that takes a while.
    struct Rest {
      std::vector<Snapshot::Part> parts;
      std::vector<SnapshotBlock> blocks;
    };

    void Run(const std::function<bool(Source&)>& work, Loop& loop);
    void FreeRest();
    std::optional<SnapshotBlock> Next();
    void Pause(int64_t delay_us);

    const SnapshotReader::Moment moment_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<SnapshotBlock> blocks_;
    size_t waiting_bytes_ = 0;
    bool wants_more_ = false;  // The loop waits for that, and must be told.
    bool cancelled_ = false;
    Rest rest_;
    bool has_rest_ = false;  // The loop has let go, and nothing is added.
    std::atomic<Outcome> outcome_ = Outcome::kNone;
    std::atomic<bool> ended_ = false;
    std::atomic<uint64_t> keys_ = 0;
    std::function<void()> wake_;  // Has the loop go on taking.
    SnapshotJob* job_ = nullptr;  // The loop's: null once nobody asks any more.
  };
  // Writes all there is and makes it last. False if that failed, which it has told, or was
  // cancelled. May throw std::bad_alloc, which is a failure and told for it.
  using Work = std::function<bool(Source&)>;

  // `on_end` is called from the loop when there is an outcome to be polled.
  SnapshotJob(Loop& loop, std::function<void()> on_end);
  ~SnapshotJob();  // Cancels, and waits until the threads have ended.
  SnapshotJob(const SnapshotJob&) = delete;
  SnapshotJob& operator=(const SnapshotJob&) = delete;

  // The data as it is now; without `databases` there is none. False if there can be no thread, or
  // no memory.
  // REQUIRES: !running().
  bool Start(StorageEnvironment& environment, Databases* databases, Work work);
  bool running() const { return source_ != nullptr; }
  // How it ended, once it has; nothing before. Waits for no file.
  std::optional<bool> Poll();
  // Gives it up. Its thread may go on for what a write takes; it leaves no file. Waits only for
  // what UnlessCancelled() is doing: giving a file its name.
  void Cancel();

  // Of the one that is running, or was last.
  uint64_t keys_processed() const;
  // What was copied because it changed before its turn.
  uint64_t copied_bytes() const {
    return snapshot_ != nullptr ? snapshot_->aside_bytes() : copied_bytes_;
  }
  uint64_t start_us() const { return start_us_; }  // What the start took.

 private:
  struct Runner {
    std::shared_ptr<Source> source;
    std::thread thread;
  };

  void Begin(StorageEnvironment& environment, Databases* databases, Work work);
  void TakeSome();
  void TakeSlice();
  bool HandOver();
  void Fail();
  void JoinEnded();
  void EndSnapshot();
  void LetGo();

  Loop& loop_;
  std::function<void()> on_end_;
  IdleTask take_;
  std::unique_ptr<Snapshot> snapshot_;  // Until all is taken.
  SnapshotBuffer taken_{SnapshotBuffer::kBlockBytes};
  std::shared_ptr<Source> source_;
  std::vector<Runner> runners_;  // Those that were cancelled, and are not yet gone, too.
  uint64_t start_us_ = 0;
  uint64_t keys_processed_ = 0;
  uint64_t copied_bytes_ = 0;
};

}  // namespace thimble
