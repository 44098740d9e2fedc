#pragma once

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

#include "server/config/config.h"
#include "server/config/settings.h"
#include "server/server.h"
#include "server/stats/log.h"
#include "storage/common/clock.h"
#include "storage/common/random.h"

namespace thimble::test {

// A whole server in this process, with time, hash key and random numbers of its own, so that a run
// can be repeated. It listens nowhere and does nothing by itself until Start(); clients reach it
// through socket pairs. The loop turns only inside the calls here.
class InProcessServer {
 public:
  // Configuration is what a file would hold, a directive a line, applied in order.
  struct Directive {
    std::string name;
    std::string value;
  };
  InProcessServer(std::initializer_list<Directive> directives = {}, uint64_t seed = 1)
      : config_(settings_) {
    SetLogLevel("warning");
    config_.OnRename([](const Config::Renaming&) { return Ok(); });
    THIMBLE_CHECK(config_.ApplyLine({"save", ""}).ok());  // No test writes where it is run.
    for (const Directive& directive : directives) {
      std::vector<std::string> words{directive.name};
      for (size_t at = 0; at <= directive.value.size();) {
        const size_t end = std::min(directive.value.find(' ', at), directive.value.size());
        words.push_back(directive.value.substr(at, end - at));
        at = end + 1;
      }
      THIMBLE_CHECK(config_.ApplyLine(words).ok());
    }
    server_.emplace(
        config_, settings_,
        World{.clock = clock_, .hash_key = HashKey::FromSeed(seed), .random = Random(seed)});
  }

  Server& operator*() { return *server_; }
  Server* operator->() { return &*server_; }
  Services& services() { return server_->services(); }
  ManualClock& clock() { return clock_; }

  // One turn of the loop, without waiting.
  void Turn() {
    server_->loop().Post([this] { server_->loop().Stop(); });
    server_->loop().Run();
  }

  // What does not hold in any database, if anything.
  std::optional<std::string> CheckInvariants() {
    Databases& databases = services().databases;
    for (int i = 0; i < databases.count(); ++i) {
      if (auto broken = databases[i].CheckInvariants()) return broken;
    }
    return std::nullopt;
  }

 private:
  Settings settings_;
  Config config_;
  ManualClock clock_;
  std::optional<Server> server_;
};

// A request as clients send it.
inline std::string Request(std::initializer_list<std::string_view> args) {
  std::string bytes = "*" + std::to_string(args.size()) + "\r\n";
  for (const std::string_view arg : args) {
    bytes += "$" + std::to_string(arg.size()) + "\r\n";
    bytes.append(arg).append("\r\n");
  }
  return bytes;
}

// The other end of a connection to an InProcessServer.
class InProcessClient {
 public:
  explicit InProcessClient(InProcessServer& server) : server_(server) {
    int ends[2];
    THIMBLE_CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    fd_ = ends[0];
    connection_ = Connection::Adopt(server->loop(), ends[1], *server);
  }
  ~InProcessClient() {
    close(fd_);
    for (int i = 0; i < 3; ++i) server_.Turn();
  }
  InProcessClient(const InProcessClient&) = delete;
  InProcessClient& operator=(const InProcessClient&) = delete;

  // Sends all of `bytes` and returns everything that came back by the time nothing more happens.
  std::string Exchange(std::string_view bytes) {
    std::string got;
    while (!bytes.empty()) {
      const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN) break;
      if (sent > 0) bytes.remove_prefix(static_cast<size_t>(sent));
      server_.Turn();
      Receive(got);
    }
    Settle(got);
    return got;
  }
  // The reply to one request.
  std::string Call(std::initializer_list<std::string_view> args) { return Exchange(Request(args)); }
  // Whatever came without being asked for.
  std::string Pending() { return Exchange({}); }

  bool closed() const { return closed_; }
  int fd() const { return fd_; }
  // The server's side: null once closed.
  Client* state() { return closed_ ? nullptr : static_cast<Client*>(connection_->session()); }

 private:
  bool Receive(std::string& got) {
    char buffer[64 << 10];
    bool any = false;
    while (!closed_) {
      const ssize_t count = recv(fd_, buffer, sizeof buffer, 0);
      if (count == 0 || (count < 0 && errno != EAGAIN)) closed_ = true;
      if (count <= 0) break;
      got.append(buffer, static_cast<size_t>(count));
      any = true;
    }
    return any;
  }

  void Settle(std::string& got) {
    const NetTotals& totals = server_->loop().net_totals();
    for (int quiet = 0; quiet < 3;) {
      const uint64_t before = totals.bytes_in + totals.bytes_out;
      server_.Turn();
      const bool moved = Receive(got) || totals.bytes_in + totals.bytes_out != before;
      quiet = moved ? 0 : quiet + 1;
    }
  }

  InProcessServer& server_;
  Connection* connection_ = nullptr;
  int fd_ = -1;
  bool closed_ = false;
};

}  // namespace thimble::test
