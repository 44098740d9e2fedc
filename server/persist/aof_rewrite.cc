#include "server/persist/aof_rewrite.h"

#include <utility>
#include <vector>

#include "server/stats/log.h"

namespace thimble {
namespace {

constexpr const char* kTemporaryIncrement = "temp-appendonly.aof.incr";

}  // namespace

AofRewrite::AofRewrite(Files& files, AofFolder folder, AofManifest manifest, Kind kind,
                       bool base_is_rdb)
    : files_(files),
      folder_(std::move(folder)),
      manifest_(std::move(manifest)),
      kind_(kind),
      base_is_rdb_(base_is_rdb) {}

void AofRewrite::GiveUp() {
  const std::lock_guard lock(mutex_);
  given_up_ = true;
}

bool AofRewrite::Prepare() {
  const std::lock_guard lock(mutex_);
  if (given_up_ || !folder_.Make()) return false;
  if (kind_ == Kind::kBaseOnly) return prepared_ = true;
  const uint64_t sequence = manifest_.NextIncrementSequence();
  const std::string name =
      kind_ == Kind::kFirst ? kTemporaryIncrement : folder_.IncrementName(sequence);
  Log(LogLevel::kNotice, "Creating AOF incr file " + name + " on background rewrite");
  std::unique_ptr<OutputFile> file = folder_.Create(name);
  if (file == nullptr) return false;
  if (kind_ == Kind::kAgain) {
    AofManifest manifest = manifest_;
    manifest.increments.push_back({name, sequence});
    if (!folder_.SaveManifest(manifest_, std::move(manifest), name)) return false;
  }
  file_ = std::move(file);
  increment_ = name;
  return prepared_ = true;
}

bool AofRewrite::Install(const std::string& temporary) {
  const std::lock_guard lock(mutex_);
  if (given_up_) return false;
  AofManifest manifest = manifest_;
  const uint64_t sequence = manifest.NextBaseSequence();
  const std::string name = folder_.BaseName(sequence, base_is_rdb_);
  if (const std::error_code error = files_.Rename(temporary, folder_.PathOf(name))) {
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
  if (kind_ == Kind::kFirst) {
    const std::string increment_name = folder_.IncrementName(increment);
    if (const std::error_code error =
            files_.Rename(folder_.PathOf(increment_), folder_.PathOf(increment_name))) {
      Log(LogLevel::kWarning, "Error trying to rename the temporary AOF incr file " + increment_ +
                                  " into " + increment_name + ": " + error.message());
      files_.Remove(folder_.PathOf(name));
      return false;
    }
    Log(LogLevel::kNotice, "Successfully renamed the temporary AOF incr file " + increment_ +
                               " into " + increment_name);
    increment_ = increment_name;
    manifest.increments.push_back({increment_name, increment});
  } else if (kind_ == Kind::kAgain) {
    manifest.increments.push_back(replaced.back());
    replaced.pop_back();
  }
  if (manifest.base) manifest.history.push_back(*manifest.base);
  for (AofManifest::File& file : replaced) manifest.history.push_back(std::move(file));
  manifest.base = AofManifest::File{name, sequence};
  if (const std::error_code error = folder_.Sync()) {
    Log(LogLevel::kWarning,
        "Error syncing append-only dir " + folder_.name() + ": " + error.message());
    files_.Remove(folder_.PathOf(name));
    return false;
  }
  if (!folder_.SaveManifest(manifest_, std::move(manifest), name)) return false;
  installed_ = true;
  folder_.RemoveHistory(manifest_);
  return true;
}

uint64_t AofRewrite::base_bytes() const {
  return manifest_.base ? folder_.BytesOf(*manifest_.base) : 0;
}

}  // namespace thimble
