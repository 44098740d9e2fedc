#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/command/services.h"
#include "server/persist/aof_rewrite.h"
#include "server/persist/append_only.h"
#include "server/persist/files.h"
#include "server/persist/snapshot_job.h"
#include "server/persist/transfer.h"
#include "storage/common/result.h"

namespace thimble {

class Loop;

// What is done behind the clients' backs: a job writes what the data was when it began
// (snapshot_job.h), one at a time: a save, a new base for the log, or a snapshot for a client.
//
// Due   What was asked for while another was under way, what the save points say, and a log that
//       has grown. What failed is tried again by itself, some seconds later.
class BackgroundWork {
 public:
  // Everything given outlives this. `on_end` is called when Poll() has something to find.
  BackgroundWork(Loop& loop, Services& services, Files& files, AppendOnly& log,
                 std::function<void()> on_end);
  ~BackgroundWork();

  // --- Asked for -------------------------------------------------------------------------------
  // BGSAVE [SCHEDULE], BGREWRITEAOF: the reply. `must_wait`: it cannot begin now.
  Result<std::string> Save(bool may_wait, bool must_wait);
  Result<std::string> RewriteLog(bool must_wait);
  // SYNC: the client gets the data as it is when no other work is under way, and is closed then.
  void SendSnapshot(uint64_t client, bool functions_only);
  bool IsSendingTo(uint64_t client) const { return transfers_.Has(client); }  // Or will be.
  // `appendonly`. The first rewriting makes the log; until it has, there is none.
  Result<void> EnableLog();
  void DisableLog();
  bool enabling_log() const { return enabling_log_; }

  // --- By itself -------------------------------------------------------------------------------
  // Sees to what has ended.
  void Poll();
  // Begins what is due, unless something is under way, which a snapshot for nobody is not.
  void StartDue();
  // Ends what is under way, whose files go, unless it was done and only Poll() did not know.
  void GiveUp();

  // --- Saves in the foreground -----------------------------------------------------------------
  void CountSave() { ++facts_.saves; }
  // The file, or at the start what was loaded, has what the data is: save points count from now
  // on, and no save has failed.
  void NoteSaved();
  int64_t last_save_s() const { return last_save_s_; }

  // --- Facts -----------------------------------------------------------------------------------
  enum class Kind : uint8_t { kNone, kSave, kRewrite, kTransfer };
  Kind kind() const { return kind_; }
  bool working() const { return kind_ != Kind::kNone; }
  bool rewrite_scheduled() const { return rewrite_scheduled_; }
  const SnapshotJob& job() const { return job_; }
  bool last_save_ok() const { return facts_.save.last_ok; }
  // How the work of one kind went.
  struct Work {
    bool last_ok = true;
    int64_t last_s = -1;     // What it took.
    int64_t current_s = -1;  // How long it has been running.
    uint64_t starts = 0;
    uint64_t failures_in_a_row = 0;
    uint64_t copied_bytes = 0;
  };
  struct Facts {
    Work save;
    Work rewrite;
    uint64_t saves = 0;  // Begun, in the foreground too.
    uint64_t keys_to_save = 0;
    uint64_t forks = 0;
    uint64_t last_fork_us = 0;
  };
  Facts GetFacts() const;
  void ResetCounters();  // CONFIG RESETSTAT.

 private:
  int64_t NowS() const;
  bool StartSave();
  // Who waits for the preparation of the log's folder: with kAtOnce everybody, so that who asked
  // for a log hears whether there will be one; with kByJob nobody, nor hears anybody if it fails.
  enum class Preparation : uint8_t { kAtOnce, kByJob };
  bool StartRewrite(Preparation preparation);
  bool PrepareRewrite();
  void OnPrepared();
  void OnNoRewrite();
  void WaitAgain();
  bool StartBase();
  void FinishRewrite();
  void AbandonRewrite(const std::string& temporary);
  void StartTransfer();
  bool StartJob(Kind kind, Databases* databases, SnapshotJob::Work work);
  void NoteEnd(Work& work) const;
  void OnSaveEnd(bool ok);
  void OnRewriteEnd(const std::string& temporary);
  void OnTransferEnd(bool ok);
  bool SavePointReached() const;
  bool LogHasGrown() const;

  Services& services_;
  Files& files_;
  AppendOnly& log_;
  Transfers transfers_;
  SnapshotJob job_;
  int jobs_ = 0;
  Kind kind_ = Kind::kNone;
  bool preparing_ = false;               // Of kRewrite the first part.
  std::shared_ptr<AofRewrite> rewrite_;  // That, or the last.
  std::string temporary_;                // The file that it writes, with its folder.
  uint64_t dirty_at_start_ = 0;
  int64_t work_start_s_ = 0;
  int64_t last_try_s_ = 0;  // Of a save.
  int64_t last_rewrite_try_s_ = 0;
  int64_t last_save_s_ = 0;
  bool save_scheduled_ = false;
  bool rewrite_scheduled_ = false;
  bool was_scheduled_ = false;  // Until the last rewriting was to begin.
  bool enabling_log_ = false;   // The next rewrite makes a log.
  Facts facts_;
};

}  // namespace thimble
