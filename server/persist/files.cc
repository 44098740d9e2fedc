#include "server/persist/files.h"

#include <cerrno>
#include <cstdio>
#include <thread>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace thimble {
namespace {

constexpr mode_t kFileMode = 0644;
constexpr mode_t kFolderMode = 0755;
constexpr size_t kReadBytes = size_t{256} << 10U;

std::error_code LastError() {
  return {errno, std::generic_category()};
}

class SystemOutputFile final : public OutputFile {
 public:
  explicit SystemOutputFile(int file) : file_(file) {}
  ~SystemOutputFile() override { close(file_); }

  bool Write(Bytes bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return Failed();
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return true;
  }
  bool Sync() override { return fdatasync(file_) == 0 || Failed(); }
  bool Truncate(uint64_t bytes) override {
    const auto offset = static_cast<off_t>(bytes);
    return (ftruncate(file_, offset) == 0 && lseek(file_, offset, SEEK_SET) == offset) || Failed();
  }
  std::error_code error() const override { return error_; }

 private:
  bool Failed() {
    error_ = LastError();
    return false;
  }

  const int file_;
  std::error_code error_;
};

class SystemInputFile final : public InputFile {
 public:
  SystemInputFile(int file, uint64_t size) : file_(file), size_(size) {
    posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  ~SystemInputFile() override { close(file_); }

  Bytes Next() override {
    if (buffer_.empty()) buffer_.resize(kReadBytes);
    ssize_t count = 0;
    do {
      count = read(file_, buffer_.data(), buffer_.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) error_ = LastError();
    return count <= 0 ? Bytes() : Bytes(buffer_.data(), static_cast<size_t>(count));
  }
  uint64_t size() const override { return size_; }
  std::error_code error() const override { return error_; }

 private:
  const int file_;
  const uint64_t size_;
  std::string buffer_;
  std::error_code error_;
};

// Keeps the file of that name, if there is one, while its name goes; then a thread of its own lets
// go of it. The file system frees the blocks of gigabytes in hundreds of milliseconds, and who
// closes a nameless file last waits for that.
class FreedAside {
 public:
  explicit FreedAside(const std::string& name)
      : file_(open(name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) {}
  ~FreedAside() {
    if (file_ < 0) return;
    try {
      std::thread([file = file_] { close(file); }).detach();
    } catch (const std::system_error&) {
      close(file_);  // Without a thread, as under a tight limit, here.
    }
  }
  FreedAside(const FreedAside&) = delete;
  FreedAside& operator=(const FreedAside&) = delete;

 private:
  const int file_;
};

std::error_code SyncOpened(const std::string& name, int how) {
  const int file = open(name.c_str(), O_RDONLY | O_CLOEXEC | how);
  if (file < 0) return LastError();
  std::error_code error;
  // Some file systems have no such thing, and nothing to lose either.
  if (fsync(file) != 0 && errno != EINVAL && errno != EBADF) error = LastError();
  close(file);
  return error;
}

class SystemFiles final : public Files {
 public:
  std::unique_ptr<OutputFile> OpenToWrite(const std::string& name, Mode mode,
                                          std::error_code& error) override {
    const int how = mode == Mode::kAppend ? O_APPEND : O_TRUNC;
    const int file = open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, kFileMode);
    error = file < 0 ? LastError() : std::error_code();
    return file < 0 ? nullptr : std::make_unique<SystemOutputFile>(file);
  }

  std::unique_ptr<InputFile> OpenToRead(const std::string& name, std::error_code& error) override {
    const int file = open(name.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat facts {};
    if (file < 0 || fstat(file, &facts) != 0) {
      error = LastError();
      if (file >= 0) close(file);
      return nullptr;
    }
    error.clear();
    return std::make_unique<SystemInputFile>(file, static_cast<uint64_t>(facts.st_size));
  }

  std::error_code Rename(const std::string& from, const std::string& to) override {
    const FreedAside replaced(to);
    return rename(from.c_str(), to.c_str()) == 0 ? std::error_code() : LastError();
  }

  std::error_code Remove(const std::string& name) override {
    const FreedAside removed(name);
    return unlink(name.c_str()) == 0 ? std::error_code() : LastError();
  }

  std::error_code MakeFolder(const std::string& name) override {
    if (mkdir(name.c_str(), kFolderMode) == 0) return {};
    const std::error_code error = LastError();
    struct stat facts {};
    const bool is_there = error == std::errc::file_exists && stat(name.c_str(), &facts) == 0;
    return is_there && S_ISDIR(facts.st_mode) ? std::error_code() : error;
  }

  std::error_code SyncFile(const std::string& name) override { return SyncOpened(name, 0); }
  std::error_code SyncFolder(const std::string& folder) override {
    return SyncOpened(folder, O_DIRECTORY);
  }

  bool Exists(const std::string& name) override { return access(name.c_str(), F_OK) == 0; }

  std::optional<Facts> FactsOf(const std::string& name) override {
    struct stat facts {};
    if (stat(name.c_str(), &facts) != 0) return std::nullopt;
    return Facts{static_cast<uint64_t>(facts.st_size), facts.st_mtime};
  }

  std::vector<std::string> List(const std::string& folder) override {
    std::vector<std::string> names;
    DIR* const open_folder = opendir(folder.c_str());
    if (open_folder == nullptr) return names;
    while (const dirent* const entry = readdir(open_folder)) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    closedir(open_folder);
    return names;
  }
};

}  // namespace

Files& Files::System() {
  static SystemFiles files;
  return files;
}

}  // namespace thimble
