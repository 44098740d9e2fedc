#include "server/persist/append_only.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <unistd.h>

#include "server/command/effects.h"
#include "server/config/settings.h"
#include "server/net/loop.h"
#include "server/persist/aof_loading.h"
#include "server/persist/command_snapshot.h"
#include "server/persist/key_delay.h"
#include "server/persist/rdb_file.h"
#include "server/stats/log.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

// What may wait for the thread before everybody waits for it.
constexpr uint64_t kMostWaiting = uint64_t{64} << 20U;
// Effects are gathered up to this, or for so long.
constexpr size_t kWorthWriting = size_t{128} << 10U;
constexpr uint64_t kHandOverEveryMs = 10;
constexpr int64_t kHandOverEveryNs = kHandOverEveryMs * 1'000'000;
// everysec promises that no more than this is lost.
constexpr int64_t kLongestUnsyncedMs = 2000;

// A base is an RDB file or commands.
bool FillBase(ByteSink& sink, bool is_rdb, const RdbHow& how, const RdbFacts& facts,
              FunctionRef<bool(SnapshotOutput&)> fill) {
  if (is_rdb) return WriteRdb(sink, how, facts, fill);
  CommandSnapshot commands(sink);
  commands.WriteHead(facts.functions);
  return fill(commands);
}

}  // namespace

AppendOnly::AppendOnly(Loop& loop, Services& services, Files& files)
    : loop_(loop), services_(services), files_(files), hand_over_later_(loop, [this] {
        will_hand_over_ = false;
        HandOver();
      }) {
  loop.SetBeforeFlush([this] { EndTurn(); });
}

AppendOnly::~AppendOnly() {
  HandOver();
}

AofFolder AppendOnly::Folder(const std::string& where) const {
  return {files_, where, services_.settings.appenddirname, services_.settings.appendfilename};
}

AofSync AppendOnly::SyncPolicy() const {
  const std::string& policy = services_.settings.appendfsync;
  return policy == "always" ? AofSync::kAlways
         : policy == "no"   ? AofSync::kNever
                            : AofSync::kEverySecond;
}

// --- The start ----------------------------------------------------------------------------------

// Takes over what the manifest says, if there is one. False: it cannot be read, or is damaged,
// which the log of the process tells.
bool AppendOnly::ReadManifest(bool* missing) {
  std::error_code error;
  const AofFolder folder = Folder();
  std::unique_ptr<InputFile> file = files_.OpenToRead(folder.PathOf(folder.ManifestName()), error);
  *missing = error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
  if (*missing) return true;
  std::string text;
  if (file != nullptr) {
    for (Bytes piece = file->Next(); !piece.empty(); piece = file->Next()) text += piece;
    error = file->error();
  }
  if (error) {
    Log(LogLevel::kWarning, "Fatal error: can't open the AOF manifest file " +
                                folder.ManifestName() + " for reading: " + error.message());
    return false;
  }
  Result<AofManifest> manifest = AofManifest::Parse(text);
  if (!manifest.ok()) {
    const Error why = manifest.error();
    Log(LogLevel::kWarning, "*** FATAL AOF MANIFEST FILE ERROR ***");
    Log(LogLevel::kWarning, why.text());
    return false;
  }
  manifest_ = std::move(*manifest);
  return true;
}

// The highest number of a file that is called as those of a log, though `manifest` says nothing of
// it: it may be all that is left of one, so it is told of, and its name not used again. 0: none.
uint64_t AppendOnly::LastOfStrangers(const AofManifest& manifest) const {
  const AofFolder folder = Folder();
  const std::string& log_name = services_.settings.appendfilename;
  uint64_t last = 0;
  std::string first_name;
  for (const std::string& name : files_.List(folder.name())) {
    if (!name.starts_with(log_name) || manifest.Names(name) || name == new_increment_) continue;
    const Bytes ending = Bytes(name).substr(log_name.size());
    const size_t end = ending.find('.', 1);
    const auto sequence = end == Bytes::npos || ending.front() != '.'
                              ? std::nullopt
                              : ParseUint64(ending.substr(1, end - 1));
    if (!sequence && !ending.empty()) continue;
    // One beyond all that are ever reached is in nobody's way.
    if (sequence && *sequence <= AofManifest::kMostSequence / 2) last = std::max(last, *sequence);
    if (first_name.empty() || name < first_name) first_name = name;
  }
  if (!first_name.empty()) {
    Log(LogLevel::kWarning, "No AOF manifest file " + folder.ManifestName() +
                                " that names them, but files of a log in " + folder.name() +
                                ", as " + first_name + ": they are not loaded, and left alone");
  }
  return last;
}

