#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "server/persist/files.h"
#include "storage/common/random.h"

namespace thimble::test {

// Files in memory over a disk that forgets: what a file holds is on the disk once it was synced,
// a name once its folder was. The power goes off before the n-th call that changes anything; from
// then on calls seem to work and change nothing. Restart then shows what a machine would find.
class FragileFiles final : public Files {
 public:
  // `off_at`: the call before which the power goes; 0 = never.
  explicit FragileFiles(size_t off_at = 0) : off_at_(off_at) {}

  bool off() const {
    const std::lock_guard lock(mutex_);
    return off_;
  }
  size_t calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }
  // Has calls that open, name or sync names fail: `count` of them from the `at`th from here on.
  void FailAt(size_t at, size_t count) {
    fails_in_ = at;
    failures_ = count;
  }
  // While the lock is held, who writes to an increment of a log waits.
  std::unique_lock<std::mutex> HoldIncrements() { return std::unique_lock(increments_mutex_); }
  // Has syncs of files, or of folders, do nothing: what a test of such a test plants.
  void ForgetSyncs(bool of_files, bool of_folders) {
    forgets_file_syncs_ = of_files;
    forgets_folder_syncs_ = of_folders;
  }

  // The disk after the cut: of what was not synced nothing, all or any beginning is there, of names
  // that were not synced any. The power is on again, for good.
  void Restart(Random& random) {
    const std::lock_guard lock(mutex_);
    std::map<std::string, std::shared_ptr<Node>> found = durable_;
    for (const auto& [name, node] : names_) {
      if (random.Below(2) == 0) found[name] = node;
    }
    for (const auto& [name, node] : durable_) {
      if (!names_.contains(name) && random.Below(2) == 0) found.erase(name);
    }
    for (auto& [name, node] : found) {
      std::string content = node->synced;
      if (node->content.starts_with(node->synced)) {
        const size_t more = node->content.size() - node->synced.size();
        content = node->content.substr(0, node->synced.size() + random.Below(more + 1));
      }
      node = std::make_shared<Node>(Node{content, content});
    }
    names_ = durable_ = std::move(found);
    off_ = false;
    off_at_ = 0;
  }

  // --- Files ----------------------------------------------------------------------------------
  std::unique_ptr<OutputFile> OpenToWrite(const std::string& name, Mode mode,
                                          std::error_code& error) override {
    const std::lock_guard lock(mutex_);
    error = Failure();
    if (error) return nullptr;
    std::shared_ptr<Node> node = NodeOf(name);
    if (Counts()) {
      if (node == nullptr) node = names_[name] = std::make_shared<Node>();
      if (mode == Mode::kReplace) node->content.clear();
    }
    if (node == nullptr) node = std::make_shared<Node>();
    return std::make_unique<Output>(*this, node, name.find(".incr.") != std::string::npos);
  }

  std::unique_ptr<InputFile> OpenToRead(const std::string& name, std::error_code& error) override {
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Node> node = NodeOf(name);
    error = node == nullptr ? std::make_error_code(std::errc::no_such_file_or_directory)
                            : std::error_code();
    return node == nullptr ? nullptr : std::make_unique<Input>(node->content);
  }

  std::error_code Rename(const std::string& from, const std::string& to) override {
    const std::lock_guard lock(mutex_);
    if (const std::error_code failure = Failure()) return failure;
    if (!Counts()) return {};
    const std::shared_ptr<Node> node = NodeOf(from);
    if (node == nullptr) return std::make_error_code(std::errc::no_such_file_or_directory);
    names_[to] = node;
    names_.erase(from);
    return {};
  }

  std::error_code Remove(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    if (const std::error_code failure = Failure()) return failure;
    if (Counts()) names_.erase(name);
    return {};
  }

  std::error_code MakeFolder(const std::string&) override { return {}; }

  std::error_code SyncFile(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    if (const std::error_code failure = Failure()) return failure;
    if (!Counts()) return {};
    const std::shared_ptr<Node> node = NodeOf(name);
    if (node == nullptr) return std::make_error_code(std::errc::no_such_file_or_directory);
    if (!forgets_file_syncs_) node->synced = node->content;
    return {};
  }

  std::error_code SyncFolder(const std::string& folder) override {
    const std::lock_guard lock(mutex_);
    if (const std::error_code failure = Failure()) return failure;
    if (!Counts() || forgets_folder_syncs_) return {};
    std::erase_if(durable_, [&](const auto& entry) { return FolderOf(entry.first) == folder; });
    for (const auto& [name, node] : names_) {
      if (FolderOf(name) == folder) durable_[name] = node;
    }
    return {};
  }

  bool Exists(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    return names_.contains(name);
  }

  std::optional<Facts> FactsOf(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Node> node = NodeOf(name);
    if (node == nullptr) return std::nullopt;
    return Facts{node->content.size(), 0};
  }

  std::vector<std::string> List(const std::string& folder) override {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, node] : names_) {
      if (FolderOf(name) == folder) names.push_back(name.substr(name.rfind('/') + 1));
    }
    return names;
  }

 private:
  struct Node {
    std::string content;
    std::string synced;
  };

  class Output final : public OutputFile {
   public:
    Output(FragileFiles& files, std::shared_ptr<Node> node, bool is_increment)
        : files_(files), node_(std::move(node)), is_increment_(is_increment) {}
    bool Write(Bytes bytes) override {
      std::unique_lock<std::mutex> held;
      if (is_increment_) held = files_.HoldIncrements();
      const std::lock_guard lock(files_.mutex_);
      if (files_.Counts()) node_->content.append(bytes);
      return true;
    }
    bool Sync() override {
      const std::lock_guard lock(files_.mutex_);
      if (files_.Counts() && !files_.forgets_file_syncs_) node_->synced = node_->content;
      return true;
    }
    bool Truncate(uint64_t bytes) override {
      const std::lock_guard lock(files_.mutex_);
      if (files_.Counts()) node_->content.resize(bytes);
      return true;
    }
    std::error_code error() const override { return {}; }

   private:
    FragileFiles& files_;
    const std::shared_ptr<Node> node_;
    const bool is_increment_;
  };

  class Input final : public InputFile {
   public:
    explicit Input(std::string content) : content_(std::move(content)) {}
    Bytes Next() override {
      const Bytes piece = Bytes(content_).substr(at_, 100);
      at_ += piece.size();
      return piece;
    }
    uint64_t size() const override { return content_.size(); }
    std::error_code error() const override { return {}; }

   private:
    const std::string content_;
    size_t at_ = 0;
  };

  static std::string FolderOf(const std::string& name) {
    const size_t slash = name.rfind('/');
    return slash == std::string::npos ? "." : name.substr(0, slash);
  }
  std::shared_ptr<Node> NodeOf(const std::string& name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : found->second;
  }
  // Whether this call still changes something.
  bool Counts() {
    if (++calls_ == off_at_) off_ = true;
    return !off_;
  }

  std::error_code Failure() {
    if (fails_in_ > 0 && --fails_in_ > 0) return {};
    if (failures_ == 0) return {};
    --failures_;
    return std::make_error_code(std::errc::io_error);
  }

  mutable std::mutex mutex_;
  std::mutex increments_mutex_;
  size_t off_at_;
  size_t fails_in_ = 0;
  size_t failures_ = 0;
  size_t calls_ = 0;
  bool off_ = false;
  bool forgets_file_syncs_ = false;
  bool forgets_folder_syncs_ = false;
  std::map<std::string, std::shared_ptr<Node>> names_;
  std::map<std::string, std::shared_ptr<Node>> durable_;
};

}  // namespace thimble::test
