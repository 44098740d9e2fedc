#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <system_error>

#include "server/persist/aof_manifest.h"
#include "server/persist/files.h"

namespace thimble {

// The folder of an append-only log: its files, and the manifest that names them. What goes wrong is
// told in the log of the process.
//
// Threads    Any; who changes files must be the only one that does.
class AofFolder {
 public:
  // `where` it lies; empty for the working directory, which may be another one later. The files of
  // the log are called after `log_name`.
  AofFolder(Files& files, std::string where, std::string name, std::string log_name);

  const std::string& name() const { return name_; }
  std::string PathOf(const std::string& file) const { return path_ + "/" + file; }
  std::string ManifestName() const { return log_name_ + ".manifest"; }
  std::string BaseName(uint64_t sequence, bool is_rdb) const;
  std::string IncrementName(uint64_t sequence) const;
  uint64_t BytesOf(const AofManifest::File& file) const;  // 0 if it is not there.

  // The folder is there, and stays. False if not.
  bool Make() const;
  // An empty file whose name is on the disk. Null if that failed; then there is none.
  std::unique_ptr<OutputFile> Create(const std::string& file) const;
  std::error_code Sync() const;  // The names in it are on the disk.

  // Has the manifest on disk say `next`. If that fails, the one before, `current`, is put back, and
  // the file `added`, which only the new one names, removed. If that fails too, both stay, and
  // count: who starts from what is there then finds all that is named. `current` is what the disk
  // has in the end.
  bool SaveManifest(AofManifest& current, AofManifest next, const std::string& added = {}) const;
  // Removes what was replaced, and has the manifest forget it.
  void RemoveHistory(AofManifest& manifest) const;

 private:
  std::error_code WriteManifest(const AofManifest& manifest, bool* replaced) const;

  Files& files_;
  const std::string where_;
  const std::string name_;
  const std::string path_;
  const std::string log_name_;
};

}  // namespace thimble
