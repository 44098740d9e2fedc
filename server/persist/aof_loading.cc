#include "server/persist/aof_loading.h"

#include <utility>

#include "server/config/settings.h"
#include "server/stats/log.h"
#include "storage/common/number.h"
#include "storage/keyspace/environment.h"
#include "storage/rdb/file_reader.h"

namespace thimble {
namespace {

bool IsRdb(Files& files, const std::string& path) {
  std::error_code error;
  const std::unique_ptr<InputFile> file = files.OpenToRead(path, error);
  if (file == nullptr) return false;
  return BeginsAsRdb(file->Next());
}

}  // namespace

AofLoading::AofLoading(Services& services, Files& files, std::string folder, AofManifest manifest)
    : services_(services),
      files_(files),
      folder_(std::move(folder)),
      manifest_(std::move(manifest)) {
  const auto add = [this](const AofManifest::File& file) {
    if (const auto facts = files_.FactsOf(PathOf(file.name))) total_bytes_ += facts->bytes;
  };
  if (manifest_.base) add(*manifest_.base);
  for (const AofManifest::File& file : manifest_.increments) add(file);
}

uint64_t AofLoading::position() const {
  return done_bytes_ + (rdb_ ? rdb_->position() : replay_ ? replay_->position() : 0);
}

// False if the file cannot be opened; name_ is empty once all have been read.
bool AofLoading::OpenNext() {
  name_.clear();
  if (next_ == 0 && !manifest_.base) ++next_;
  const size_t increment = next_++;
  if (increment > manifest_.increments.size()) return true;
  name_ = increment == 0 ? manifest_.base->name : manifest_.increments[increment - 1].name;
  start_ns_ = services_.environment.clock.MonotonicNs();
  if (!IsRdb(files_, PathOf(name_))) return OpenRequests(0);

  Log(LogLevel::kNotice, increment == 0 ? "Reading RDB base file on AOF loading..."
                                        : "Reading RDB preamble from AOF file...");
  std::error_code error;
  std::unique_ptr<InputFile> file = files_.OpenToRead(PathOf(name_), error);
  if (file == nullptr) return false;
  // Keys past their deadline are left in: what is logged behind may still need them.
  rdb_ = std::make_unique<RdbLoading>(
      services_, std::move(file),
      RdbReadOptions{.verify_checksum = services_.settings.rdbchecksum,
                     .keep_expired = true,
                     .skip_foreign = services_.settings.skips_foreign_types()});
  return true;
}

bool AofLoading::OpenRequests(uint64_t skip) {
  std::error_code error;
  std::unique_ptr<InputFile> file = files_.OpenToRead(PathOf(name_), error);
  if (file == nullptr) {
    Log(LogLevel::kWarning, "Fatal error: can't open the append log file " + name_ +
                                " for reading: " + error.message());
    return false;
  }
  replay_ = std::make_unique<AofReplay>(services_, std::move(file), skip);
  return true;
}

Loading::Progress AofLoading::RunUntil(int64_t end_ns) {
  do {
    if (rdb_ != nullptr) {
      const Progress progress = rdb_->RunUntil(end_ns);
      if (progress != Progress::kDone) return progress;
      report_ = rdb_->report();
      const uint64_t read = rdb_->position();
      const bool more = read < rdb_->size();
      rdb_.reset();
      if (more && !OpenRequests(read)) return Progress::kFailed;
      if (!more && FinishFile() == Progress::kFailed) return Progress::kFailed;
    } else if (replay_ != nullptr) {
      const AofReplay::Progress progress = replay_->RunUntil(end_ns);
      if (progress == AofReplay::Progress::kMore) return Progress::kMore;
      if (OnEnd(progress) == Progress::kFailed) return Progress::kFailed;
    } else {
      if (!OpenNext()) return Progress::kFailed;
      if (name_.empty()) return Progress::kDone;
    }
  } while (services_.environment.clock.MonotonicNs() < end_ns);
  return Progress::kMore;
}

Loading::Progress AofLoading::FinishFile() {
  if (const auto facts = files_.FactsOf(PathOf(name_))) done_bytes_ += facts->bytes;
  const bool is_base = manifest_.base && name_ == manifest_.base->name;
  const int64_t taken_ns = services_.environment.clock.MonotonicNs() - start_ns_;
  Log(LogLevel::kNotice, std::string("DB loaded from ") + (is_base ? "base" : "incr") + " file " +
                             name_ + ": " + FormatSeconds(taken_ns) + " seconds");
  return Progress::kMore;
}

// What becomes of a file of requests that was read as far as possible.
Loading::Progress AofLoading::OnEnd(AofReplay::Progress progress) {
  switch (progress) {
    case AofReplay::Progress::kDone:
      break;
    case AofReplay::Progress::kTruncated:
      if (!Repair()) return Progress::kFailed;
      break;
    case AofReplay::Progress::kUnreadable:
      Log(LogLevel::kWarning, "Unrecoverable error reading the append only file " + name_);
      return Progress::kFailed;
    case AofReplay::Progress::kFailedCommand:
      Log(LogLevel::kWarning,
          "A request of the append only file " + name_ + " cannot be run, " + replay_->failure());
      return Progress::kFailed;
    case AofReplay::Progress::kUnknownCommand:
      Log(LogLevel::kWarning, "Unknown command '" + replay_->unknown_command() +
                                  "' reading the append only file " + name_);
      Log(LogLevel::kWarning, replay_->failure());
      return Progress::kFailed;
    default:
      Log(LogLevel::kWarning,
          "Bad file format reading the append only file " + name_ +
              ": make a backup of your AOF file, then use ./redis-check-aof --fix "
              "<filename.manifest>");
      return Progress::kFailed;
  }
  TellLost();
  replay_.reset();
  return FinishFile();
}

void AofLoading::TellLost() const {
  if (const uint64_t count = replay_->failed_requests(); count > 0) {
    Log(LogLevel::kWarning, "Requests that failed were skipped: " + std::to_string(count));
  }
  if (const uint64_t count = replay_->deleted_keys(); count > 0) {
    Log(LogLevel::kWarning,
        "Keys to which such requests gave another value are deleted: " + std::to_string(count));
  }
}

// Whether nothing was logged behind the file being read. One that follows may be there and empty:
// the log goes on in it only when this one is synced.
bool AofLoading::IsEndOfLog() const {
  for (size_t i = next_; i <= manifest_.increments.size(); ++i) {
    const auto facts = files_.FactsOf(PathOf(manifest_.increments[i - 1].name));
    if (facts && facts->bytes > 0) return false;
  }
  return true;
}

bool AofLoading::Repair() {
  if (!services_.settings.aof_load_truncated || !IsEndOfLog()) {
    Log(LogLevel::kWarning,
        "Unexpected end of file reading the append only file " + name_ +
            ". You can: 1) Make a backup of your AOF file, then use ./redis-check-aof --fix "
            "<filename.manifest>. 2) Alternatively you can set the 'aof-load-truncated' "
            "configuration option to yes and restart the server.");
    return false;
  }
  const uint64_t sound_bytes = replay_->sound_bytes();
  if (replay_->in_transaction()) {
    Log(LogLevel::kWarning, "Revert incomplete MULTI/EXEC transaction from AOF file " + name_);
  }
  Log(LogLevel::kWarning, "!!! Warning: short read while loading the AOF file " + name_ + "!!!");
  Log(LogLevel::kWarning,
      "Truncating the AOF " + name_ + " at offset " + std::to_string(sound_bytes));
  std::error_code error;
  const std::unique_ptr<OutputFile> file =
      files_.OpenToWrite(PathOf(name_), Files::Mode::kAppend, error);
  if (file == nullptr || !file->Truncate(sound_bytes) || !file->Sync()) {
    Log(LogLevel::kWarning, "Error truncating the AOF file " + name_ + ": " +
                                (file == nullptr ? error : file->error()).message());
    return false;
  }
  Log(LogLevel::kWarning, "AOF " + name_ + " loaded anyway because aof-load-truncated is enabled");
  return true;
}

}  // namespace thimble
