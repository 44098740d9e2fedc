#include "server/persist/data_loader.h"

#include <string>
#include <system_error>
#include <utility>

#include "server/config/settings.h"
#include "server/net/loop.h"
#include "server/persist/rdb_loading.h"
#include "server/script/scripts.h"
#include "server/stats/log.h"
#include "storage/common/number.h"
#include "storage/keyspace/databases.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

constexpr int64_t kSliceNs = 2'000'000;
constexpr int64_t kForever = INT64_MAX;

}  // namespace

RdbReadOptions DataLoader::Options() const {
  return {.verify_checksum = services_.settings.rdbchecksum,
          .keep_expired = false,
          .skip_foreign = services_.settings.skips_foreign_types(),
          .may_overwrite = false};
}

std::unique_ptr<Loading> DataLoader::OpenFile(RdbReadOptions options, bool* missing) {
  std::error_code error;
  std::unique_ptr<InputFile> file = files_.OpenToRead(services_.settings.dbfilename, error);
  *missing = error == std::errc::no_such_file_or_directory;
  if (file != nullptr) return std::make_unique<RdbLoading>(services_, std::move(file), options);
  if (!*missing) {
    Log(LogLevel::kWarning, "Fatal error: can't open the RDB file " +
                                services_.settings.dbfilename + " for reading: " + error.message());
  }
  return nullptr;
}

void DataLoader::LoadAtStart(std::function<void(bool ok)> done) {
  bool missing = false;
  loads_log_ = services_.settings.appendonly;
  loading_ = loads_log_ ? log_.OpenLog(&missing) : OpenFile(Options(), &missing);
  if (loading_ == nullptr) return done(missing && (!loads_log_ || log_.OpenAtStart()));
  done_ = std::move(done);
  start_s_ = services_.environment.clock.NowMs() / 1000;
  start_ns_ = services_.environment.clock.MonotonicNs();
  LoadSlice();
}

void DataLoader::LoadSlice() {
  const int64_t now_ns = services_.environment.clock.MonotonicNs();
  switch (loading_->RunUntil(now_ns + kSliceNs)) {
    case Loading::Progress::kMore:
      return loop_.Post([this] { LoadSlice(); });
    case Loading::Progress::kDone:
      return Finish(true);
    case Loading::Progress::kFailed:
      return Finish(false);
  }
}

void DataLoader::Finish(bool ok) {
  last_report_ = loading_->report();
  loading_.reset();
  if (ok) {
    const int64_t taken_ns = services_.environment.clock.MonotonicNs() - start_ns_;
    Log(LogLevel::kNotice, std::string("DB loaded from ") +
                               (loads_log_ ? "append only file: " : "disk: ") +
                               FormatSeconds(taken_ns) + " seconds");
    ok = !loads_log_ || log_.OpenAtStart();
  } else {
    Log(LogLevel::kWarning, "Fatal error loading the DB, check server logs. Exiting.");
  }
  std::exchange(done_, nullptr)(ok);
}

void DataLoader::Flush() {
  for (int i = 0; i < services_.databases.count(); ++i) services_.databases[i].Clear();
  services_.scripts.functions.Flush();
}

bool DataLoader::LoadFileNow(How how) {
  if (how.flush) Flush();
  RdbReadOptions options = Options();
  // The log goes on from what was there, and hears of what expires.
  options.keep_expired = services_.settings.appendonly;
  options.may_overwrite = how.merge;
  bool missing = false;
  std::unique_ptr<Loading> loading = OpenFile(options, &missing);
  if (loading == nullptr || loading->RunUntil(kForever) != Loading::Progress::kDone) {
    loading.reset();
    if (how.flush) Flush();
    return false;
  }
  last_report_ = loading->report();
  return true;
}

bool DataLoader::LoadLogNow() {
  bool missing = false;
  std::unique_ptr<Loading> loading = log_.OpenLog(&missing);
  if (loading == nullptr) return false;
  Flush();
  replaying_ = true;
  const bool ok = loading->RunUntil(kForever) == Loading::Progress::kDone;
  replaying_ = false;
  loading.reset();
  if (!ok) Flush();
  return ok;
}

}  // namespace thimble
