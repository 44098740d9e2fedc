#include "server/persist/background_work.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <unistd.h>

#include "server/command/executor.h"
#include "server/config/settings.h"
#include "server/persist/rdb_file.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/databases.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

// After one failed, the next try by itself waits so long.
constexpr int64_t kRetryS = 5;
// A log that is only long may wait when it could not be rewritten so many times: each try begins
// another file. A minute, then twice as long each time, but no more than an hour.
constexpr unsigned kQuickRetries = 3;
constexpr int64_t kFirstWaitS = 60;
constexpr int64_t kMostWaitS = 3600;
constexpr const char* kNoThread = "there can be no thread";
constexpr const char* kNoRewrite =
    "Can't rewrite append only file in background: there can be no thread";

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

BackgroundWork::BackgroundWork(Loop& loop, Services& services, Files& files, AppendOnly& log,
                               std::function<void()> on_end)
    : services_(services),
      files_(files),
      log_(log),
      transfers_(services),
      job_(loop, std::move(on_end)),
      last_save_s_(services.environment.clock.NowMs() / 1000) {}

BackgroundWork::~BackgroundWork() = default;

int64_t BackgroundWork::NowS() const {
  return services_.environment.clock.NowMs() / 1000;
}

// --- Saves ---------------------------------------------------------------------------------------

