#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "server/command/control.h"
#include "server/command/services.h"
#include "server/command/spec.h"
#include "server/persist/append_only.h"
#include "server/persist/background_work.h"
#include "server/persist/data_loader.h"
#include "server/persist/files.h"

namespace thimble {

class Loop;

// Keeps the data set on disk: loads it at the start (data_loader.h), saves it as an RDB file when
// told to, by itself at save points and at the end, and has the append-only log rewritten
// (background_work.h).
//
// Failure     After a background save failed, or while the log cannot be written, writes are
//             refused until it works again: stop-writes-on-bgsave-error, with save points.
class Persistence {
 public:
  // Everything given outlives this.
  Persistence(Loop& loop, Services& services, Files& files);
  ~Persistence();

  // --- Loading --------------------------------------------------------------------------------
  // Loads what is on disk, then calls `done` once; at once if there is nothing. False: the log has
  // said what is wrong with it, and the server must not go on.
  void LoadAtStart(std::function<void(bool ok)> done);
  bool loading() const { return loader_.loading(); }
  // DEBUG RELOAD: saves first, unless told not to, and loads that.
  struct Reload {
    bool save = true;
    DataLoader::How load;
  };
  Result<void> ReloadNow(const Reload& how);
  // DEBUG LOADAOF.
  Result<void> ReloadLogNow();
  // Whether RESTORE checks the checksum: DEBUG SET-SKIP-CHECKSUM-VALIDATION.
  bool verifies_payloads() const { return verifies_payloads_; }
  void set_verifies_payloads(bool verifies) { verifies_payloads_ = verifies; }

  // --- Saving ---------------------------------------------------------------------------------
  // SAVE: now, before anything else happens.
  Result<void> Save();
  // BGSAVE [SCHEDULE], BGREWRITEAOF. The reply.
  Result<std::string> SaveInBackground(bool may_wait, bool must_wait);
  Result<std::string> RewriteLog(bool must_wait) { return work_.RewriteLog(must_wait); }
  int64_t last_save_s() const { return work_.last_save_s(); }
  // SYNC: the client gets the data as it is when no other work is under way, and is closed then.
  void SendSnapshot(uint64_t client, bool functions_only) {
    work_.SendSnapshot(client, functions_only);
  }
  bool IsSendingTo(uint64_t client) const { return work_.IsSendingTo(client); }  // Or will be.
  // FLUSHALL: with save points the file is emptied too.
  void AfterFlushAll();

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
  void ResetCounters() { work_.ResetCounters(); }  // CONFIG RESETSTAT.
  using Background = BackgroundWork::Kind;
  Background background() const { return work_.kind(); }
  const BackgroundWork& work() const { return work_; }
  const DataLoader& loader() const { return loader_; }
  const AppendOnly& log() const { return log_; }
  // Whether there is a log, or will be.
  bool log_enabled() const {
    return log_.enabled() || work_.enabling_log() || loader_.loading_log();
  }

 private:
  bool HasSavePoints() const;
  bool FinishWork(ServerControl::Save how, bool force);
  bool SaveToFile();
  void OnWorkEnd();

  Services& services_;
  Files& files_;
  AppendOnly log_;
  DataLoader loader_;
  BackgroundWork work_;
  bool refuses_writes_ = false;
  bool verifies_payloads_ = true;
  bool ended_ = false;
};

}  // namespace thimble
