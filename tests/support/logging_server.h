#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "server/persist/append_only.h"
#include "storage/common/function_ref.h"
#include "tests/support/fragile_files.h"
#include "tests/support/in_process_server.h"

namespace thimble::test {

// A server that logs to fragile files, with the log in place of its own.
class LoggingServer {
 public:
  LoggingServer(FragileFiles& files, const std::string& policy, bool base_is_rdb)
      : server_({{"appendfsync", policy}, {"aof-use-rdb-preamble", base_is_rdb ? "yes" : "no"}}),
        log_(server_->loop(), server_.services(), files) {}
  ~LoggingServer() {
    log_.Close();
    server_->loop().SetBeforeFlush(nullptr);
  }

  // False if what is on disk is refused.
  bool Start() {
    bool missing = false;
    auto loading = log_.OpenLog(&missing);
    if (loading == nullptr && !missing) return false;
    if (loading != nullptr && loading->RunUntil(INT64_MAX) != Loading::Progress::kDone)
      return false;
    loading.reset();
    return log_.OpenAtStart();
  }

  bool Settle() { return log_.Settle(); }
  int64_t Count(InProcessClient& client) {
    const std::string reply = client.Call({"incrby", "n", "0"});
    return std::stoll(reply.substr(1));
  }
  // `enabling`: there is no log yet. `between` happens after the base was written.
  bool Rewrite(
      bool enabling = false, FunctionRef<void()> between = [] {}) {
    if (!Begin(enabling)) return false;
    const bool written = log_.WriteBase(kTemporary, rewrite_->base_is_rdb());
    between();
    if (written && rewrite_->Install(kTemporary)) {
      log_.FinishRewrite(*rewrite_);
      return true;
    }
    log_.AbandonRewrite(*rewrite_, kTemporary);
    return false;
  }

  bool Begin(bool enabling) {
    rewrite_ = log_.BeginRewrite(enabling, "");
    if (rewrite_ == nullptr) return false;
    rewrite_->Prepare();
    if (!enabling) while_prepared_();
    return log_.FollowRewrite(*rewrite_);
  }
  // What happens while the folder is prepared for a rewriting.
  void SetWhilePrepared(std::function<void()> act) { while_prepared_ = std::move(act); }
  void HandOver() { log_.HandOver(); }
  uint64_t bytes() const { return log_.current_bytes(); }

  InProcessServer& server() { return server_; }

 private:
  static constexpr const char* kTemporary = "temp-rewriteaof-bg-77.aof";

  InProcessServer server_;
  AppendOnly log_;
  std::unique_ptr<AofRewrite> rewrite_;
  std::function<void()> while_prepared_ = [] {};
};

}  // namespace thimble::test
