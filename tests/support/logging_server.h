#pragma once

#include <cstdint>
#include <string>

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
    if (!log_.BeginRewrite(enabling)) return false;
    const bool written = log_.WriteBase(kTemporary);
    between();
    if (written && log_.FinishRewrite(kTemporary)) return true;
    log_.AbandonRewrite(kTemporary);
    return false;
  }

  bool Begin(bool enabling) { return log_.BeginRewrite(enabling); }
  void HandOver() { log_.HandOver(); }
  uint64_t bytes() const { return log_.current_bytes(); }

  InProcessServer& server() { return server_; }

 private:
  static constexpr const char* kTemporary = "temp-rewriteaof-bg-77.aof";

  InProcessServer server_;
  AppendOnly log_;
};

}  // namespace thimble::test
