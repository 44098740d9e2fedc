#include "server/persist/snapshot_job.h"

#include <chrono>
#include <csignal>
#include <exception>
#include <new>
#include <utility>

#include "server/net/loop.h"
#include "server/persist/key_delay.h"
#include "server/stats/log.h"
#include "storage/common/check.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

// How long the loop takes in a turn, and how much at a time between looks at the clock.
constexpr int64_t kSliceNs = 300'000;
constexpr size_t kTakenAtOnce = SnapshotBuffer::kBlockBytes;
// What may wait for the thread; it is to have enough to do until the loop's next turn.
constexpr size_t kMostWaitingBytes = size_t{2} << 20U;

// Signals are the loop's business, but for those of a fault of the thread's own.
class SignalsLeftToLoop {
 public:
  SignalsLeftToLoop() {
    sigset_t all;
    sigfillset(&all);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) sigdelset(&all, fault);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsLeftToLoop() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsLeftToLoop(const SignalsLeftToLoop&) = delete;
  SignalsLeftToLoop& operator=(const SignalsLeftToLoop&) = delete;

 private:
  sigset_t before_;
};

constexpr const char* kNoMemory = "There is not enough memory to save in the background";

}  // namespace

// --- The thread's side --------------------------------------------------------------------------

std::optional<SnapshotBlock> SnapshotJob::Source::Next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return cancelled_ || !blocks_.empty(); });
  if (cancelled_) return std::nullopt;
  SnapshotBlock block = std::move(blocks_.front());
  blocks_.pop_front();
  waiting_bytes_ -= block.capacity();
  if (wants_more_ && waiting_bytes_ <= kMostWaitingBytes / 2) {
    wants_more_ = false;
    wake_();
  }
  return block;
}

void SnapshotJob::Source::Pause(int64_t delay_us) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::microseconds(delay_us), [this] { return cancelled_; });
}

bool SnapshotJob::Source::WriteTo(SnapshotOutput& output, int64_t delay_us) {
  SnapshotReader reader(output, moment_);
  const auto next = [&] {
    keys_.fetch_add(1, std::memory_order_relaxed);
    if (const int64_t pause_us = DelayOfThisKeyUs(delay_us)) Pause(pause_us);
  };
  while (!reader.complete()) {
    const std::optional<SnapshotBlock> block = Next();
    if (!block || !reader.Read(*block, next)) return false;
  }
  return output.ok();
}

bool SnapshotJob::Source::cancelled() const {
  const std::lock_guard lock(mutex_);
  return cancelled_;
}

bool SnapshotJob::Source::UnlessCancelled(FunctionRef<bool()> act) {
  const std::lock_guard lock(mutex_);
  return !cancelled_ && act();
}

void SnapshotJob::Source::Run(const std::function<bool(Source&)>& work, Loop& loop) {
  bool ok = false;
  try {
    ok = work(*this);
  } catch (const std::bad_alloc&) {
    Log(LogLevel::kWarning, kNoMemory);
  }
  outcome_ = ok ? Outcome::kWritten : Outcome::kFailed;
  loop.Post([source = shared_from_this()] {
    if (source->job_ != nullptr) source->job_->on_end_();
  });
  FreeRest();
  ended_ = true;
}

void SnapshotJob::Source::FreeRest() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return has_rest_; });
  const std::deque<SnapshotBlock> blocks = std::move(blocks_);
  const Rest rest = std::move(rest_);
  lock.unlock();
}

// --- The loop's side ----------------------------------------------------------------------------

SnapshotJob::SnapshotJob(Loop& loop, std::function<void()> on_end)
    : loop_(loop), on_end_(std::move(on_end)), take_(loop, [this] { TakeSome(); }) {}

SnapshotJob::~SnapshotJob() {
  if (running()) Cancel();
  for (Runner& runner : runners_) runner.thread.join();
}

bool SnapshotJob::Start(StorageEnvironment& environment, Databases* databases, Work work) {
  THIMBLE_CHECK(!running());
  JoinEnded();
  const int64_t start_ns = environment.clock.MonotonicNs();
  try {
    Begin(environment, databases, std::move(work));
  } catch (const std::exception&) {  // Of the thread, or of memory.
    snapshot_.reset();
    source_.reset();
    return false;
  }
  take_.Start();
  start_us_ = static_cast<uint64_t>(environment.clock.MonotonicNs() - start_ns) / 1000;
  return true;
}

