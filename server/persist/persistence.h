#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/command/control.h"
#include "server/command/services.h"
#include "server/command/spec.h"
#include "server/net/timer.h"
#include "server/persist/append_only.h"
#include "server/persist/files.h"
#include "server/persist/loading.h"
#include "server/persist/rdb_loading.h"
#include "server/persist/snapshot_job.h"
#include "server/persist/transfer.h"

namespace thimble {

class Loop;

// Keeps the data set on disk: loads it at the start, saves it as an RDB file when told to, by
// itself at save points and at the end, and has the append-only log rewritten.
//
// Loading     in slices, a turn of the loop between them, so that clients get their LOADING answers
//             meanwhile. With `appendonly yes` the log is loaded, else the RDB file.
// Background  A job writes what the data was when it began (snapshot_job.h), one at a time: a save,
//             a new base for the log, or a snapshot for a client.
// Failure     After a background save failed, or while the log cannot be written, writes are
//             refused until it works again: stop-writes-on-bgsave-error, with save points.
class Persistence {
 public:
  // Everything given outlives this.
  Persistence(Loop& loop, Services& services, Files& files);
  ~Persistence();

  // --- The start ------------------------------------------------------------------------------
  // Loads what is on disk, then calls `done` once; at once if there is nothing. False: the log has
  // said what is wrong with it, and the server must not go on.
  void LoadAtStart(std::function<void(bool ok)> done);
  bool loading() const { return loading_ != nullptr || reloading_; }

  // --- Saving ---------------------------------------------------------------------------------
  // SAVE: now, before anything else happens.
  Result<void> Save();
  // BGSAVE [SCHEDULE], BGREWRITEAOF. The reply.
  Result<std::string> SaveInBackground(bool may_wait, bool must_wait);
  Result<std::string> RewriteLog(bool must_wait);
  int64_t last_save_s() const { return last_save_s_; }
  // SYNC: the client gets the data as it is when no other work is under way, and is closed then.
  void SendSnapshot(uint64_t client, bool functions_only);
  bool IsSendingTo(uint64_t client) const { return transfers_.Has(client); }  // Or will be.
  // DEBUG RELOAD: what is on disk replaces the data set, or with `merge` is added to it.
  struct Reload {
    bool save = true;
    bool flush = true;
    bool merge = false;
  };
  Result<void> ReloadNow(const Reload& how);
  // DEBUG LOADAOF.
  Result<void> ReloadLogNow();
  // FLUSHALL: with save points the file is emptied too.
  void AfterFlushAll();
  // Whether RESTORE checks the checksum: DEBUG SET-SKIP-CHECKSUM-VALIDATION.
  bool verifies_payloads() const { return verifies_payloads_; }
  void set_verifies_payloads(bool verifies) { verifies_payloads_ = verifies; }

  // --- By itself ------------------------------------------------------------------------------
  // Looks after background work, the save points and the log; from the server's beat.
  void Beat();

  // --- The end --------------------------------------------------------------------------------
  // Saves if `how` or the configuration say so. False if that failed and `force` is not given: the
  // server must go on.
  bool PrepareForEnd(ServerControl::Save how, bool force);  // Then nothing begins by itself.

  // --- What clients may not do -----------------------------------------------------------------
  // Whether Refusal may say anything at all.
  bool restricts() const { return loading() || refuses_writes_; }
  // The error for a command that may not run now, `flags` being its own and, for EXEC, those of
  // what is queued; empty if it may.
  std::string Refusal(const CommandSpec& spec, uint32_t flags) const;
  // After options changed.
  void Review();
  Result<void> SwitchLog();  // `appendonly`.
  void ApplySync() { log_.ApplySync(); }
  void HandOverLog() { log_.HandOver(); }  // Before everybody waits for something long.
  void DelayLog(int64_t delay_us) { log_.set_flush_delay_us(delay_us); }  // For tests.

  // --- INFO -----------------------------------------------------------------------------------
  enum class Background : uint8_t { kNone, kSave, kRewrite, kTransfer };
  // How the background work of one kind went.
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
    RdbReadReport last_load;
    int64_t loading_start_s = 0;
  };
  Facts GetFacts() const;
  void ResetCounters();  // CONFIG RESETSTAT.
  Background background() const { return background_; }
  const SnapshotJob& job() const { return job_; }
  bool rewrite_scheduled() const { return rewrite_scheduled_; }
  const AppendOnly& log() const { return log_; }
  // Whether there is a log, or will be.
  bool log_enabled() const { return log_.enabled() || enabling_log_ || (loading() && loads_log_); }
  const Loading* current_loading() const { return loading_.get(); }

 private:
  bool HasSavePoints() const;
  bool FinishWork(ServerControl::Save how, bool force);
  bool SaveToFile();
  bool StartSave();
  bool StartRewrite();
  bool PrepareRewrite();
  void OnPrepared();
  bool StartBase();
  void AbandonRewrite(const std::string& temporary);
  void StartTransfer();
  bool IsWorking() const { return background_ != Background::kNone; }
  bool StartJob(Background kind, Databases* databases, SnapshotJob::Work work);
  void OnWorkEnd();
  void PollWork();
  void OnSaveEnd(bool ok);
  void OnRewriteEnd(bool ok, const std::string& temporary);
  void OnTransferEnd(bool ok);
  void GiveUpWork();
  void StartWhatIsDue();
  bool SavePointReached() const;
  bool LogHasGrown() const;
  void NoteSaved();
  std::unique_ptr<Loading> OpenFile(RdbReadOptions options, bool* missing);
  RdbReadOptions LoadOptions() const;
  void LoadSlice();
  void FinishLoading(bool ok);
  void Flush();
  int64_t NowS() const;

  Loop& loop_;
  Services& services_;
  Files& files_;
  AppendOnly log_;
  Transfers transfers_;
  std::unique_ptr<Loading> loading_;
  bool loads_log_ = false;
  bool reloading_ = false;
  std::function<void(bool ok)> load_done_;
  int64_t loading_start_ns_ = 0;
  SnapshotJob job_;
  int jobs_ = 0;
  Background background_ = Background::kNone;
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
  bool enabling_log_ = false;  // The next rewrite makes a log.
  bool refuses_writes_ = false;
  bool verifies_payloads_ = true;
  bool ended_ = false;
  Facts facts_;
};

}  // namespace thimble
