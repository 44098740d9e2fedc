#include "server/persist/persistence.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <unistd.h>

#include "server/command/executor.h"
#include "server/config/settings.h"
#include "server/net/loop.h"
#include "server/persist/rdb_file.h"
#include "server/script/scripts.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"
#include "storage/common/number.h"
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
constexpr const char* kLogTroubleText = "MISCONF Errors writing to the AOF file: ";
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
      log_(loop, services, files),
      transfers_(services),
      // In the middle of a script nothing may be saved: the next beat sees to it.
      child_ended_(loop, SIGCHLD,
                   [this] {
                     if (!services_.scripts.runner.busy()) Beat();
                   }),
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
          .skip_foreign = services_.settings.skips_foreign_types(),
          .may_overwrite = false};
}

std::unique_ptr<Loading> Persistence::OpenFile(RdbReadOptions options, bool* missing) {
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
  loads_log_ = services_.settings.appendonly;
  loading_ = loads_log_ ? log_.OpenLog(&missing) : OpenFile(LoadOptions(), &missing);
  if (loading_ == nullptr) return done(missing && (!loads_log_ || log_.OpenAtStart()));
  load_done_ = std::move(done);
  facts_.loading_start_s = NowS();
  loading_start_ns_ = services_.environment.clock.MonotonicNs();
  LoadSlice();
}

void Persistence::LoadSlice() {
  const int64_t now_ns = services_.environment.clock.MonotonicNs();
  switch (loading_->RunUntil(now_ns + kLoadSliceNs)) {
    case Loading::Progress::kMore:
      return loop_.Post([this] { LoadSlice(); });
    case Loading::Progress::kDone:
      return FinishLoading(true);
    case Loading::Progress::kFailed:
      return FinishLoading(false);
  }
}

void Persistence::FinishLoading(bool ok) {
  facts_.last_load = loading_->report();
  loading_.reset();
  if (ok) {
    const int64_t taken_ns = services_.environment.clock.MonotonicNs() - loading_start_ns_;
    Log(LogLevel::kNotice, std::string("DB loaded from ") +
                               (loads_log_ ? "append only file: " : "disk: ") +
                               FormatSeconds(taken_ns) + " seconds");
    last_save_s_ = NowS();
    ok = !loads_log_ || log_.OpenAtStart();
  } else {
    Log(LogLevel::kWarning, "Fatal error loading the DB, check server logs. Exiting.");
  }
  std::exchange(load_done_, nullptr)(ok);
}

void Persistence::Flush() {
  for (int i = 0; i < services_.databases.count(); ++i) services_.databases[i].Clear();
  services_.scripts.functions.Flush();
}

Result<void> Persistence::ReloadNow(const Reload& how) {
  if (loading()) return Error::Message(kLoadingText);
  log_.HandOver();
  if (how.save && child_.running()) KillChild();
  if (how.save && !SaveToFile()) return Error::Message("ERR");
  if (how.flush) Flush();
  RdbReadOptions options = LoadOptions();
  options.may_overwrite = how.merge;
  bool missing = false;
  std::unique_ptr<Loading> loading = OpenFile(options, &missing);
  if (loading == nullptr || loading->RunUntil(kForever) != Loading::Progress::kDone) {
    loading.reset();
    if (how.flush) Flush();  // Half of a data set is worse than none.
    return Error::Message("ERR Error trying to load the RDB dump, check server logs.");
  }
  facts_.last_load = loading->report();
  Log(LogLevel::kWarning, "DB reloaded by DEBUG RELOAD");
  return Ok();
}