std::unique_ptr<Loading> AppendOnly::OpenLog(bool* missing) {
  const std::string& old_name = services_.settings.appendfilename;
  if (!ReadManifest(missing)) return nullptr;
  if (*missing) {
    if (!files_.Exists(old_name)) return nullptr;
    *missing = false;
    if (!AdoptOldFile()) return nullptr;
  } else if (manifest_.base && manifest_.base->name == old_name && manifest_.increments.empty() &&
             !files_.Exists(PathOf(old_name)) && files_.Exists(old_name)) {
    if (!MoveOldFile()) return nullptr;  // An adoption ended in its middle.
  }
  if (!AllThere()) return nullptr;
  return std::make_unique<AofLoading>(services_, files_, Folder().name(), manifest_);
}

// The one file that servers before Redis 7 wrote becomes the base.
bool AppendOnly::AdoptOldFile() {
  const std::string& name = services_.settings.appendfilename;
  if (files_.Exists(PathOf(name))) {
    Log(LogLevel::kWarning, "Can't move the old AOF file " + name + " into dir " + Folder().name() +
                                ": a file of that name is there already, of which no manifest says "
                                "what it is. Move one of them away");
    return false;
  }
  AofManifest manifest;
  manifest.base = AofManifest::File{name, 1};
  const AofFolder folder = Folder();
  return folder.Make() && folder.SaveManifest(manifest_, std::move(manifest)) && MoveOldFile();
}

bool AppendOnly::MoveOldFile() {
  const std::string& name = services_.settings.appendfilename;
  if (const std::error_code error = files_.Rename(name, PathOf(name))) {
    Log(LogLevel::kWarning, "Error trying to move the old AOF file " + name + " into dir " +
                                Folder().name() + ": " + error.message());
    return false;
  }
  Folder().Sync();
  files_.SyncFolder(".");
  Log(LogLevel::kNotice, "Successfully migrated an old-style AOF configuration (" + name +
                             ") to the new-style AOF, created the base file and the manifest");
  return true;
}

// Before anything is read: what one file lets the loader do to itself depends on those behind it.
bool AppendOnly::AllThere() const {
  const auto is_there = [this](const AofManifest::File& file) {
    if (files_.Exists(PathOf(file.name))) return true;
    Log(LogLevel::kWarning, "Fatal error: can't open the append log file " + file.name +
                                " for reading: No such file or directory");
    return false;
  };
  return (!manifest_.base || is_there(*manifest_.base)) &&
         std::all_of(manifest_.increments.begin(), manifest_.increments.end(), is_there);
}

bool AppendOnly::OpenAtStart() {
  const AofFolder folder = Folder();
  if (!folder.Make()) return false;
  AofManifest manifest = manifest_;
  if (manifest.increments.empty()) manifest.taken = LastOfStrangers(manifest);
  if (!manifest.base && manifest.increments.empty() && !CreateBase(manifest)) return false;
  std::error_code error;
  std::unique_ptr<OutputFile> file;
  if (manifest.increments.empty()) {
    const std::string name = folder.IncrementName(manifest.NextIncrementSequence());
    Log(LogLevel::kNotice, "Creating AOF incr file " + name + " on server start");
    file = folder.Create(name);
    if (file == nullptr) return false;
    manifest.increments.push_back({name, manifest.NextIncrementSequence()});
    if (!folder.SaveManifest(manifest_, std::move(manifest))) return false;
  } else {
    const std::string& name = manifest.increments.back().name;
    Log(LogLevel::kNotice, "Opening AOF incr file " + name + " on server start");
    file = files_.OpenToWrite(PathOf(name), Files::Mode::kAppend, error);
    if (file == nullptr) {
      Log(LogLevel::kWarning, "Can't open the append-only file " + name + ": " + error.message());
      return false;
    }
  }
  if (!SyncFiles()) return false;
  if (!StartWriter(std::move(file), folder.BytesOf(manifest_.increments.back()))) return false;
  base_bytes_ = manifest_.base ? folder.BytesOf(*manifest_.base) : 0;
  increment_bytes_ = 0;
  for (const AofManifest::File& part : manifest_.increments) {
    increment_bytes_ += folder.BytesOf(part);
  }
  bytes_after_rewrite_ = base_bytes_;
  folder.RemoveHistory(manifest_);
  Attach();
  return true;
}

// Who ended before may have written more than was synced, and what was loaded is shown.
bool AppendOnly::SyncFiles() const {
  const auto is_synced = [this](const AofManifest::File& file) {
    const std::error_code error = files_.SyncFile(PathOf(file.name));
    if (!error) return true;
    Log(LogLevel::kWarning,
        "Can't sync the append-only file " + file.name + ": " + error.message());
    return false;
  };
  return (!manifest_.base || is_synced(*manifest_.base)) &&
         std::all_of(manifest_.increments.begin(), manifest_.increments.end(), is_synced);
}

