#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "server/command/effect_stream.h"
#include "server/command/services.h"
#include "server/net/timer.h"
#include "server/persist/aof_folder.h"
#include "server/persist/aof_manifest.h"
#include "server/persist/aof_rewrite.h"
#include "server/persist/aof_writer.h"
#include "server/persist/files.h"
#include "server/persist/loading.h"
#include "server/persist/snapshot_job.h"

namespace thimble {

class Loop;

// The append-only log: every effect goes to a file, so that a crash loses as little as
// `appendfsync` says. A base with the data as it once was, increments with what happened since, and
// a manifest that names them, in a folder of their own, as Redis 7 has them.
//
// Always      Output of all clients waits until what their turn did is synced: one sync for all.
// Rewriting   A new increment is begun, a job writes the data as a new base, and a new manifest
//             makes both the log, in one step. Whatever happens before, the old files are whole.
class AppendOnly {
 public:
  AppendOnly(Loop& loop, Services& services, Files& files);
  ~AppendOnly();

  bool enabled() const { return writer_ != nullptr; }
  // What is on the disk is the log: its first base is there too.
  bool complete() const { return enabled() && !enabling_; }

  // --- The start ------------------------------------------------------------------------------
  // What is to be loaded; null with *missing if there is no log, null without if it is damaged,
  // which the log of the process tells.
  std::unique_ptr<Loading> OpenLog(bool* missing);
  // Goes on with the files that were loaded, or makes the first ones. False: as above.
  bool OpenAtStart();

  // --- What happens -----------------------------------------------------------------------------
  // Before output leaves: gives the thread what turns did, at once or within ten milliseconds, and
  // waits for it if it must.
  void EndTurn();
  // Gives it all there is; before anything that takes long.
  void HandOver();
  // Everything is on the disk. False if that failed, now or before a file that took over.
  bool Settle();
  // DEBUG AOF-FLUSH-SLEEP: how long each hand-over takes, for tests.
  void set_flush_delay_us(int64_t delay_us) { flush_delay_us_ = delay_us; }
  // After appendfsync changed.
  void ApplySync();
  void PauseSync(bool paused);
  // No more of it: after `appendonly no`.
  void Close();

  // --- Rewriting: the jobs are BackgroundWork's -------------------------------------------------
  // One that is yet to be prepared; until it ends there is no other. `enabling`: the log is yet to
  // be made. `where`: the folder that the log's is in. Null if a log on the disk cannot be read, or
  // the increment of an earlier try cannot be removed.
  std::unique_ptr<AofRewrite> BeginRewrite(bool enabling, const std::string& where);
  // It is prepared, or could not be: then false. What happens from here on goes to its increment,
  // and the base is to be made of the data as it is.
  bool FollowRewrite(AofRewrite& rewrite);
  // Where the base is written to by this process, or the job of it that has that number.
  static std::string TemporaryBaseName(int job = 0);
  // Writes the base to that file and installs it, in a job's thread.
  SnapshotJob::Work BaseWork(std::shared_ptr<AofRewrite> rewrite,
                             const std::string& temporary) const;
  // Writes it now, of the data as it is.
  bool WriteBase(const std::string& temporary, bool is_rdb);
  // It is installed.
  void FinishRewrite(const AofRewrite& rewrite);
  // It failed or is given up, wherever it was, and is not installed: the old log goes on.
  void AbandonRewrite(const AofRewrite& rewrite, const std::string& temporary);

  // --- Facts ----------------------------------------------------------------------------------
  AofWriter::State WriterState() const;
  // Why writes must be refused; empty if they need not.
  std::string Trouble() const;
  uint64_t current_bytes() const { return base_bytes_ + increment_bytes_; }
  uint64_t bytes_after_rewrite() const { return bytes_after_rewrite_; }
  uint64_t delayed_syncs() const { return delayed_syncs_; }

 private:
  AofFolder Folder(const std::string& where = {}) const;
  std::string PathOf(const std::string& name) const { return Folder().PathOf(name); }
  bool RemoveUnnamed(const std::string& increment);
  bool StartWriter(std::unique_ptr<OutputFile> file, uint64_t bytes);
  bool ReadManifest(bool* missing);
  uint64_t LastOfStrangers(const AofManifest& manifest) const;
  bool AdoptOldFile();
  bool MoveOldFile();
  bool AllThere() const;
  bool SyncFiles() const;
  bool CreateBase(AofManifest& manifest);
  AofSync SyncPolicy() const;
  void Attach();
  [[noreturn]] void EndInFailure() const;

  Loop& loop_;
  Services& services_;
  Files& files_;
  AofManifest manifest_;  // As it is on disk.
  std::unique_ptr<AofWriter> writer_;
  EffectStream pending_;  // Effects of this turn.
  int64_t handed_over_ns_ = 0;
  Timer hand_over_later_;
  bool will_hand_over_ = false;
  std::string new_increment_;  // Begun for a rewrite; in no manifest yet while enabling_.
  bool enabling_ = false;
  int64_t flush_delay_us_ = 0;
  uint64_t base_bytes_ = 0;
  uint64_t increment_bytes_ = 0;       // Those that wait for the thread too.
  uint64_t bytes_before_rewrite_ = 0;  // Of the increments that it replaces.
  uint64_t bytes_after_rewrite_ = 0;
  uint64_t delayed_syncs_ = 0;
};

}  // namespace thimble
