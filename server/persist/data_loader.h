#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "server/command/services.h"
#include "server/persist/append_only.h"
#include "server/persist/files.h"
#include "server/persist/loading.h"
#include "storage/rdb/file_reader.h"

namespace thimble {

class Loop;

// Brings what is on disk into the databases: with `appendonly yes` the log, else the RDB file.
//
// At the start  In slices, a turn of the loop between them, so that clients get their LOADING
//               answers meanwhile.
// Later         At once, for DEBUG: nobody else is served before it is done.
class DataLoader {
 public:
  // Everything given outlives this.
  DataLoader(Loop& loop, Services& services, Files& files, AppendOnly& log)
      : loop_(loop), services_(services), files_(files), log_(log) {}

  // Loads what is on disk and opens the log to go on, then calls `done` once; at once if there is
  // nothing. False: the log of the process has said what is wrong, and the server must not go on.
  void LoadAtStart(std::function<void(bool ok)> done);

  // What is in the RDB file comes into the data set. False if it cannot be loaded; then, with
  // `flush`, there is no data at all, for half of a data set is worse than none.
  struct How {
    bool flush = true;   // What was there goes.
    bool merge = false;  // A key that is there already is replaced; else the file is damaged.
  };
  bool LoadFileNow(How how);
  // The log replaces the data set. False as above, and with the data as it is if there is no log.
  // REQUIRES: all effects are in the log.
  bool LoadLogNow();

  // --- Facts ----------------------------------------------------------------------------------
  bool loading() const { return loading_ != nullptr || replaying_; }
  bool loading_log() const { return loading() && loads_log_; }
  const Loading* current() const { return loading_.get(); }  // At the start; null before and after.
  int64_t start_s() const { return start_s_; }
  // Of the one that is under way, or was last.
  RdbReadReport report() const { return loading_ != nullptr ? loading_->report() : last_report_; }

 private:
  RdbReadOptions Options() const;
  std::unique_ptr<Loading> OpenFile(RdbReadOptions options, bool* missing);
  void LoadSlice();
  void Finish(bool ok);
  void Flush();

  Loop& loop_;
  Services& services_;
  Files& files_;
  AppendOnly& log_;
  std::unique_ptr<Loading> loading_;
  bool loads_log_ = false;
  bool replaying_ = false;
  std::function<void(bool ok)> done_;
  int64_t start_ns_ = 0;
  int64_t start_s_ = 0;
  RdbReadReport last_report_;
};

}  // namespace thimble