bool AppendOnly::CreateBase(AofManifest& manifest) {
  const AofFolder folder = Folder();
  const bool is_rdb = services_.settings.aof_use_rdb_preamble;
  const uint64_t sequence = manifest.NextBaseSequence();
  const std::string name = folder.BaseName(sequence, is_rdb);
  Log(LogLevel::kNotice, "Creating AOF base file " + name + " on server start");
  const std::string temporary = TemporaryBaseName();
  if (!WriteBase(temporary, is_rdb)) return false;
  std::error_code error = files_.Rename(temporary, folder.PathOf(name));
  if (!error) error = folder.Sync();
  if (error) {
    Log(LogLevel::kWarning, "Error creating the AOF base file " + name + ": " + error.message());
    files_.Remove(temporary);
    return false;
  }
  manifest.base = AofManifest::File{name, sequence};
  return true;
}

bool AppendOnly::StartWriter(std::unique_ptr<OutputFile> file, uint64_t bytes) {
  try {
    writer_ = std::make_unique<AofWriter>(std::move(file), bytes, SyncPolicy());
  } catch (const std::system_error& error) {
    Log(LogLevel::kWarning,
        std::string("Can't create the thread that writes the AOF: ") + error.what());
    return false;
  }
  return true;
}

// From here on effects are logged.
void AppendOnly::Attach() {
  pending_.Clear();
  services_.effects.SetStream(&pending_);
  loop_.HoldOutput(SyncPolicy() == AofSync::kAlways);
}

void AppendOnly::Close() {
  if (writer_ == nullptr) return;
  HandOver();
  services_.effects.SetStream(nullptr);
  loop_.HoldOutput(false);
  writer_.reset();
  if (enabling_) RemoveUnnamed(new_increment_);
  new_increment_.clear();
  enabling_ = false;
}

// --- What happens -------------------------------------------------------------------------------

void AppendOnly::EndTurn() {
  if (pending_.empty() || writer_ == nullptr) return;
  // Where a second may be lost, a few milliseconds more do no harm, and waking the thread at every
  // turn would cost more than the log itself.
  if (pending_.size() >= kWorthWriting || SyncPolicy() == AofSync::kAlways) return HandOver();
  const int64_t now_ns = services_.environment.clock.MonotonicNs();
  if (now_ns - handed_over_ns_ >= kHandOverEveryNs) {
    handed_over_ns_ = now_ns;
    HandOver();
  } else if (!std::exchange(will_hand_over_, true)) {
    hand_over_later_.Start(kHandOverEveryMs);
  }
}

void AppendOnly::HandOver() {
  if (pending_.empty() || writer_ == nullptr) return;
  SleepPerKey(flush_delay_us_);
  increment_bytes_ += pending_.size();
  pending_.Reuse(writer_->Append(pending_.Take()));
  const AofSync policy = SyncPolicy();
  if (policy == AofSync::kAlways) {
    if (!writer_->Settle(true)) EndInFailure();
    return;
  }
  const AofWriter::State state = writer_->GetState();
  if (state.failed()) return;
  const bool late = policy == AofSync::kEverySecond && state.unsynced_for_ms > kLongestUnsyncedMs &&
                    !state.sync_paused;
  if (!late && state.waiting_bytes <= kMostWaiting) return;
  ++delayed_syncs_;
  Log(LogLevel::kNotice,
      "Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without "
      "waiting for fsync to complete, this may slow down Redis.");
  writer_->Settle(late);
}

// Nobody was told of what is not on the disk, and nobody may be.
void AppendOnly::EndInFailure() const {
  const AofWriter::State state = writer_->GetState();
  const std::error_code error = state.sync_error ? state.sync_error : state.write_error;
  Log(LogLevel::kWarning,
      (state.sync_error
           ? "Can't persist AOF for fsync error when the AOF fsync policy is 'always': "
           : "Can't recover from AOF write error when the AOF fsync policy is 'always': ") +
          error.message() + ". Exiting...");
  _exit(1);
}

bool AppendOnly::Settle() {
  if (writer_ == nullptr) return true;
  HandOver();
  return writer_->Settle(true) && !writer_->GetState().failed();
}

void AppendOnly::ApplySync() {
  if (writer_ == nullptr) return;
  writer_->SetSync(SyncPolicy());
  loop_.HoldOutput(SyncPolicy() == AofSync::kAlways);
  // What was answered before holds from now on too.
  if (SyncPolicy() == AofSync::kAlways) Settle();
}

void AppendOnly::PauseSync(bool paused) {
  if (writer_ != nullptr) writer_->PauseSync(paused);
}

// --- Rewriting ----------------------------------------------------------------------------------