Result<std::string> BackgroundWork::Save(bool may_wait, bool must_wait) {
  if (kind_ == Kind::kSave) {
    return Error::Message("ERR Background save already in progress");
  }
  if (working() || must_wait) {
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

bool BackgroundWork::StartSave() {
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
  const bool started = StartJob(Kind::kSave, &services_.databases, work);
  if (started) {
    save_scheduled_ = false;
    Log(LogLevel::kNotice, "Background saving started");
  } else {
    Log(LogLevel::kWarning, std::string("Can't save in background: ") + kNoThread);
    facts_.save.last_ok = false;
  }
  return started;
}

void BackgroundWork::OnSaveEnd(bool ok) {
  if (ok) {
    Log(LogLevel::kNotice, "Background saving terminated with success");
    services_.statistics.dirty -= std::min(services_.statistics.dirty, dirty_at_start_);
    return NoteSaved();
  }
  Log(LogLevel::kWarning, "Background saving error");
  files_.Remove(std::exchange(temporary_, {}));  // If there was no memory to do so.
  facts_.save.last_ok = false;
}

void BackgroundWork::NoteSaved() {
  last_save_s_ = NowS();
  facts_.save.last_ok = true;
}

// --- Rewriting the log ---------------------------------------------------------------------------

Result<std::string> BackgroundWork::RewriteLog(bool must_wait) {
  if (kind_ == Kind::kRewrite) {
    return Error::Message("ERR Background append only file rewriting already in progress");
  }
  if (working() || must_wait) {
    rewrite_scheduled_ = true;
    return std::string("Background append only file rewriting scheduled");
  }
  if (!StartRewrite(Preparation::kByJob)) {
    return Error::Message(
        "ERR Can't execute an AOF background rewriting. Please check the server logs for more "
        "information.");
  }
  return std::string("Background append only file rewriting started");
}

Result<void> BackgroundWork::EnableLog() {
  if (log_.enabled() || enabling_log_) return Ok();
  enabling_log_ = true;
  if (working()) {
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
  if (StartRewrite(Preparation::kAtOnce)) return Ok();
  enabling_log_ = false;
  rewrite_scheduled_ = false;
  log_.Close();
  return Error::Message("Unable to turn on AOF. Check server logs.");
}

void BackgroundWork::DisableLog() {
  if (!log_.enabled() && !enabling_log_) return;
  enabling_log_ = false;
  if (kind_ == Kind::kRewrite) GiveUp();
  rewrite_scheduled_ = false;
  log_.Close();
}

bool BackgroundWork::StartRewrite(Preparation preparation) {
  last_rewrite_try_s_ = NowS();
  was_scheduled_ = std::exchange(rewrite_scheduled_, false);
  const std::string folder = WorkingFolder();
  rewrite_ = log_.BeginRewrite(enabling_log_, folder);
  temporary_ = folder + "/" + AppendOnly::TemporaryBaseName(++jobs_);
  bool begun = rewrite_ != nullptr;
  if (begun && preparation == Preparation::kByJob) {
    begun = PrepareRewrite();
  } else if (begun) {
    rewrite_->Prepare();
    begun = StartBase();
  }
  if (!begun) OnNoRewrite();
  return begun;
}

bool BackgroundWork::PrepareRewrite() {
  const auto work = [rewrite = rewrite_](SnapshotJob::Source&) { return rewrite->Prepare(); };
  if (!job_.Start(services_.environment, nullptr, work)) {
    Log(LogLevel::kWarning, kNoRewrite);
    return false;
  }
  kind_ = Kind::kRewrite;
  preparing_ = true;
  work_start_s_ = NowS();
  facts_.keys_to_save = 0;
  return true;
}

void BackgroundWork::OnPrepared() {
  preparing_ = false;
  if (StartBase()) return;
  Log(LogLevel::kWarning, "Background AOF rewrite terminated with error");
  OnNoRewrite();
}

// It did not begin.
void BackgroundWork::OnNoRewrite() {
  facts_.rewrite.last_ok = false;
  WaitAgain();
}

// It is still wanted if somebody waited for it.
void BackgroundWork::WaitAgain() {
  rewrite_scheduled_ = rewrite_scheduled_ || was_scheduled_;
}

// The snapshot is of the moment at which the log goes on in its new increment.
bool BackgroundWork::StartBase() {
  if (!log_.FollowRewrite(*rewrite_)) return false;
  ++facts_.rewrite.starts;
  if (StartJob(Kind::kRewrite, &services_.databases, log_.BaseWork(rewrite_, temporary_))) {
    log_.PauseSync(services_.settings.no_appendfsync_on_rewrite);
    Log(LogLevel::kNotice, "Background append only file rewriting started");
    return true;
  }
  Log(LogLevel::kWarning, kNoRewrite);
  AbandonRewrite(temporary_);
  ++facts_.rewrite.failures_in_a_row;
  return false;
}

void BackgroundWork::OnRewriteEnd(const std::string& temporary) {
  if (!rewrite_->installed()) {
    Log(LogLevel::kWarning, "Background AOF rewrite terminated with error");
    facts_.rewrite.last_ok = false;
    ++facts_.rewrite.failures_in_a_row;
    return AbandonRewrite(temporary);
  }
  Log(LogLevel::kNotice, "Background AOF rewrite terminated with success");
  FinishRewrite();
}

void BackgroundWork::FinishRewrite() {
  log_.PauseSync(false);
  log_.FinishRewrite(*rewrite_);
  // One that began while the log was off made a base only.
  if (log_.complete()) enabling_log_ = false;
  facts_.rewrite.last_ok = true;
  facts_.rewrite.failures_in_a_row = 0;
  Log(LogLevel::kNotice, "Background AOF rewrite finished successfully");
}

// Until there is a log, it is tried again.
void BackgroundWork::AbandonRewrite(const std::string& temporary) {
  log_.PauseSync(false);
  log_.AbandonRewrite(*rewrite_, temporary);
  rewrite_scheduled_ = rewrite_scheduled_ || enabling_log_;
}

// --- Snapshots for clients -----------------------------------------------------------------------

void BackgroundWork::SendSnapshot(uint64_t client, bool functions_only) {
  transfers_.Ask(client, functions_only);
  if (!working()) StartTransfer();
}

void BackgroundWork::StartTransfer() {
  std::optional<Transfers::Task> task = transfers_.Begin();
  if (!task) return;
  log_.HandOver();  // Nobody is shown what a crash could still undo.
  Databases* const databases = task->functions_only ? nullptr : &services_.databases;
  if (StartJob(Kind::kTransfer, databases, std::move(task->work))) {
    Log(LogLevel::kNotice, "Background RDB transfer started by pid " + std::to_string(getpid()));
  } else {
    Log(LogLevel::kWarning, std::string("Can't save in background: ") + kNoThread);
    transfers_.End();
  }
}

void BackgroundWork::OnTransferEnd(bool ok) {
  if (ok) {
    Log(LogLevel::kNotice, "Background RDB transfer terminated with success");
  } else {
    Log(LogLevel::kWarning, "Background transfer error");
  }
  transfers_.End();
}

// --- Jobs ----------------------------------------------------------------------------------------

bool BackgroundWork::StartJob(Kind kind, Databases* databases, SnapshotJob::Work work) {
  const bool started = job_.Start(services_.environment, databases, std::move(work));
  facts_.last_fork_us = job_.start_us();
  if (!started) return false;
  ++facts_.forks;
  facts_.keys_to_save = databases == nullptr ? 0 : CountKeys(*databases);
  kind_ = kind;
  work_start_s_ = NowS();
  return true;
}

void BackgroundWork::Poll() {
  const std::optional<bool> ok = job_.Poll();
  if (!ok) return;
  const Kind kind = std::exchange(kind_, Kind::kNone);
  if (kind == Kind::kTransfer) return OnTransferEnd(*ok);
  if (preparing_) return OnPrepared();
  if (kind == Kind::kSave) {
    NoteEnd(facts_.save);
    OnSaveEnd(*ok);
  } else {
    NoteEnd(facts_.rewrite);
    OnRewriteEnd(std::exchange(temporary_, {}));
  }
}

void BackgroundWork::NoteEnd(Work& work) const {
  work.last_s = NowS() - work_start_s_;
  work.copied_bytes = job_.copied_bytes();
}

void BackgroundWork::GiveUp() {
  const Kind kind = std::exchange(kind_, Kind::kNone);
  Log(LogLevel::kWarning,
      kind == Kind::kSave      ? "An .rdb is being saved in the background. Giving that up!"
      : kind == Kind::kRewrite ? "The AOF is being rewritten in the background. Giving that up!"
                               : "A snapshot is being sent to a client. Giving that up!");
  job_.Cancel();
  const std::string temporary = std::exchange(temporary_, {});
  if (kind == Kind::kSave) files_.Remove(temporary);
  if (kind == Kind::kRewrite) {
    rewrite_->GiveUp();
    if (rewrite_->installed()) {
      NoteEnd(facts_.rewrite);
      FinishRewrite();
    } else {
      AbandonRewrite(temporary);
    }
    if (std::exchange(preparing_, false)) WaitAgain();
    rewrite_.reset();
  }
  if (kind == Kind::kTransfer) transfers_.End();
}

// --- By itself -----------------------------------------------------------------------------------

bool BackgroundWork::SavePointReached() const {
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
bool BackgroundWork::LogHasGrown() const {
  if (!log_.complete()) return false;
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

void BackgroundWork::StartDue() {
  if (kind_ == Kind::kTransfer && !transfers_.IsWanted()) GiveUp();
  if (working()) return;
  const bool may_rewrite = facts_.rewrite.last_ok || NowS() - last_rewrite_try_s_ > kRetryS;
  const bool may_save = facts_.save.last_ok || NowS() - last_try_s_ > kRetryS;
  if (may_rewrite && (rewrite_scheduled_ || LogHasGrown())) {
    StartRewrite(Preparation::kByJob);
  } else if (may_save && (save_scheduled_ || SavePointReached())) {
    StartSave();
  } else {
    StartTransfer();
  }
}

// --- Facts ---------------------------------------------------------------------------------------

BackgroundWork::Facts BackgroundWork::GetFacts() const {
  Facts facts = facts_;
  const int64_t running_s = NowS() - work_start_s_;
  if (kind_ == Kind::kSave) facts.save.current_s = running_s;
  if (kind_ == Kind::kRewrite) facts.rewrite.current_s = running_s;
  return facts;
}

void BackgroundWork::ResetCounters() {
  facts_.saves = 0;
  facts_.rewrite.starts = 0;
}

}  // namespace thimble