Result<void> Persistence::ReloadLogNow() {
  if (loading()) return Error::Message(kLoadingText);
  // Before there is a first base, what is on disk, if anything, is of another time; and what is not
  // there yet, as the first half of a transaction, would be lost.
  const bool all_there = !enabling_log_ && !services_.executor.in_transaction() && log_.Settle();
  bool missing = false;
  std::unique_ptr<Loading> loading = all_there ? log_.OpenLog(&missing) : nullptr;
  if (loading != nullptr) Flush();
  reloading_ = true;
  const bool ok = loading != nullptr && loading->RunUntil(kForever) == Loading::Progress::kDone;
  reloading_ = false;
  if (!ok && std::exchange(loading, nullptr) != nullptr) Flush();
  if (!ok) return Error::Message("ERR Error trying to load the AOF files, check server logs.");
  services_.statistics.dirty = 0;
  Log(LogLevel::kWarning, "Append Only File loaded by DEBUG LOADAOF");
  return Ok();
}

// --- Saving -------------------------------------------------------------------------------------

void Persistence::NoteSaved() {
  last_save_s_ = NowS();
  facts_.save.last_ok = true;
  Review();
}

bool Persistence::SaveToFile() {
  log_.HandOver();  // This may take long, and what others were told must not wait for it.
  const RdbFacts facts = RdbFactsOf(services_, false);
  if (!SaveRdbFile(services_, files_, services_.settings.dbfilename, TemporaryRdbName(getpid()),
                   facts, [] {})) {
    return false;
  }
  services_.statistics.dirty = 0;
  NoteSaved();
  return true;
}

Result<void> Persistence::Save() {
  if (child_kind_ == Child::kSave) {
    return Error::Message("ERR Background save already in progress");
  }
  ++facts_.saves;
  if (!SaveToFile()) return Error::Message("ERR");
  return Ok();
}

Result<std::string> Persistence::SaveInBackground(bool may_wait, bool must_wait) {
  if (child_kind_ == Child::kSave) {
    return Error::Message("ERR Background save already in progress");
  }
  if (child_.running() || must_wait) {
    if (!may_wait && !must_wait) {
      return Error::Message(
          "ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE SCHEDULE "
          "in order to schedule a BGSAVE whenever possible.");
    }
    save_scheduled_ = true;
    return std::string("Background saving scheduled");
  }
  if (!StartSave()) return Error::Message("ERR");
  return std::string("Background saving started");
}

Result<std::string> Persistence::RewriteLog(bool must_wait) {
  if (child_kind_ == Child::kRewrite) {
    return Error::Message("ERR Background append only file rewriting already in progress");
  }
  if (child_.running() || must_wait) {
    rewrite_scheduled_ = true;
    return std::string("Background append only file rewriting scheduled");
  }
  if (!StartRewrite()) {
    return Error::Message(
        "ERR Can't execute an AOF background rewriting. Please check the server logs for more "
        "information.");
  }
  return std::string("Background append only file rewriting started");
}

bool Persistence::StartSave() {
  last_try_s_ = NowS();
  ++facts_.saves;
  dirty_at_fork_ = services_.statistics.dirty;
  const RdbFacts facts = RdbFactsOf(services_, false);
  const bool started = StartChild(Child::kSave, [&](FunctionRef<void()> progress) {
    return SaveRdbFile(services_, files_, services_.settings.dbfilename, TemporaryRdbName(getpid()),
                       facts, progress);
  });
  if (started) {
    save_scheduled_ = false;
    Log(LogLevel::kNotice, "Background saving started by pid " + std::to_string(child_process_));
  } else {
    Log(LogLevel::kWarning, "Can't save in background: fork: " + std::string(std::strerror(errno)));
    facts_.save.last_ok = false;
    Review();
  }
  return started;
}

