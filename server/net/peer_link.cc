#include "server/net/peer_link.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "storage/common/clock.h"

namespace thimble {
namespace {

constexpr size_t kMostLinks = 64;
constexpr int64_t kKeptMs = 10'000;
// No status line and no error is longer.
constexpr size_t kLongestLine = size_t{64} << 10U;

}  // namespace

std::unique_ptr<PeerLink> PeerLink::Connect(const std::string& host, const std::string& port,
                                            int64_t timeout_ms, bool* refused) {
  *refused = false;
  const int64_t end_ms = Clock::System().MonotonicMs() + timeout_ms;
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return nullptr;
  std::unique_ptr<PeerLink> link;
  for (const addrinfo* at = found; at != nullptr && link == nullptr; at = at->ai_next) {
    const int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) continue;
    link.reset(new PeerLink(fd));
    const int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, at->ai_addr, at->ai_addrlen) == 0) continue;
    int error = errno;
    socklen_t length = sizeof error;
    const bool settled = error == EINPROGRESS && link->WaitFor(POLLOUT, end_ms) &&
                         getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0;
    *refused = error != 0 && error != EINPROGRESS;
    if (!settled || error != 0) link.reset();
  }
  freeaddrinfo(found);
  return link;
}

PeerLink::~PeerLink() {
  close(socket_);
}

bool PeerLink::WaitFor(int16_t events, int64_t end_ms) {
  while (true) {
    pollfd wanted{.fd = socket_, .events = events, .revents = 0};
    const int64_t left_ms = std::max<int64_t>(end_ms - Clock::System().MonotonicMs(), 0);
    const int ready = poll(&wanted, 1, static_cast<int>(std::min<int64_t>(left_ms, 3'600'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (ready == 0 && Clock::System().MonotonicMs() >= end_ms) {
      timed_out_ = true;
      return false;
    }
  }
}

bool PeerLink::Send(Bytes bytes, int64_t timeout_ms) {
  timed_out_ = false;
  const int64_t end_ms = Clock::System().MonotonicMs() + timeout_ms;
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<size_t>(sent));
    } else if (errno == EAGAIN) {
      if (!WaitFor(POLLOUT, end_ms)) return false;
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

std::optional<std::string> PeerLink::ReadLine(int64_t timeout_ms) {
  timed_out_ = false;
  const int64_t end_ms = Clock::System().MonotonicMs() + timeout_ms;
  while (true) {
    if (const size_t end = input_.find("\r\n"); end != std::string::npos) {
      std::string line = input_.substr(0, end);
      input_.erase(0, end + 2);
      return line;
    }
    if (input_.size() > kLongestLine) return std::nullopt;
    char buffer[4096];
    const ssize_t count = recv(socket_, buffer, sizeof buffer, 0);
    if (count > 0) {
      input_.append(buffer, static_cast<size_t>(count));
    } else if (count < 0 && errno == EAGAIN) {
      if (!WaitFor(POLLIN, end_ms)) return std::nullopt;
    } else if (count == 0 || errno != EINTR) {
      return std::nullopt;
    }
  }
}

PeerLinks::PeerLinks() = default;
PeerLinks::~PeerLinks() = default;

std::unique_ptr<PeerLink> PeerLinks::Take(const std::string& host, const std::string& port) {
  auto node = links_.extract(host + ":" + port);
  return node.empty() ? nullptr : std::move(node.mapped().link);
}

void PeerLinks::Put(const std::string& host, const std::string& port,
                    std::unique_ptr<PeerLink> link) {
  if (links_.size() >= kMostLinks) links_.erase(links_.begin());
  links_[host + ":" + port] = {std::move(link), Clock::System().MonotonicMs()};
}

void PeerLinks::CloseIdle() {
  const int64_t latest_ms = Clock::System().MonotonicMs() - kKeptMs;
  std::erase_if(links_, [&](const auto& entry) { return entry.second.since_ms < latest_ms; });
}

}  // namespace thimble