void SnapshotJob::Begin(StorageEnvironment& environment, Databases* databases, Work work) {
  snapshot_ = std::make_unique<Snapshot>(environment, databases);
  source_ = std::make_shared<Source>(
      SnapshotReader::Moment{.hash_key = environment.hash_key,
                             .clock = environment.clock,
                             .counts_frequency = environment.count_frequency,
                             .now_ms = snapshot_->now_ms()});
  copied_bytes_ = 0;
  source_->job_ = this;
  source_->wake_ = [&loop = loop_, source = std::weak_ptr(source_)] {
    loop.Post([source] {
      const auto alive = source.lock();
      if (alive != nullptr && alive->job_ != nullptr) alive->job_->take_.Start();
    });
  };
  const auto run = [source = source_, &loop = loop_, work = std::move(work)] {
    source->Run(work, loop);
  };
  runners_.reserve(runners_.size() + 1);
  const SignalsLeftToLoop left;
  runners_.push_back({source_, std::thread(run)});
}

void SnapshotJob::TakeSome() {
  if (snapshot_ == nullptr) return take_.Stop();
  try {
    TakeSlice();
  } catch (const std::bad_alloc&) {
    Fail();
  }
}

void SnapshotJob::TakeSlice() {
  const int64_t end_ns = Clock::System().MonotonicNs() + kSliceNs;
  do {
    const bool more = snapshot_->Advance(taken_, kTakenAtOnce);
    if (snapshot_->failed()) return Fail();
    const bool may_go_on = HandOver();
    if (!more) EndSnapshot();
    if (!more || !may_go_on) return take_.Stop();
  } while (Clock::System().MonotonicNs() < end_ns);
}

// There is no memory for a copy, or to hand it over. The thread ends without its work done.
void SnapshotJob::Fail() {
  Log(LogLevel::kWarning, kNoMemory);
  take_.Stop();
  EndSnapshot();
  const std::lock_guard lock(source_->mutex_);
  source_->cancelled_ = true;
  source_->changed_.notify_one();
}

// What was not taken of it is the thread's to free.
void SnapshotJob::EndSnapshot() {
  copied_bytes_ = snapshot_->aside_bytes();
  std::vector<Snapshot::Part> rest = snapshot_->Leave();
  snapshot_.reset();
  const std::lock_guard lock(source_->mutex_);
  source_->rest_.parts = std::move(rest);
}

// Gives the thread what was taken. False if there is enough for now: the thread will say when it
// wants more.
bool SnapshotJob::HandOver() {
  std::vector<SnapshotBlock> blocks = taken_.Take();
  const std::lock_guard lock(source_->mutex_);
  for (SnapshotBlock& block : blocks) {
    source_->waiting_bytes_ += block.capacity();
    source_->blocks_.push_back(std::move(block));
  }
  source_->changed_.notify_one();
  source_->wants_more_ = source_->waiting_bytes_ >= kMostWaitingBytes;
  return !source_->wants_more_;
}

void SnapshotJob::JoinEnded() {
  std::erase_if(runners_, [](Runner& runner) {
    if (!runner.source->ended_) return false;
    runner.thread.join();
    return true;
  });
}

void SnapshotJob::LetGo() {
  take_.Stop();
  if (snapshot_ != nullptr) EndSnapshot();
  keys_processed_ = source_->keys_;
  source_->job_ = nullptr;
  {
    const std::lock_guard lock(source_->mutex_);
    source_->rest_.blocks = taken_.Take();
    source_->has_rest_ = true;
    source_->changed_.notify_one();
  }
  source_.reset();
}

std::optional<bool> SnapshotJob::Poll() {
  if (!running()) return std::nullopt;
  if (snapshot_ != nullptr && snapshot_->failed()) Fail();
  const Source::Outcome outcome = source_->outcome_;
  if (outcome == Source::Outcome::kNone) return std::nullopt;
  LetGo();
  return outcome == Source::Outcome::kWritten;
}

void SnapshotJob::Cancel() {
  THIMBLE_CHECK(running());
  {
    const std::lock_guard lock(source_->mutex_);
    source_->cancelled_ = true;
    source_->changed_.notify_one();
  }
  LetGo();
}

uint64_t SnapshotJob::keys_processed() const {
  return running() ? source_->keys_.load() : keys_processed_;
}

}  // namespace thimble
