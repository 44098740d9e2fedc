#include "server/persist/persistence.h"

#include <algorithm>
#include <filesystem>
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
// A log that is only long may wait when it could not be rewritten so many times: each try begins
// another file. A minute, then twice as long each time, but no more than an hour.
constexpr unsigned kQuickRetries = 3;
constexpr int64_t kFirstWaitS = 60;
constexpr int64_t kMostWaitS = 3600;
constexpr int64_t kForever = INT64_MAX;
constexpr const char* kNoThread = "there can be no thread";
constexpr const char* kNoRewrite =
    "Can't rewrite append only file in background: there can be no thread";

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

// Named anew for a thread, whose work must not go elsewhere with CONFIG SET dir.
std::string WorkingFolder() {
  std::error_code error;
  const std::string folder = std::filesystem::current_path(error).string();
  return error ? "." : folder;
}

}  // namespace

Persistence::Persistence(Loop& loop, Services& services, Files& files)
    : loop_(loop),
      services_(services),
      files_(files),
      log_(loop, services, files),
      transfers_(services),
      job_(loop, [this] { OnWorkEnd(); }),
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
  if (how.save && IsWorking()) GiveUpWork();
  if (how.save && !SaveToFile()) return Error::Message("ERR");
  if (how.flush) Flush();
  RdbReadOptions options = LoadOptions();
  // The log goes on from what was there, and hears of what expires.
  options.keep_expired = services_.settings.appendonly;
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
  const bool may_read = !enabling_log_ && !services_.executor.in_transaction();
  // It would remove files that are read here.
  if (may_read && background_ == Background::kRewrite) GiveUpWork();
  const bool all_there = may_read && log_.Settle();
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
  if (!SaveRdbFile(services_, files_, services_.settings.dbfilename, TemporaryRdbName(), facts)) {
    return false;
  }
  services_.statistics.dirty = 0;
  NoteSaved();
  return true;
}

Result<void> Persistence::Save() {
  if (background_ == Background::kSave) {
    return Error::Message("ERR Background save already in progress");
  }
  ++facts_.saves;
  if (!SaveToFile()) return Error::Message("ERR");
  return Ok();
}

