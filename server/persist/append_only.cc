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
constexpr const char* kTemporaryIncrement = "temp-appendonly.aof.incr";

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

std::string AppendOnly::Folder() const {
  return services_.settings.appenddirname;
}
std::string AppendOnly::ManifestName() const {
  return services_.settings.appendfilename + ".manifest";
}
std::string AppendOnly::BaseName(uint64_t sequence) const {
  return services_.settings.appendfilename + "." + std::to_string(sequence) +
         (base_is_rdb_ ? ".base.rdb" : ".base.aof");
}
std::string AppendOnly::IncrementName(uint64_t sequence) const {
  return services_.settings.appendfilename + "." + std::to_string(sequence) + ".incr.aof";
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
  std::unique_ptr<InputFile> file = files_.OpenToRead(PathOf(ManifestName()), error);
  *missing = error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
  if (*missing) return true;
  std::string text;
  if (file != nullptr) {
    for (Bytes piece = file->Next(); !piece.empty(); piece = file->Next()) text += piece;
    error = file->error();
  }
  if (error) {
    Log(LogLevel::kWarning, "Fatal error: can't open the AOF manifest file " + ManifestName() +
                                " for reading: " + error.message());
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
  const std::string& log_name = services_.settings.appendfilename;
  uint64_t last = 0;
  std::string first_name;
  for (const std::string& name : files_.List(Folder())) {
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
    Log(LogLevel::kWarning, "No AOF manifest file " + ManifestName() +
                                " that names them, but files of a log in " + Folder() + ", as " +
                                first_name + ": they are not loaded, and left alone");
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
  return std::make_unique<AofLoading>(services_, files_, Folder(), manifest_);
}

// The one file that servers before Redis 7 wrote becomes the base.
bool AppendOnly::AdoptOldFile() {
  const std::string& name = services_.settings.appendfilename;
  if (files_.Exists(PathOf(name))) {
    Log(LogLevel::kWarning, "Can't move the old AOF file " + name + " into dir " + Folder() +
                                ": a file of that name is there already, of which no manifest says "
                                "what it is. Move one of them away");
    return false;
  }
  AofManifest manifest;
  manifest.base = AofManifest::File{name, 1};
  if (!MakeFolder() || !SaveManifest(manifest)) return false;
  manifest_ = std::move(manifest);
  return MoveOldFile();
}

bool AppendOnly::MoveOldFile() {
  const std::string& name = services_.settings.appendfilename;
  if (const std::error_code error = files_.Rename(name, PathOf(name))) {
    Log(LogLevel::kWarning, "Error trying to move the old AOF file " + name + " into dir " +
                                Folder() + ": " + error.message());
    return false;
  }
  files_.SyncFolder(Folder());
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
  if (!MakeFolder()) return false;
  AofManifest manifest = manifest_;
  if (manifest.increments.empty()) manifest.taken = LastOfStrangers(manifest);
  if (!manifest.base && manifest.increments.empty() && !CreateBase(manifest)) return false;
  std::error_code error;
  std::unique_ptr<OutputFile> file;
  if (manifest.increments.empty()) {
    const std::string name = IncrementName(manifest.NextIncrementSequence());
    Log(LogLevel::kNotice, "Creating AOF incr file " + name + " on server start");
    file = Create(name);
    if (file == nullptr) return false;
    manifest.increments.push_back({name, manifest.NextIncrementSequence()});
    if (!SaveManifest(manifest)) return false;
  } else {
    const std::string& name = manifest.increments.back().name;
    Log(LogLevel::kNotice, "Opening AOF incr file " + name + " on server start");
    file = files_.OpenToWrite(PathOf(name), Files::Mode::kAppend, error);
    if (file == nullptr) {
      Log(LogLevel::kWarning, "Can't open the append-only file " + name + ": " + error.message());
      return false;
    }
  }
  manifest_ = std::move(manifest);
  if (!SyncFiles()) return false;
  if (!StartWriter(std::move(file), BytesOf(manifest_.increments.back()))) return false;
  base_bytes_ = manifest_.base ? BytesOf(*manifest_.base) : 0;
  increment_bytes_ = 0;
  for (const AofManifest::File& part : manifest_.increments) increment_bytes_ += BytesOf(part);
  bytes_after_rewrite_ = base_bytes_;
  RemoveHistory();
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
  base_is_rdb_ = services_.settings.aof_use_rdb_preamble;
  const uint64_t sequence = manifest.NextBaseSequence();
  const std::string name = BaseName(sequence);
  Log(LogLevel::kNotice, "Creating AOF base file " + name + " on server start");
  const std::string temporary = TemporaryBaseName();
  if (!WriteBase(temporary)) return false;
  std::error_code error = files_.Rename(temporary, PathOf(name));
  if (!error) error = files_.SyncFolder(Folder());
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
  if (enabling_ && !manifest_.Names(new_increment_)) files_.Remove(PathOf(new_increment_));
  new_increment_.clear();
  enabling_ = false;
}

// --- Files --------------------------------------------------------------------------------------

bool AppendOnly::MakeFolder() {
  if (const std::error_code error = files_.MakeFolder(Folder())) {
    Log(LogLevel::kWarning,
        "Can't open or create append-only dir " + Folder() + ": " + error.message());
    return false;
  }
  files_.SyncFolder(".");  // Who may not read where it lies cannot, and may well write there.
  return true;
}

std::unique_ptr<OutputFile> AppendOnly::Create(const std::string& name) {
  std::error_code error;
  std::unique_ptr<OutputFile> file = files_.OpenToWrite(PathOf(name), Files::Mode::kReplace, error);
  const bool made = !error;
  if (made) error = files_.SyncFolder(Folder());
  if (error) {
    Log(LogLevel::kWarning, "Can't open the append-only file " + name + ": " + error.message());
    if (made) files_.Remove(PathOf(name));
    return nullptr;
  }
  return file;
}

std::error_code AppendOnly::ReplaceManifest(const AofManifest& manifest, bool* replaced) {
  const std::string temporary = PathOf("temp-" + ManifestName());
  std::error_code error;
  std::unique_ptr<OutputFile> file = files_.OpenToWrite(temporary, Files::Mode::kReplace, error);
  if (file != nullptr && (!file->Write(manifest.ToText()) || !file->Sync())) error = file->error();
  file.reset();
  if (!error) error = files_.Rename(temporary, PathOf(ManifestName()));
  *replaced = !error;
  if (error) {
    files_.Remove(temporary);
  } else {
    error = files_.SyncFolder(Folder());
  }
  return error;
}

// If that fails, the one before is put back, and `added`, which only the new one names, removed. If
// that fails too, both stay, and count: who starts from what is there then finds all that is named.
bool AppendOnly::SaveManifest(const AofManifest& manifest, const std::string& added) {
  bool replaced = false;
  // One that could not be read again is not written: where numbers have come to their end.
  const std::error_code error = AofManifest::Parse(manifest.ToText()).ok()
                                    ? ReplaceManifest(manifest, &replaced)
                                    : std::make_error_code(std::errc::value_too_large);
  if (!error) return true;
  Log(LogLevel::kWarning,
      "Error writing the AOF manifest file " + ManifestName() + ": " + error.message());
  bool put_back = !replaced;
  if (replaced && (manifest_.base || !manifest_.increments.empty())) {
    ReplaceManifest(manifest_, &put_back);
  } else if (replaced) {
    put_back = !files_.Remove(PathOf(ManifestName()));
  }
  if (!put_back) {
    manifest_ = manifest;
  } else if (!added.empty()) {
    files_.Remove(PathOf(added));
  }
  return false;
}

void AppendOnly::RemoveHistory() {
  if (manifest_.history.empty()) return;
  for (const AofManifest::File& file : manifest_.history) {
    Log(LogLevel::kNotice, "Removing the history file " + file.name + " in the background");
    files_.Remove(PathOf(file.name));
  }
  AofManifest without = manifest_;
  without.history.clear();
  if (SaveManifest(without)) manifest_ = std::move(without);
}

uint64_t AppendOnly::BytesOf(const AofManifest::File& file) const {
  const auto facts = files_.FactsOf(PathOf(file.name));
  return facts ? facts->bytes : 0;
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

bool AppendOnly::BeginRewrite(bool enabling) {
  base_is_rdb_ = services_.settings.aof_use_rdb_preamble;
  if (!MakeFolder()) return false;
  // There may be a log that this process has not read: nothing of it is overwritten.
  if (!enabled() || enabling_) {
    bool missing = false;
    if (!ReadManifest(&missing)) return false;
    if (missing) {
      manifest_ = AofManifest();
      manifest_.taken = LastOfStrangers(manifest_);
    }
  }
  HandOver();
  bytes_before_rewrite_ = increment_bytes_;
  if (!enabled() && !enabling) return true;
  const bool first = enabling && !enabled();
  const std::string name = first || enabling_ ? std::string(kTemporaryIncrement)
                                              : IncrementName(manifest_.NextIncrementSequence());
  // The thread may still hold the one of an earlier try.
  if (enabling_ && !manifest_.Names(new_increment_)) files_.Remove(PathOf(new_increment_));
  Log(LogLevel::kNotice, "Creating AOF incr file " + name + " on background rewrite");
  std::unique_ptr<OutputFile> file = Create(name);
  if (file == nullptr) return false;
  if (first) {
    if (!StartWriter(std::move(file), 0)) {
      files_.Remove(PathOf(name));
      return false;
    }
    new_increment_ = name;
    enabling_ = true;
    Attach();
  } else if (enabling_) {
    writer_->Follow(std::move(file));
    new_increment_ = name;
  } else {
    AofManifest manifest = manifest_;
    manifest.increments.push_back({name, manifest.NextIncrementSequence()});
    if (!SaveManifest(manifest, name)) return false;
    manifest_ = std::move(manifest);
    writer_->Follow(std::move(file));
    new_increment_ = name;
  }
  pending_.StartAnew();
  return true;
}

std::string AppendOnly::TemporaryBaseName(int job) {
  return "temp-rewriteaof-bg-" + std::to_string(getpid()) +
         (job == 0 ? "" : "-" + std::to_string(job)) + ".aof";
}

SnapshotJob::Work AppendOnly::BaseWork(const std::string& temporary) const {
  return [&files = files_, temporary, is_rdb = base_is_rdb_, how = RdbHowOf(services_, true),
          facts = RdbFactsOf(services_, true)](SnapshotJob::Source& source) {
    const auto fill = [&](SnapshotOutput& output) {
      return source.WriteTo(output, how.key_delay_us);
    };
    const auto write = [&](OutputFile& file) { return FillBase(file, is_rdb, how, facts, fill); };
    if (!WriteTemporary(how.folder, files, temporary, write)) return false;
    Log(LogLevel::kNotice, "Successfully created the temporary AOF base file " + temporary);
    return true;
  };
}

bool AppendOnly::WriteBase(const std::string& temporary) {
  const RdbHow how = RdbHowOf(services_, true);
  const RdbFacts facts = RdbFactsOf(services_, true);
  const auto fill = [&](SnapshotOutput& output) {
    return WriteDatabases(services_.databases, output, [] {});
  };
  const auto write = [&](OutputFile& file) {
    return FillBase(file, base_is_rdb_, how, facts, fill);
  };
  return WriteTemporary(how.folder, files_, temporary, write);
}

bool AppendOnly::FinishRewrite(const std::string& temporary) {
  AofManifest manifest = manifest_;
  const uint64_t sequence = manifest.NextBaseSequence();
  const std::string name = BaseName(sequence);
  if (const std::error_code error = files_.Rename(temporary, PathOf(name))) {
    Log(LogLevel::kWarning, "Error trying to rename the temporary AOF base file " + temporary +
                                " into " + name + ": " + error.message());
    files_.Remove(temporary);
    return false;
  }
  Log(LogLevel::kNotice,
      "Successfully renamed the temporary AOF base file " + temporary + " into " + name);
  const uint64_t increment = manifest.NextIncrementSequence();
  std::vector<AofManifest::File> replaced = std::move(manifest.increments);
  manifest.increments.clear();
  if (enabling_) {
    const std::string increment_name = IncrementName(increment);
    if (const std::error_code error =
            files_.Rename(PathOf(new_increment_), PathOf(increment_name))) {
      Log(LogLevel::kWarning, "Error trying to rename the temporary AOF incr file " +
                                  new_increment_ + " into " + increment_name + ": " +
                                  error.message());
      files_.Remove(PathOf(name));
      return false;
    }
    Log(LogLevel::kNotice, "Successfully renamed the temporary AOF incr file " + new_increment_ +
                               " into " + increment_name);
    new_increment_ = increment_name;
    manifest.increments.push_back({increment_name, increment});
  } else if (!new_increment_.empty()) {
    manifest.increments.push_back(replaced.back());
    replaced.pop_back();
  }
  if (manifest.base) manifest.history.push_back(*manifest.base);
  for (AofManifest::File& file : replaced) manifest.history.push_back(std::move(file));
  manifest.base = AofManifest::File{name, sequence};
  if (const std::error_code error = files_.SyncFolder(Folder())) {
    Log(LogLevel::kWarning, "Error syncing append-only dir " + Folder() + ": " + error.message());
    files_.Remove(PathOf(name));
    return false;
  }
  if (!SaveManifest(manifest, name)) return false;
  manifest_ = std::move(manifest);
  enabling_ = false;
  new_increment_.clear();
  RemoveHistory();
  base_bytes_ = BytesOf(*manifest_.base);
  increment_bytes_ -= bytes_before_rewrite_;
  bytes_after_rewrite_ = current_bytes();
  if (writer_ != nullptr) writer_->Forgive();
  return true;
}

void AppendOnly::AbandonRewrite(const std::string& temporary) {
  files_.Remove(temporary);
  if (!enabling_) new_increment_.clear();
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