bool Persistence::StartRewrite() {
  last_rewrite_try_s_ = NowS();
  if (!log_.BeginRewrite(enabling_log_)) {
    facts_.rewrite.last_ok = false;
    return false;
  }
  ++facts_.rewrite.starts;
  const bool started = StartChild(Child::kRewrite, [&](FunctionRef<void()> progress) {
    return log_.WriteBase(getpid(), progress);
  });
  if (started) {
    rewrite_scheduled_ = false;
    log_.PauseSync(services_.settings.no_appendfsync_on_rewrite);
    Log(LogLevel::kNotice,
        "Background append only file rewriting started by pid " + std::to_string(child_process_));
  } else {
    Log(LogLevel::kWarning,
        "Can't rewrite append only file in background: fork: " + std::string(std::strerror(errno)));
    facts_.rewrite.last_ok = false;
    AbandonRewrite(0);
  }
  return started;
}

void Persistence::SendSnapshot(uint64_t client, bool functions_only) {
  transfers_.Ask(client, functions_only);
  if (!child_.running()) StartTransfer();
}

void Persistence::StartTransfer() {
  const std::optional<int> socket = transfers_.Begin();
  if (!socket) return;
  log_.HandOver();  // Nobody is shown what a crash could still undo.
  const bool started = StartChild(
      Child::kTransfer,
      [&](FunctionRef<void()> progress) { return transfers_.Write(*socket, progress); }, *socket);
  if (started) {
    Log(LogLevel::kNotice,
        "Background RDB transfer started by pid " + std::to_string(child_process_));
  } else {
    Log(LogLevel::kWarning, "Can't save in background: fork: " + std::string(std::strerror(errno)));
    transfers_.End();
  }
}

bool Persistence::StartChild(Child kind, std::function<bool(FunctionRef<void()> progress)> work,
                             int socket) {
  facts_.keys_to_save = CountKeys(services_.databases);
  const auto process = child_.Start(
      [&](ChildReport& report) {
        uint64_t keys = 0;
        const bool done = work([&] {
          if (++keys % kKeysPerReport == 0) report.keys_processed = keys;
        });
        report.copied_bytes = PrivateDirtyBytes();
        const std::string megabytes = std::to_string(report.copied_bytes >> 20U);
        if (done) {
          Log(LogLevel::kNotice, std::string("Fork CoW for ") +
                                     (kind == Child::kRewrite ? "AOF rewrite" : "RDB") +
                                     ": current " + megabytes + " MB, peak " + megabytes +
                                     " MB, average " + megabytes + " MB");
        }
        return done;
      },
      socket);
  ++facts_.forks;
  facts_.last_fork_us = child_.fork_us();
  if (!process) return false;
  child_kind_ = kind;
  child_process_ = *process;
  child_start_s_ = NowS();
  return true;
}

void Persistence::OnChildEnd(const ForkedChild::End& end) {
  const Child kind = std::exchange(child_kind_, Child::kNone);
  const int process = std::exchange(child_process_, 0);
  if (kind == Child::kTransfer) return OnTransferEnd(end);
  Work& work = kind == Child::kSave ? facts_.save : facts_.rewrite;
  work.last_s = NowS() - child_start_s_;
  work.copied_bytes = child_.report().copied_bytes;
  if (kind == Child::kSave) {
    OnSaveEnd(end, process);
  } else {
    OnRewriteEnd(end, process);
  }
}

void Persistence::OnSaveEnd(const ForkedChild::End& end, int process) {
  if (end.ok) {
    Log(LogLevel::kNotice, "Background saving terminated with success");
    services_.statistics.dirty -= std::min(services_.statistics.dirty, dirty_at_fork_);
    return NoteSaved();
  }
  if (end.signal != 0) {
    files_.Remove(TemporaryRdbName(process));  // Who reads of the end in the log finds it gone.
    Log(LogLevel::kWarning, "Background saving terminated by signal " + std::to_string(end.signal));
    // Whoever sends SIGUSR1 wants the child gone, not an error.
    if (end.signal == SIGUSR1) return;
  } else {
    Log(LogLevel::kWarning, "Background saving error");
  }
  facts_.save.last_ok = false;
  Review();
}

