#include "server/persist/aof_folder.h"

#include <utility>

#include "server/stats/log.h"

namespace thimble {

AofFolder::AofFolder(Files& files, std::string where, std::string name, std::string log_name)
    : files_(files),
      where_(std::move(where)),
      name_(std::move(name)),
      path_(where_.empty() ? name_ : where_ + "/" + name_),
      log_name_(std::move(log_name)) {}

std::string AofFolder::BaseName(uint64_t sequence, bool is_rdb) const {
  return log_name_ + "." + std::to_string(sequence) + (is_rdb ? ".base.rdb" : ".base.aof");
}

std::string AofFolder::IncrementName(uint64_t sequence) const {
  return log_name_ + "." + std::to_string(sequence) + ".incr.aof";
}

uint64_t AofFolder::BytesOf(const AofManifest::File& file) const {
  const auto facts = files_.FactsOf(PathOf(file.name));
  return facts ? facts->bytes : 0;
}

bool AofFolder::Make() const {
  if (const std::error_code error = files_.MakeFolder(path_)) {
    Log(LogLevel::kWarning,
        "Can't open or create append-only dir " + name_ + ": " + error.message());
    return false;
  }
  // Who may not read where it lies cannot, and may well write there.
  files_.SyncFolder(where_.empty() ? "." : where_);
  return true;
}

std::unique_ptr<OutputFile> AofFolder::Create(const std::string& file) const {
  std::error_code error;
  std::unique_ptr<OutputFile> output =
      files_.OpenToWrite(PathOf(file), Files::Mode::kReplace, error);
  const bool made = !error;
  if (made) error = Sync();
  if (error) {
    Log(LogLevel::kWarning, "Can't open the append-only file " + file + ": " + error.message());
    if (made) files_.Remove(PathOf(file));
    return nullptr;
  }
  return output;
}

std::error_code AofFolder::Sync() const {
  return files_.SyncFolder(path_);
}

std::error_code AofFolder::WriteManifest(const AofManifest& manifest, bool* replaced) const {
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
    error = Sync();
  }
  return error;
}

bool AofFolder::SaveManifest(AofManifest& current, AofManifest next,
                             const std::string& added) const {
  bool replaced = false;
  // One that could not be read again is not written: where numbers have come to their end.
  const std::error_code error = AofManifest::Parse(next.ToText()).ok()
                                    ? WriteManifest(next, &replaced)
                                    : std::make_error_code(std::errc::value_too_large);
  if (!error) {
    current = std::move(next);
    return true;
  }
  Log(LogLevel::kWarning,
      "Error writing the AOF manifest file " + ManifestName() + ": " + error.message());
  bool put_back = !replaced;
  if (replaced && (current.base || !current.increments.empty())) {
    WriteManifest(current, &put_back);
  } else if (replaced) {
    put_back = !files_.Remove(PathOf(ManifestName()));
  }
  if (!put_back) {
    current = std::move(next);
  } else if (!added.empty()) {
    files_.Remove(PathOf(added));
  }
  return false;
}

void AofFolder::RemoveHistory(AofManifest& manifest) const {
  if (manifest.history.empty()) return;
  for (const AofManifest::File& file : manifest.history) {
    Log(LogLevel::kNotice, "Removing the history file " + file.name + " in the background");
    files_.Remove(PathOf(file.name));
  }
  AofManifest without = manifest;
  without.history.clear();
  SaveManifest(manifest, std::move(without));
}

}  // namespace thimble