std::unique_ptr<AofRewrite> AppendOnly::BeginRewrite(bool enabling, const std::string& where) {
  // There may be a log that this process has not read: nothing of it is overwritten.
  if (!complete()) {
    bool missing = false;
    if (!ReadManifest(&missing)) return nullptr;
    if (missing) {
      manifest_ = AofManifest();
      manifest_.taken = LastOfStrangers(manifest_);
    }
  }
  if (enabling_ && !RemoveUnnamed(new_increment_)) return nullptr;
  using Kind = AofRewrite::Kind;
  const Kind kind = complete() ? Kind::kAgain : enabling ? Kind::kFirst : Kind::kBaseOnly;
  return std::make_unique<AofRewrite>(files_, Folder(where), manifest_, kind,
                                      services_.settings.aof_use_rdb_preamble);
}

// The thread may still write to it, so that another of its name would be the same file.
bool AppendOnly::RemoveUnnamed(const std::string& increment) {
  if (increment.empty() || manifest_.Names(increment)) return true;
  const std::error_code error = files_.Remove(PathOf(increment));
  if (!error || error == std::errc::no_such_file_or_directory) return true;
  Log(LogLevel::kWarning,
      "Can't remove the append-only file " + increment + ": " + error.message());
  return false;
}

bool AppendOnly::FollowRewrite(AofRewrite& rewrite) {
  manifest_ = rewrite.manifest();
  if (!rewrite.prepared()) return false;
  HandOver();
  bytes_before_rewrite_ = increment_bytes_;
  std::unique_ptr<OutputFile> file = rewrite.TakeFile();
  if (file == nullptr) return true;
  new_increment_ = rewrite.increment();
  if (writer_ != nullptr) {
    writer_->Follow(std::move(file));
  } else if (StartWriter(std::move(file), 0)) {
    enabling_ = true;
    Attach();
  } else {
    files_.Remove(PathOf(new_increment_));
    new_increment_.clear();
    return false;
  }
  pending_.StartAnew();
  return true;
}

std::string AppendOnly::TemporaryBaseName(int job) {
  return "temp-rewriteaof-bg-" + std::to_string(getpid()) +
         (job == 0 ? "" : "-" + std::to_string(job)) + ".aof";
}

SnapshotJob::Work AppendOnly::BaseWork(std::shared_ptr<AofRewrite> rewrite,
                                       const std::string& temporary) const {
  return [&files = files_, temporary, rewrite = std::move(rewrite), how = RdbHowOf(services_, true),
          facts = RdbFactsOf(services_, true)](SnapshotJob::Source& source) {
    const auto fill = [&](SnapshotOutput& output) {
      return source.WriteTo(output, how.key_delay_us);
    };
    const auto write = [&](OutputFile& file) {
      return FillBase(file, rewrite->base_is_rdb(), how, facts, fill);
    };
    if (!WriteTemporary(how.folder, files, temporary, write)) return false;
    Log(LogLevel::kNotice, "Successfully created the temporary AOF base file " + temporary);
    return rewrite->Install(temporary);
  };
}

bool AppendOnly::WriteBase(const std::string& temporary, bool is_rdb) {
  const RdbHow how = RdbHowOf(services_, true);
  const RdbFacts facts = RdbFactsOf(services_, true);
  const auto fill = [&](SnapshotOutput& output) {
    return WriteDatabases(services_.databases, output, [] {});
  };
  const auto write = [&](OutputFile& file) { return FillBase(file, is_rdb, how, facts, fill); };
  return WriteTemporary(how.folder, files_, temporary, write);
}

void AppendOnly::FinishRewrite(const AofRewrite& rewrite) {
  manifest_ = rewrite.manifest();
  enabling_ = false;
  new_increment_.clear();
  base_bytes_ = rewrite.base_bytes();
  increment_bytes_ -= bytes_before_rewrite_;
  bytes_after_rewrite_ = current_bytes();
  if (writer_ != nullptr) writer_->Forgive();
}

void AppendOnly::AbandonRewrite(const AofRewrite& rewrite, const std::string& temporary) {
  files_.Remove(temporary);
  manifest_ = rewrite.manifest();
  if (rewrite.followed()) {
    new_increment_ = enabling_ ? rewrite.increment() : std::string();
  } else {
    RemoveUnnamed(rewrite.increment());
  }
}

// --- Facts --------------------------------------------------------------------------------------

AofWriter::State AppendOnly::WriterState() const {
  return writer_ == nullptr ? AofWriter::State() : writer_->GetState();
}

std::string AppendOnly::Trouble() const {
  const AofWriter::State state = WriterState();
  if (!state.failed()) return {};
  return (state.write_error ? state.write_error : state.sync_error).message();
}

}  // namespace thimble