void Persistence::OnRewriteEnd(const ForkedChild::End& end, int process) {
  Work& work = facts_.rewrite;
  const bool was_ok = std::exchange(work.last_ok, false);
  if (end.ok) {
    Log(LogLevel::kNotice, "Background AOF rewrite terminated with success");
    work.last_ok = log_.FinishRewrite(process);
    if (work.last_ok) {
      log_.PauseSync(false);
      Log(LogLevel::kNotice, "Background AOF rewrite finished successfully");
      work.failures_in_a_row = 0;
      // One that began while the log was off made a base only.
      if (log_.enabled()) enabling_log_ = false;
      return Review();
    }
  } else if (end.signal != 0) {
    Log(LogLevel::kWarning,
        "Background AOF rewrite terminated by signal " + std::to_string(end.signal));
    // Whoever sends SIGUSR1 wants the child gone, not an error.
    if (end.signal == SIGUSR1) {
      work.last_ok = was_ok;
      return AbandonRewrite(process);
    }
  } else {
    Log(LogLevel::kWarning, "Background AOF rewrite terminated with error");
  }
  ++work.failures_in_a_row;
  AbandonRewrite(process);
}

// Until there is a log, it is tried again.
void Persistence::AbandonRewrite(int process) {
  log_.PauseSync(false);
  log_.AbandonRewrite(process);
  rewrite_scheduled_ = rewrite_scheduled_ || enabling_log_;
}

void Persistence::OnTransferEnd(const ForkedChild::End& end) {
  if (end.ok) {
    Log(LogLevel::kNotice, "Background RDB transfer terminated with success");
  } else {
    Log(LogLevel::kWarning, "Background transfer error");
  }
  transfers_.End();
}

void Persistence::KillChild() {
  const Child kind = std::exchange(child_kind_, Child::kNone);
  Log(LogLevel::kWarning, kind == Child::kRewrite
                              ? "There is a child rewriting the AOF. Killing it!"
                              : "There is a child saving an .rdb. Killing it!");
  child_.Kill();
  const int process = std::exchange(child_process_, 0);
  if (kind == Child::kSave) files_.Remove(TemporaryRdbName(process));
  if (kind == Child::kRewrite) AbandonRewrite(process);
  if (kind == Child::kTransfer) transfers_.End();
}

void Persistence::AfterFlushAll() {
  if (loading()) return;
  if (child_kind_ == Child::kSave) KillChild();
  if (HasSavePoints()) SaveToFile();
}

// --- By itself ----------------------------------------------------------------------------------

bool Persistence::SavePointReached() const {
  const int64_t now_s = NowS();
  for (const SavePoint& point : services_.settings.save_points) {
    const bool enough = services_.statistics.dirty >= static_cast<uint64_t>(point.changes);
    if (!enough || now_s - last_save_s_ <= point.seconds) continue;
    Log(LogLevel::kNotice, std::to_string(point.changes) + " changes in " +
                               std::to_string(point.seconds) + " seconds. Saving...");
    return true;
  }
  return false;
}

// Whether the log is worth rewriting, by its size, or must be, because a file of it is not to be
// trusted any more.
bool Persistence::LogHasGrown() const {
  if (!log_.enabled() || enabling_log_) return false;
  if (log_.WriterState().sync_error) {
    Log(LogLevel::kWarning, "A sync of the AOF failed. Starting a rewriting to make up for it");
    return true;
  }
  const auto percentage = static_cast<uint64_t>(services_.settings.auto_aof_rewrite_percentage);
  const auto least = static_cast<uint64_t>(services_.settings.auto_aof_rewrite_min_size);
  const uint64_t bytes = log_.current_bytes();
  if (percentage == 0 || bytes <= least) return false;
  const uint64_t before = std::max<uint64_t>(log_.bytes_after_rewrite(), 1);
  const uint64_t growth = bytes > before ? (bytes - before) * 100 / before : 0;
  if (growth < percentage) return false;
  Log(LogLevel::kNotice,
      "Starting automatic rewriting of AOF on " + std::to_string(growth) + "% growth");
  return true;
}

