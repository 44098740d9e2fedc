#include "server/persist/persistence.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <unistd.h>

#include "server/config/settings.h"
#include "server/net/loop.h"
#include "server/persist/rdb_file.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/databases.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

constexpr int64_t kLoadSliceNs = 2'000'000;
// After a background save failed the next try by itself waits so long.
constexpr int64_t kRetryS = 5;
constexpr int64_t kForever = INT64_MAX;
constexpr uint64_t kKeysPerReport = 1024;

constexpr const char* kLoadingText = "LOADING Redis is loading the dataset in memory";
constexpr const char* kMisconfiguredText =
    "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to "
    "disk. Commands that may modify the data set are disabled, because this instance is configured "
    "to report errors during writes if RDB snapshotting fails (stop-writes-on-bgsave-error "
    "option). "
    "Please check the Redis logs for details about the RDB error.";

uint64_t CountKeys(Databases& databases) {
  uint64_t keys = 0;
  for (int i = 0; i < databases.count(); ++i) keys += databases[i].size();
  return keys;
}

std::string Seconds(int64_t ns) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(ns) / 1e9);
  return text;
}

// What the process has written to since it was forked, from the kernel.
uint64_t PrivateDirtyBytes() {
  FILE* const rollup = std::fopen("/proc/self/smaps_rollup", "re");
  if (rollup == nullptr) return 0;
  char line[256];
  unsigned long kilobytes = 0;
  while (std::fgets(line, sizeof line, rollup) != nullptr) {
    if (std::sscanf(line, "Private_Dirty: %lu kB", &kilobytes) == 1) break;
  }
  std::fclose(rollup);
  return uint64_t{kilobytes} * 1024;
}

}  // namespace

Persistence::Persistence(Loop& loop, Services& services, Files& files)
    : loop_(loop),
      services_(services),
      files_(files),
      child_ended_(loop, SIGCHLD, [this] { Beat(); }),
      last_save_s_(services.environment.clock.NowMs() / 1000) {}

Persistence::~Persistence() = default;

int64_t Persistence::NowS() const {
  return services_.environment.clock.NowMs() / 1000;
}

bool Persistence::HasSavePoints() const {
  return !services_.settings.save_points.empty();
}

// --- The start ----------------------------------------------------------------------------------

RdbReadOptions Persistence::LoadOptions() const {
  return {.verify_checksum = services_.settings.rdbchecksum,
          .keep_expired = false,
          .skip_foreign = services_.settings.rdb_foreign_types == "skip",
          .may_overwrite = false};
}

