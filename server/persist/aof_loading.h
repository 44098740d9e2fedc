#pragma once

#include <memory>
#include <string>

#include "server/command/services.h"
#include "server/persist/aof_manifest.h"
#include "server/persist/aof_replay.h"
#include "server/persist/files.h"
#include "server/persist/loading.h"
#include "server/persist/rdb_loading.h"

namespace thimble {

// The files of an append-only log, one after the other. A file may be RDB, requests, or RDB with
// requests behind it. The end of the last one that holds anything may be missing: it is cut back to
// where it is sound, if aof-load-truncated says so.
class AofLoading final : public Loading {
 public:
  AofLoading(Services& services, Files& files, std::string folder, AofManifest manifest);

  Progress RunUntil(int64_t end_ns) override;
  uint64_t position() const override;
  uint64_t size() const override { return total_bytes_; }
  RdbReadReport report() const override { return rdb_ ? rdb_->report() : report_; }

 private:
  bool OpenNext();
  bool OpenRequests(uint64_t skip);
  std::string PathOf(const std::string& name) const { return folder_ + "/" + name; }
  Progress FinishFile();
  Progress OnEnd(AofReplay::Progress progress);
  void TellLost() const;
  bool IsEndOfLog() const;
  bool Repair();

  Services& services_;
  Files& files_;
  const std::string folder_;
  const AofManifest manifest_;
  size_t next_ = 0;   // 0: the base; then the increments.
  std::string name_;  // Of the file being read.
  uint64_t total_bytes_ = 0;
  uint64_t done_bytes_ = 0;  // Of the files before.
  int64_t start_ns_ = 0;
  RdbReadReport report_;
  std::unique_ptr<RdbLoading> rdb_;
  std::unique_ptr<AofReplay> replay_;
};

}  // namespace thimble
