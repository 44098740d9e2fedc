#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/command/control.h"
#include "server/command/services.h"
#include "server/command/spec.h"
#include "server/net/timer.h"
#include "server/persist/files.h"
#include "server/persist/forked_child.h"
#include "server/persist/rdb_loading.h"

namespace thimble {

class Loop;

// Keeps the data set on disk as an RDB file: loads it at the start, saves it when told to, by
// itself at save points, and at the end.
//
// Loading     in slices, a turn of the loop between them, so that clients get their LOADING answers
// meanwhile. Background  A forked child writes what the data was when it was forked. Everything
// asked of it
//             goes through ForkedChild and SaveRdbFile.
// Failure     After a background save failed, writes are refused until one succeeds, if
//             stop-writes-on-bgsave-error says so and save points are set.
class Persistence {
 public:
  // Everything given outlives this.
  Persistence(Loop& loop, Services& services, Files& files);
  ~Persistence();

  // --- The start ------------------------------------------------------------------------------
  // Loads what is on disk, then calls `done` once; at once if there is nothing. False: the log has
  // said what is wrong with it, and the server must not go on.
  void LoadAtStart(std::function<void(bool ok)> done);
  bool loading() const { return loading_ != nullptr; }

  // --- Saving ---------------------------------------------------------------------------------
  // SAVE: now, before anything else happens.
  Result<void> Save();
  // BGSAVE [SCHEDULE]. The reply.
  Result<std::string> SaveInBackground(bool may_wait);
  int64_t last_save_s() const { return last_save_s_; }
  // DEBUG RELOAD: what is on disk replaces the data set, or with `merge` is added to it.
  struct Reload {
    bool save = true;
    bool flush = true;
    bool merge = false;
  };
  Result<void> ReloadNow(const Reload& how);
  // FLUSHALL: with save points the file is emptied too.
  void AfterFlushAll();

  // Whether RESTORE checks the checksum: DEBUG SET-SKIP-CHECKSUM-VALIDATION.
  bool verifies_payloads() const { return verifies_payloads_; }
  void set_verifies_payloads(bool verifies) { verifies_payloads_ = verifies; }

  // --- By itself ------------------------------------------------------------------------------
  // Looks after the child and the save points; from the server's beat.
  void Beat();
  // Whether a child shares memory with this process: what moves memory about had better wait.
  bool child_running() const { return child_.running(); }

  // --- The end --------------------------------------------------------------------------------
  // Saves if `how` or the configuration say so. False if that failed and `force` is not given: the
  // server must go on.
  bool PrepareForEnd(ServerControl::Save how, bool force);

  // --- What clients may not do -----------------------------------------------------------------
  // Whether Refusal may say anything at all.
  bool restricts() const { return loading() || refuses_writes_; }
  // The error for a command that may not run now; empty if it may.
  std::string Refusal(const CommandSpec& spec) const;
  // After options changed.
  void Review();

  // --- INFO -----------------------------------------------------------------------------------
  struct Facts {
    bool last_background_ok = true;
    int64_t last_background_s = -1;     // What it took.
    int64_t current_background_s = -1;  // How long it has been running.
    uint64_t saves = 0;
    uint64_t last_copied_bytes = 0;
    uint64_t keys_to_save = 0;
    uint64_t forks = 0;
    uint64_t last_fork_us = 0;
    RdbReadReport last_load;
    int64_t loading_start_s = 0;
  };
  Facts GetFacts() const;
  const ForkedChild& child() const { return child_; }
  const RdbLoading* current_loading() const { return loading_.get(); }

 private:
  bool HasSavePoints() const;
  bool SaveToFile();
  bool StartChild();
  void OnChildEnd(const ForkedChild::End& end);
  void KillChild();
  bool SavePointReached() const;
  void NoteSaved();
  std::unique_ptr<RdbLoading> OpenFile(RdbReadOptions options, bool* missing);
  RdbReadOptions LoadOptions() const;
  void LoadSlice();
  void FinishLoading(bool ok);
  int64_t NowS() const;

  Loop& loop_;
  Services& services_;
  Files& files_;
  std::unique_ptr<RdbLoading> loading_;
  std::function<void(bool ok)> load_done_;
  int64_t loading_start_ns_ = 0;
  ForkedChild child_;
  SignalWatcher child_ended_;
  std::string child_file_;
  uint64_t dirty_at_fork_ = 0;
  int64_t background_start_s_ = 0;
  int64_t last_try_s_ = 0;
  int64_t last_save_s_ = 0;
  bool scheduled_ = false;
  bool refuses_writes_ = false;
  bool verifies_payloads_ = true;
  Facts facts_;
};

}  // namespace thimble
