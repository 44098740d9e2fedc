#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "server/persist/aof_folder.h"
#include "server/persist/aof_manifest.h"
#include "server/persist/files.h"

namespace thimble {

// What a rewriting of the log does to its folder. Disks let wait, so it can be done in threads: the
// loop has none of it in its hands meanwhile, and takes over what became of it (AppendOnly).
//
// Order      Prepare(); then, once the new base lies in its temporary file, Install(). Whatever
//            fails or is left out, the disk has a log that is whole.
// Threads    Prepare(), Install() and GiveUp() may meet. All else is for who knows that neither of
//            the first two is running, or will.
class AofRewrite {
 public:
  enum class Kind : uint8_t {
    kBaseOnly,  // There is no log; a base is made all the same.
    kFirst,     // There will be one: its increment is in no manifest before the base is.
    kAgain,
  };
  // `manifest` is what the disk has.
  AofRewrite(Files& files, AofFolder folder, AofManifest manifest, Kind kind, bool base_is_rdb);

  // Begins the increment that will belong to the new base. False if it could not.
  bool Prepare();
  // What is in the file `temporary` becomes the log's base, and the log what happened since.
  bool Install(const std::string& temporary);

  // Neither of them does anything from now on. Waits for one that is at it.
  void GiveUp();

  bool prepared() const { return prepared_; }
  bool followed() const { return followed_; }
  bool installed() const { return installed_; }
  // The increment, open, once it is prepared; null if there is to be none. The log goes on in it.
  std::unique_ptr<OutputFile> TakeFile() {
    followed_ = true;
    return std::move(file_);
  }
  const std::string& increment() const { return increment_; }  // Its name; empty if there is none.
  const AofManifest& manifest() const { return manifest_; }    // As it is on the disk.
  bool base_is_rdb() const { return base_is_rdb_; }
  uint64_t base_bytes() const;

 private:
  std::mutex mutex_;
  bool given_up_ = false;
  Files& files_;
  const AofFolder folder_;
  AofManifest manifest_;
  const Kind kind_;
  const bool base_is_rdb_;
  bool prepared_ = false;
  bool followed_ = false;
  bool installed_ = false;
  std::string increment_;
  std::unique_ptr<OutputFile> file_;
};

}  // namespace thimble
