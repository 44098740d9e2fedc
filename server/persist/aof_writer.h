#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>

#include "server/persist/files.h"

namespace thimble {

// When the log is put on the disk for good.
enum class AofSync : uint8_t { kAlways, kEverySecond, kNever };

// The one thread that owns the log's file. Bytes are written in the order in which they were given;
// a file that follows another is begun only when that one is written and synced, so that what is
// found after a power cut is always a beginning of what happened.
//
// Failure     What could not be written is cut off again and tried anew every second, so that no
//             half of a request stays. A sync that failed is final for its file: what the kernel
//             dropped then no later sync brings back. It is told until Forgive, when a snapshot
//             made since stands in for that file.
// Threads     All calls are the loop's.
class AofWriter {
 public:
  // `bytes`: what the file holds already.
  AofWriter(std::unique_ptr<OutputFile> file, uint64_t bytes, AofSync sync);
  ~AofWriter();  // Waits until all is written and synced, or has failed.
  AofWriter(const AofWriter&) = delete;
  AofWriter& operator=(const AofWriter&) = delete;

  // Takes the bytes along; never waits. Returns memory that the caller may write into instead: a
  // string that was written, or an empty one.
  std::string Append(std::string bytes);
  // What is appended from here on goes to another file, empty as yet.
  void Follow(std::unique_ptr<OutputFile> file);
  // What failed so far is on the disk in another form.
  void Forgive();
  void SetSync(AofSync sync);
  // While set, everysec does not sync: a job is writing and would have to wait.
  void PauseSync(bool paused);

  // Waits until all that was appended is written, and synced too if `synced`. False if something
  // is wrong with the file.
  bool Settle(bool synced);

  struct State {
    uint64_t waiting_bytes = 0;   // Not yet written.
    int64_t unsynced_for_ms = 0;  // How long the oldest byte not yet synced has waited.
    bool sync_paused = false;
    std::error_code write_error;  // Of the last try.
    std::error_code sync_error;   // Not yet forgiven.
    bool failed() const { return write_error || sync_error; }
  };
  State GetState() const;

 private:
  struct Piece {
    std::string bytes;
    std::unique_ptr<OutputFile> next;  // Or: the file to go on with.
  };
  using Lock = std::unique_lock<std::mutex>;

  void Run();
  void Wait(Lock& lock);
  bool WantsSync() const;
  bool CutOff();
  void WriteFirst(Lock& lock);
  void Sync(Lock& lock);

  mutable std::mutex mutex_;
  std::condition_variable wake_;     // For the thread: there is something to do.
  std::condition_variable settled_;  // For Settle: something was done.
  std::deque<Piece> queue_;
  std::string spare_;  // The last piece that was written.
  AofSync sync_;
  bool sync_paused_ = false;
  bool sync_asked_ = false;  // By Settle.
  bool busy_ = false;        // The thread works without the lock.
  bool ending_ = false;
  uint64_t waiting_bytes_ = 0;
  int64_t unsynced_since_ms_ = 0;  // 0 while there is nothing unsynced, in queue or file.
  int64_t synced_ms_ = 0;
  std::error_code write_error_;
  std::error_code sync_error_;
  bool file_failed_ = false;  // A sync of this very file did.

  // The thread's own.
  std::unique_ptr<OutputFile> file_;
  uint64_t whole_bytes_;    // Of the file: whole pieces.
  bool half_left_ = false;  // Behind them.
  std::thread thread_;
};

}  // namespace thimble