Result<std::string> Persistence::SaveInBackground(bool may_wait, bool must_wait) {
  if (background_ == Background::kSave) {
    return Error::Message("ERR Background save already in progress");
  }
  if (IsWorking() || must_wait) {
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
  if (background_ == Background::kRewrite) {
    return Error::Message("ERR Background append only file rewriting already in progress");
  }
  if (IsWorking() || must_wait) {
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
  dirty_at_start_ = services_.statistics.dirty;
  const std::string folder = WorkingFolder();
  temporary_ = folder + "/" + TemporaryRdbName(++jobs_);
  const RdbNames names{.folder = folder,
                       .temporary = temporary_,
                       .name = folder + "/" + services_.settings.dbfilename};
  const auto work = [&files = files_, facts = RdbFactsOf(services_, false),
                     how = RdbHowOf(services_, false), names](SnapshotJob::Source& source) {
    const auto fill = [&](SnapshotOutput& output) {
      return source.WriteTo(output, how.key_delay_us);
    };
    const auto write = [&](OutputFile& file) { return WriteRdb(file, how, facts, fill); };
    return WriteTemporary(how.folder, files, names.temporary, write) &&
           TakeName(files, names, how, &source);
  };
  const bool started = StartJob(Background::kSave, &services_.databases, work);
  if (started) {
    save_scheduled_ = false;
    Log(LogLevel::kNotice, "Background saving started");
  } else {
    Log(LogLevel::kWarning, std::string("Can't save in background: ") + kNoThread);
    facts_.save.last_ok = false;
    Review();
  }
  return started;
}

// Where there is a log already, its folder is prepared by a job of its own: nobody waits for the
// disk then. Who makes a log waits, for he is to hear whether there is one.
bool Persistence::StartRewrite() {
  last_rewrite_try_s_ = NowS();
  const std::string folder = WorkingFolder();
  rewrite_ = log_.BeginRewrite(enabling_log_, folder);
  temporary_ = folder + "/" + AppendOnly::TemporaryBaseName(++jobs_);
  bool begun = rewrite_ != nullptr;
  if (begun && log_.enabled() && !enabling_log_) {
    begun = PrepareRewrite();
  } else if (begun) {
    rewrite_->Prepare();
    begun = StartBase();
  }
  if (!begun) facts_.rewrite.last_ok = false;
  return begun;
}

bool Persistence::PrepareRewrite() {
  const auto work = [rewrite = rewrite_](SnapshotJob::Source&) { return rewrite->Prepare(); };
  if (!job_.Start(services_.environment, nullptr, work)) {
    Log(LogLevel::kWarning, kNoRewrite);
    return false;
  }
  background_ = Background::kRewrite;
  preparing_ = true;
  work_start_s_ = NowS();
  return true;
}

void Persistence::OnPrepared() {
  preparing_ = false;
  if (StartBase()) return;
  Log(LogLevel::kWarning, "Background AOF rewrite terminated with error");
  facts_.rewrite.last_ok = false;
}

// The snapshot is of the moment at which the log goes on in its new increment.
bool Persistence::StartBase() {
  if (!log_.FollowRewrite(*rewrite_)) return false;
  ++facts_.rewrite.starts;
  if (StartJob(Background::kRewrite, &services_.databases, log_.BaseWork(rewrite_, temporary_))) {
    rewrite_scheduled_ = false;
    log_.PauseSync(services_.settings.no_appendfsync_on_rewrite);
    Log(LogLevel::kNotice, "Background append only file rewriting started");
    return true;
  }
  Log(LogLevel::kWarning, kNoRewrite);
  ++facts_.rewrite.failures_in_a_row;
  AbandonRewrite(temporary_);
  return false;
}

void Persistence::SendSnapshot(uint64_t client, bool functions_only) {
  transfers_.Ask(client, functions_only);
  if (!IsWorking()) StartTransfer();
}

void Persistence::StartTransfer() {
  std::optional<Transfers::Task> task = transfers_.Begin();
  if (!task) return;
  log_.HandOver();  // Nobody is shown what a crash could still undo.
  Databases* const databases = task->functions_only ? nullptr : &services_.databases;
  if (StartJob(Background::kTransfer, databases, std::move(task->work))) {
    Log(LogLevel::kNotice, "Background RDB transfer started by pid " + std::to_string(getpid()));
  } else {
    Log(LogLevel::kWarning, std::string("Can't save in background: ") + kNoThread);
    transfers_.End();
  }
}

bool Persistence::StartJob(Background kind, Databases* databases, SnapshotJob::Work work) {
  const bool started = job_.Start(services_.environment, databases, std::move(work));
  facts_.last_fork_us = job_.start_us();
  if (!started) return false;
  ++facts_.forks;
  facts_.keys_to_save = databases == nullptr ? 0 : CountKeys(*databases);
  background_ = kind;
  work_start_s_ = NowS();
  return true;
}

void Persistence::OnWorkEnd() {
  // In the middle of a script nothing may be saved: the next beat sees to it.
  if (!services_.scripts.runner.busy()) Beat();
}

void Persistence::PollWork() {
  const std::optional<bool> ok = job_.Poll();
  if (!ok) return;
  const Background kind = std::exchange(background_, Background::kNone);
  if (kind == Background::kTransfer) return OnTransferEnd(*ok);
  if (preparing_) return OnPrepared();
  Work& work = kind == Background::kSave ? facts_.save : facts_.rewrite;
  work.last_s = NowS() - work_start_s_;
  work.copied_bytes = job_.copied_bytes();
  if (kind == Background::kSave) {
    OnSaveEnd(*ok);
  } else {
    OnRewriteEnd(*ok, std::exchange(temporary_, {}));
  }
}

void Persistence::OnSaveEnd(bool ok) {
  if (ok) {
    Log(LogLevel::kNotice, "Background saving terminated with success");
    services_.statistics.dirty -= std::min(services_.statistics.dirty, dirty_at_start_);
    return NoteSaved();
  }
  Log(LogLevel::kWarning, "Background saving error");
  files_.Remove(std::exchange(temporary_, {}));  // If there was no memory to do so.
  facts_.save.last_ok = false;
  Review();
}

void Persistence::OnRewriteEnd(bool ok, const std::string& temporary) {
  Work& work = facts_.rewrite;
  work.last_ok = ok;
  if (ok) {
    Log(LogLevel::kNotice, "Background AOF rewrite terminated with success");
    log_.FinishRewrite(*rewrite_);
    log_.PauseSync(false);
    Log(LogLevel::kNotice, "Background AOF rewrite finished successfully");
    work.failures_in_a_row = 0;
    // One that began while the log was off made a base only.
    if (log_.enabled()) enabling_log_ = false;
    return Review();
  }
  Log(LogLevel::kWarning, "Background AOF rewrite terminated with error");
  ++work.failures_in_a_row;
  AbandonRewrite(temporary);
}

// Until there is a log, it is tried again.
void Persistence::AbandonRewrite(const std::string& temporary) {
  log_.PauseSync(false);
  log_.AbandonRewrite(*rewrite_, temporary);
  rewrite_scheduled_ = rewrite_scheduled_ || enabling_log_;
}

void Persistence::OnTransferEnd(bool ok) {
  if (ok) {
    Log(LogLevel::kNotice, "Background RDB transfer terminated with success");
  } else {
    Log(LogLevel::kWarning, "Background transfer error");
  }
  transfers_.End();
}

void Persistence::GiveUpWork() {
  const Background kind = std::exchange(background_, Background::kNone);
  Log(LogLevel::kWarning, kind == Background::kSave
                              ? "An .rdb is being saved in the background. Giving that up!"
                          : kind == Background::kRewrite
                              ? "The AOF is being rewritten in the background. Giving that up!"
                              : "A snapshot is being sent to a client. Giving that up!");
  job_.Cancel();
  const std::string temporary = std::exchange(temporary_, {});
  if (kind == Background::kSave) files_.Remove(temporary);
  if (kind == Background::kRewrite) {
    rewrite_->GiveUp();
    // Its increment may be in the manifest already.
    if (std::exchange(preparing_, false)) log_.FollowRewrite(*rewrite_);
    AbandonRewrite(temporary);
  }
  if (kind == Background::kTransfer) transfers_.End();
}

void Persistence::AfterFlushAll() {
  if (loading()) return;
  if (background_ == Background::kSave) GiveUpWork();
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
  const uint64_t failures = facts_.rewrite.failures_in_a_row;
  if (failures >= kQuickRetries) {
    const uint64_t doublings = std::min<uint64_t>(failures - kQuickRetries, 6);
    const int64_t wait_s = std::min(kFirstWaitS << doublings, kMostWaitS);
    if (NowS() - last_rewrite_try_s_ <= wait_s) return false;
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
  PollWork();
  if (loading() || ended_) return;
  log_.HandOver();
  Review();
  if (background_ == Background::kTransfer && !transfers_.IsWanted()) GiveUpWork();
  if (!IsWorking()) StartWhatIsDue();
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
  if (IsWorking()) GiveUpWork();
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
    if (background_ == Background::kRewrite) GiveUpWork();
    rewrite_scheduled_ = false;
    log_.Close();
    return Ok();
  }
  if (log_.enabled() || enabling_log_) return Ok();
  enabling_log_ = true;
  if (IsWorking()) {
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
  const int64_t running_s = NowS() - work_start_s_;
  if (background_ == Background::kSave) facts.save.current_s = running_s;
  if (background_ == Background::kRewrite) facts.rewrite.current_s = running_s;
  return facts;
}

void Persistence::ResetCounters() {
  facts_.saves = 0;
  facts_.rewrite.starts = 0;
}

}  // namespace thimble