std::unique_ptr<RdbLoading> Persistence::OpenFile(RdbReadOptions options, bool* missing) {
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

void Persistence::LoadAtStart(std::function<void(bool ok)> done) {
  bool missing = false;
  loading_ = OpenFile(LoadOptions(), &missing);
  if (loading_ == nullptr) return done(missing);
  load_done_ = std::move(done);
  facts_.loading_start_s = NowS();
  loading_start_ns_ = services_.environment.clock.MonotonicNs();
  LoadSlice();
}

void Persistence::LoadSlice() {
  const int64_t now_ns = services_.environment.clock.MonotonicNs();
  switch (loading_->RunUntil(now_ns + kLoadSliceNs)) {
    case RdbLoading::Progress::kMore:
      return loop_.Post([this] { LoadSlice(); });
    case RdbLoading::Progress::kDone:
      return FinishLoading(true);
    case RdbLoading::Progress::kFailed:
      return FinishLoading(false);
  }
}

void Persistence::FinishLoading(bool ok) {
  facts_.last_load = loading_->report();
  loading_.reset();
  if (ok) {
    const int64_t taken_ns = services_.environment.clock.MonotonicNs() - loading_start_ns_;
    Log(LogLevel::kNotice, "DB loaded from disk: " + Seconds(taken_ns) + " seconds");
    last_save_s_ = NowS();
  } else {
    Log(LogLevel::kWarning, "Fatal error loading the DB, check server logs. Exiting.");
  }
  std::exchange(load_done_, nullptr)(ok);
}

Result<void> Persistence::ReloadNow(const Reload& how) {
  if (how.save && !SaveToFile()) return Error::Message("ERR");
  if (how.flush) {
    for (int i = 0; i < services_.databases.count(); ++i) services_.databases[i].Clear();
  }
  RdbReadOptions options = LoadOptions();
  options.may_overwrite = how.merge;
  bool missing = false;
  const std::unique_ptr<RdbLoading> loading = OpenFile(options, &missing);
  if (loading == nullptr || loading->RunUntil(kForever) != RdbLoading::Progress::kDone) {
    return Error::Message("ERR Error trying to load the RDB dump, check server logs.");
  }
  facts_.last_load = loading->report();
  Log(LogLevel::kWarning, "DB reloaded by DEBUG RELOAD");
  return Ok();
}

// --- Saving -------------------------------------------------------------------------------------

void Persistence::NoteSaved() {
  last_save_s_ = NowS();
  facts_.last_background_ok = true;
  Review();
}

bool Persistence::SaveToFile() {
  const RdbFacts facts = RdbFactsOf(services_, false);
  if (!SaveRdbFile(services_, files_, services_.settings.dbfilename, TemporaryRdbName(getpid()),
                   facts, [] {})) {
    return false;
  }
  services_.statistics.dirty = 0;
  ++facts_.saves;
  NoteSaved();
  return true;
}

Result<void> Persistence::Save() {
  if (child_.running()) return Error::Message("ERR Background save already in progress");
  if (!SaveToFile()) return Error::Message("ERR");
  return Ok();
}

Result<std::string> Persistence::SaveInBackground(bool may_wait) {
  if (child_.running()) return Error::Message("ERR Background save already in progress");
  (void)may_wait;
  if (!StartChild()) return Error::Message("ERR");
  return std::string("Background saving started");
}

bool Persistence::StartChild() {
  last_try_s_ = NowS();
  dirty_at_fork_ = services_.statistics.dirty;
  facts_.keys_to_save = CountKeys(services_.databases);
  const RdbFacts facts = RdbFactsOf(services_, false);
  const auto process = child_.Start([&](ChildReport& report) {
    uint64_t keys = 0;
    const auto count = [&] {
      if (++keys % kKeysPerReport == 0) report.keys_processed = keys;
    };
    const bool saved = SaveRdbFile(services_, files_, services_.settings.dbfilename,
                                   TemporaryRdbName(getpid()), facts, count);
    report.copied_bytes = PrivateDirtyBytes();
    const std::string megabytes = std::to_string(report.copied_bytes >> 20U);
    if (saved) {
      Log(LogLevel::kNotice, "Fork CoW for RDB: current " + megabytes + " MB, peak " + megabytes +
                                 " MB, average " + megabytes + " MB");
    }
    return saved;
  });
  ++facts_.forks;
  facts_.last_fork_us = child_.fork_us();
  if (!process) {
    facts_.last_background_ok = false;
    Review();
    Log(LogLevel::kWarning, "Can't save in background: fork: " + std::string(std::strerror(errno)));
    return false;
  }
  child_file_ = TemporaryRdbName(*process);
  background_start_s_ = NowS();
  Log(LogLevel::kNotice, "Background saving started by pid " + std::to_string(*process));
  return true;
}

void Persistence::OnChildEnd(const ForkedChild::End& end) {
  facts_.last_background_s = NowS() - background_start_s_;
  facts_.last_copied_bytes = child_.report().copied_bytes;
  if (end.ok) {
    Log(LogLevel::kNotice, "Background saving terminated with success");
    services_.statistics.dirty -= std::min(services_.statistics.dirty, dirty_at_fork_);
    ++facts_.saves;
    return NoteSaved();
  }
  if (end.signal != 0) {
    Log(LogLevel::kWarning, "Background saving terminated by signal " + std::to_string(end.signal));
    files_.Remove(child_file_);
    // Whoever sends SIGUSR1 wants the child gone, not an error.
    if (end.signal == SIGUSR1) return;
  } else {
    Log(LogLevel::kWarning, "Background saving error");
  }
  facts_.last_background_ok = false;
  Review();
}

void Persistence::KillChild() {
  Log(LogLevel::kWarning, "There is a child saving an .rdb. Killing it!");
  child_.Kill();
  files_.Remove(child_file_);
}

void Persistence::AfterFlushAll() {
  if (child_.running()) KillChild();
  if (HasSavePoints()) SaveToFile();
}

// --- By itself ----------------------------------------------------------------------------------

bool Persistence::SavePointReached() const {
  const int64_t now_s = NowS();
  const bool may_try = facts_.last_background_ok || now_s - last_try_s_ > kRetryS;
  for (const SavePoint& point : services_.settings.save_points) {
    const bool enough = services_.statistics.dirty >= static_cast<uint64_t>(point.changes);
    if (!enough || now_s - last_save_s_ <= point.seconds || !may_try) continue;
    Log(LogLevel::kNotice, std::to_string(point.changes) + " changes in " +
                               std::to_string(point.seconds) + " seconds. Saving...");
    return true;
  }
  return false;
}

void Persistence::Beat() {
  if (const auto end = child_.Poll()) OnChildEnd(*end);
  if (child_.running() || loading()) return;
  if (scheduled_ || SavePointReached()) {
    scheduled_ = false;
    StartChild();
  }
}

// --- The end ------------------------------------------------------------------------------------

bool Persistence::PrepareForEnd(ServerControl::Save how, bool force) {
  if (loading()) return true;
  if (child_.running()) KillChild();
  const bool wanted = how == ServerControl::Save::kAlways ||
                      (how == ServerControl::Save::kIfConfigured && HasSavePoints());
  if (!wanted) return true;
  Log(LogLevel::kNotice, "Saving the final RDB snapshot before exiting.");
  if (SaveToFile()) return true;
  if (force) {
    Log(LogLevel::kWarning, "Error trying to save the DB. Exit anyway.");
    return true;
  }
  Log(LogLevel::kWarning, "Error trying to save the DB, can't exit.");
  return false;
}

// --- What clients may not do --------------------------------------------------------------------

void Persistence::Review() {
  refuses_writes_ = services_.settings.stop_writes_on_bgsave_error && HasSavePoints() &&
                    !facts_.last_background_ok;
}

std::string Persistence::Refusal(const CommandSpec& spec) const {
  if (loading()) return spec.Is(kLoading) ? std::string() : kLoadingText;
  const bool affected = spec.Is(kWrite) || spec.name == "ping";
  return refuses_writes_ && affected ? kMisconfiguredText : std::string();
}

// --- INFO ---------------------------------------------------------------------------------------

Persistence::Facts Persistence::GetFacts() const {
  Facts facts = facts_;
  if (child_.running()) facts.current_background_s = NowS() - background_start_s_;
  return facts;
}

}  // namespace thimble