void Persistence::StartWhatIsDue() {
  const bool may_rewrite = facts_.rewrite.last_ok || NowS() - last_rewrite_try_s_ > kRetryS;
  const bool may_save = facts_.save.last_ok || NowS() - last_try_s_ > kRetryS;
  if (may_rewrite && (rewrite_scheduled_ || LogHasGrown())) {
    StartRewrite();
  } else if (may_save && (save_scheduled_ || SavePointReached())) {
    StartSave();
  } else {
    StartTransfer();
  }
}

void Persistence::Beat() {
  if (const auto end = child_.Poll()) OnChildEnd(*end);
  if (loading() || ended_) return;
  log_.HandOver();
  Review();
  if (!child_.running()) StartWhatIsDue();
}

// --- The end ------------------------------------------------------------------------------------

bool Persistence::PrepareForEnd(ServerControl::Save how, bool force) {
  ended_ = loading() || FinishWork(how, force);
  return ended_;
}

bool Persistence::FinishWork(ServerControl::Save how, bool force) {
  if (enabling_log_ && !force) {
    Log(LogLevel::kWarning, "Writing initial AOF, can't exit.");
    return false;
  }
  if (child_.running()) KillChild();
  if (enabling_log_) log_.Close();
  if (log_.enabled()) {
    Log(LogLevel::kNotice, "Calling fsync() on the AOF file.");
    if (!log_.Settle()) Log(LogLevel::kWarning, "Fail to fsync the AOF file: " + log_.Trouble());
  }
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
  const bool save_failed =
      services_.settings.stop_writes_on_bgsave_error && HasSavePoints() && !facts_.save.last_ok;
  refuses_writes_ = save_failed || log_.WriterState().failed();
}

std::string Persistence::Refusal(const CommandSpec& spec, uint32_t flags) const {
  if (loading()) return spec.Is(kLoading) ? std::string() : kLoadingText;
  if (!refuses_writes_ || !((flags & kWrite) != 0 || spec.name == "ping")) return {};
  const std::string trouble = log_.Trouble();
  return trouble.empty() ? kMisconfiguredText : kLogTroubleText + trouble;
}

Result<void> Persistence::SwitchLog() {
  if (!services_.settings.appendonly) {
    if (!log_.enabled() && !enabling_log_) return Ok();
    enabling_log_ = false;
    if (child_kind_ == Child::kRewrite) KillChild();
    rewrite_scheduled_ = false;
    log_.Close();
    return Ok();
  }
  if (log_.enabled() || enabling_log_) return Ok();
  enabling_log_ = true;
  if (child_.running()) {
    rewrite_scheduled_ = true;
    Log(LogLevel::kWarning,
        "AOF was enabled but there is already another background operation. An AOF background was "
        "scheduled to start when possible.");
    return Ok();
  }
  if (services_.executor.in_transaction()) {
    // A base with half of a transaction in it would be followed by the other half alone.
    rewrite_scheduled_ = true;
    Log(LogLevel::kWarning,
        "AOF was enabled during a transaction. An AOF background was scheduled to start when "
        "possible.");
    return Ok();
  }
  if (StartRewrite()) return Ok();
  enabling_log_ = false;
  rewrite_scheduled_ = false;
  log_.Close();
  return Error::Message("Unable to turn on AOF. Check server logs.");
}

// --- INFO ---------------------------------------------------------------------------------------

Persistence::Facts Persistence::GetFacts() const {
  Facts facts = facts_;
  const int64_t running_s = NowS() - child_start_s_;
  if (child_kind_ == Child::kSave) facts.save.current_s = running_s;
  if (child_kind_ == Child::kRewrite) facts.rewrite.current_s = running_s;
  return facts;
}

void Persistence::ResetCounters() {
  facts_.saves = 0;
  facts_.rewrite.starts = 0;
}

}  // namespace thimble
