#include "server/persist/aof_writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "storage/common/clock.h"

namespace thimble {
namespace {

constexpr int64_t kSyncEveryMs = 1000;
constexpr std::chrono::milliseconds kRetry{1000};
// Pieces that wait are joined up to this.
constexpr size_t kMaxPiece = size_t{1} << 20U;

}  // namespace

AofWriter::AofWriter(std::unique_ptr<OutputFile> file, uint64_t bytes, AofSync sync)
    : sync_(sync),
      synced_ms_(Clock::System().MonotonicMs()),
      file_(std::move(file)),
      whole_bytes_(bytes),
      thread_([this] { Run(); }) {}

AofWriter::~AofWriter() {
  {
    const Lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

// --- The loop's side ----------------------------------------------------------------------------

std::string AofWriter::Append(std::string bytes) {
  std::string spare;
  {
    const Lock lock(mutex_);
    waiting_bytes_ += bytes.size();
    if (unsynced_since_ms_ == 0) unsynced_since_ms_ = Clock::System().MonotonicMs();
    const bool joins = !queue_.empty() && queue_.back().next == nullptr &&
                       queue_.back().bytes.size() + bytes.size() <= kMaxPiece &&
                       !(busy_ && queue_.size() == 1);
    if (joins) {
      queue_.back().bytes += bytes;
      spare = std::move(bytes);
    } else {
      queue_.push_back({std::move(bytes), nullptr});
      spare = std::exchange(spare_, {});
    }
  }
  wake_.notify_one();
  return spare;
}

void AofWriter::Follow(std::unique_ptr<OutputFile> file) {
  {
    const Lock lock(mutex_);
    queue_.push_back({{}, std::move(file)});
  }
  wake_.notify_one();
}

void AofWriter::Forgive() {
  const Lock lock(mutex_);
  if (!file_failed_) sync_error_.clear();
}

void AofWriter::SetSync(AofSync sync) {
  {
    const Lock lock(mutex_);
    sync_ = sync;
  }
  wake_.notify_one();
}

void AofWriter::PauseSync(bool paused) {
  {
    const Lock lock(mutex_);
    sync_paused_ = paused;
  }
  wake_.notify_one();
}

bool AofWriter::Settle(bool synced) {
  Lock lock(mutex_);
  sync_asked_ = sync_asked_ || synced;
  wake_.notify_one();
  settled_.wait(lock, [&] {
    if (write_error_ || file_failed_) return true;
    return queue_.empty() && !busy_ && (!synced || unsynced_since_ms_ == 0);
  });
  return !write_error_ && !file_failed_;
}

AofWriter::State AofWriter::GetState() const {
  const Lock lock(mutex_);
  return {.waiting_bytes = waiting_bytes_,
          .unsynced_for_ms =
              unsynced_since_ms_ == 0 ? 0 : Clock::System().MonotonicMs() - unsynced_since_ms_,
          .sync_paused = sync_paused_,
          .write_error = write_error_,
          .sync_error = sync_error_};
}

// --- The thread's side --------------------------------------------------------------------------

bool AofWriter::WantsSync() const {
  if (unsynced_since_ms_ == 0 || file_failed_) return false;
  if (ending_ || sync_asked_ || sync_ == AofSync::kAlways) return true;
  return sync_ == AofSync::kEverySecond && !sync_paused_ &&
         Clock::System().MonotonicMs() - synced_ms_ >= kSyncEveryMs;
}

void AofWriter::Wait(Lock& lock) {
  const bool sync_comes =
      unsynced_since_ms_ != 0 && !file_failed_ && !sync_paused_ && sync_ == AofSync::kEverySecond;
  if (!sync_comes) return wake_.wait(lock);
  const int64_t left_ms = synced_ms_ + kSyncEveryMs - Clock::System().MonotonicMs();
  wake_.wait_for(lock, std::chrono::milliseconds(std::max<int64_t>(left_ms, 1)));
}

void AofWriter::Run() {
  Lock lock(mutex_);
  while (true) {
    if (!queue_.empty()) {
      WriteFirst(lock);
      // Told at once, so that nobody waits for what may take long.
      settled_.notify_all();
      if (!write_error_) continue;
      // What was written before does not wait for what could not be.
      if (WantsSync()) Sync(lock);
      if (ending_) return;
      wake_.wait_for(lock, kRetry);
    } else if (WantsSync()) {
      Sync(lock);
      settled_.notify_all();
    } else if (ending_) {
      return;
    } else {
      sync_asked_ = false;
      Wait(lock);
    }
  }
}

// What was left of a piece that could not be written whole goes before anything is written there.
bool AofWriter::CutOff() {
  half_left_ = half_left_ && !file_->Truncate(whole_bytes_);
  return !half_left_;
}

// Writes the first piece, or goes on to the next file.
void AofWriter::WriteFirst(Lock& lock) {
  Piece& piece = queue_.front();  // Nobody else takes it away or adds to it while busy_.
  if (piece.next != nullptr) {
    if (unsynced_since_ms_ != 0 && !file_failed_) Sync(lock);
    file_ = std::move(piece.next);
    whole_bytes_ = 0;
    file_failed_ = false;
    queue_.pop_front();
    return;
  }
  busy_ = true;
  lock.unlock();
  const bool written = CutOff() && file_->Write(piece.bytes);
  const std::error_code error = written ? std::error_code() : file_->error();
  if (!written) {
    half_left_ = true;
    CutOff();
  }
  lock.lock();
  busy_ = false;
  write_error_ = error;
  if (!written) return;
  whole_bytes_ += piece.bytes.size();
  waiting_bytes_ -= piece.bytes.size();
  if (piece.bytes.capacity() <= 2 * kMaxPiece) spare_ = std::move(piece.bytes);
  queue_.pop_front();
}

void AofWriter::Sync(Lock& lock) {
  const int64_t unsynced_since_ms = unsynced_since_ms_;
  busy_ = true;
  lock.unlock();
  const bool synced = file_->Sync();
  lock.lock();
  busy_ = false;
  synced_ms_ = Clock::System().MonotonicMs();
  if (!synced) {
    file_failed_ = true;
    sync_error_ = file_->error();
    return;
  }
  // What came meanwhile is not yet on the disk; since when is known only roughly.
  unsynced_since_ms_ = queue_.empty() ? 0 : std::max(unsynced_since_ms, synced_ms_);
}

}  // namespace thimble
