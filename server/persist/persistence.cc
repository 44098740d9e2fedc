#include "server/persist/persistence.h"

#include <utility>

#include "server/command/executor.h"
#include "server/config/settings.h"
#include "server/persist/rdb_file.h"
#include "server/script/scripts.h"
#include "server/stats/log.h"
#include "server/stats/statistics.h"

namespace thimble {
namespace {

constexpr const char* kLoadingText = "LOADING Redis is loading the dataset in memory";
constexpr const char* kLogTroubleText = "MISCONF Errors writing to the AOF file: ";
constexpr const char* kMisconfiguredText =
    "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to "
    "disk. Commands that may modify the data set are disabled, because this instance is configured "
    "to report errors during writes if RDB snapshotting fails (stop-writes-on-bgsave-error "
    "option). "
    "Please check the Redis logs for details about the RDB error.";

}  // namespace

Persistence::Persistence(Loop& loop, Services& services, Files& files)
    : services_(services),
      files_(files),
      log_(loop, services, files),
      loader_(loop, services, files, log_),
      work_(loop, services, files, log_, [this] { OnWorkEnd(); }) {}

Persistence::~Persistence() = default;

bool Persistence::HasSavePoints() const {
  return !services_.settings.save_points.empty();
}

// --- Loading -------------------------------------------------------------------------------------

void Persistence::LoadAtStart(std::function<void(bool ok)> done) {
  loader_.LoadAtStart([this, done = std::move(done)](bool ok) {
    if (ok) work_.NoteSaved();
    done(ok);
  });
}

Result<void> Persistence::ReloadNow(const Reload& how) {
  if (loading()) return Error::Message(kLoadingText);
  log_.HandOver();
  if (how.save && work_.working()) work_.GiveUp();
  if (how.save && !SaveToFile()) return Error::Message("ERR");
  if (!loader_.LoadFileNow(how.load)) {
    return Error::Message("ERR Error trying to load the RDB dump, check server logs.");
  }
  Log(LogLevel::kWarning, "DB reloaded by DEBUG RELOAD");
  return Ok();
}

Result<void> Persistence::ReloadLogNow() {
  if (loading()) return Error::Message(kLoadingText);
  // Before there is a first base, what is on disk, if anything, is of another time; and what is not
  // there yet, as the first half of a transaction, would be lost.
  const bool may_read = !work_.enabling_log() && !services_.executor.in_transaction();
  // It would remove files that are read here.
  if (may_read && background() == Background::kRewrite) work_.GiveUp();
  if (!may_read || !log_.Settle() || !loader_.LoadLogNow()) {
    return Error::Message("ERR Error trying to load the AOF files, check server logs.");
  }
  services_.statistics.dirty = 0;
  Log(LogLevel::kWarning, "Append Only File loaded by DEBUG LOADAOF");
  return Ok();
}

// --- Saving -------------------------------------------------------------------------------------

bool Persistence::SaveToFile() {
  log_.HandOver();  // This may take long, and what others were told must not wait for it.
  const RdbFacts facts = RdbFactsOf(services_, false);
  if (!SaveRdbFile(services_, files_, services_.settings.dbfilename, TemporaryRdbName(), facts)) {
    return false;
  }
  services_.statistics.dirty = 0;
  work_.NoteSaved();
  Review();
  return true;
}

Result<void> Persistence::Save() {
  if (background() == Background::kSave) {
    return Error::Message("ERR Background save already in progress");
  }
  work_.CountSave();
  if (!SaveToFile()) return Error::Message("ERR");
  return Ok();
}

Result<std::string> Persistence::SaveInBackground(bool may_wait, bool must_wait) {
  Result<std::string> reply = work_.Save(may_wait, must_wait);
  Review();
  return reply;
}

void Persistence::AfterFlushAll() {
  if (loading()) return;
  if (background() == Background::kSave) work_.GiveUp();
  if (HasSavePoints()) SaveToFile();
}

// --- By itself ----------------------------------------------------------------------------------

void Persistence::OnWorkEnd() {
  // In the middle of a script nothing may be saved: the next beat sees to it.
  if (!services_.scripts.runner.busy()) Beat();
}

void Persistence::Beat() {
  work_.Poll();
  if (loading() || ended_) return;
  log_.HandOver();
  work_.StartDue();
  Review();
}

// --- The end ------------------------------------------------------------------------------------

bool Persistence::PrepareForEnd(ServerControl::Save how, bool force) {
  ended_ = loading() || FinishWork(how, force);
  return ended_;
}

bool Persistence::FinishWork(ServerControl::Save how, bool force) {
  work_.Poll();
  if (work_.enabling_log() && !force) {
    Log(LogLevel::kWarning, "Writing initial AOF, can't exit.");
    return false;
  }
  if (work_.working()) work_.GiveUp();
  if (work_.enabling_log()) log_.Close();
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
      services_.settings.stop_writes_on_bgsave_error && HasSavePoints() && !work_.last_save_ok();
  refuses_writes_ = save_failed || log_.WriterState().failed();
}

std::string Persistence::Refusal(const CommandSpec& spec, uint32_t flags) const {
  if (loading()) return spec.Is(kLoading) ? std::string() : kLoadingText;
  if (!refuses_writes_ || !((flags & kWrite) != 0 || spec.name == "ping")) return {};
  const std::string trouble = log_.Trouble();
  return trouble.empty() ? kMisconfiguredText : kLogTroubleText + trouble;
}

Result<void> Persistence::SwitchLog() {
  if (services_.settings.appendonly) return work_.EnableLog();
  work_.DisableLog();
  return Ok();
}

}  // namespace thimble
