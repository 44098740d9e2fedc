#include "server/net/listener.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

#include "server/net/connection.h"
#include "server/net/loop_internals.h"
#include "server/net/timer.h"
#include "storage/common/check.h"

namespace thimble {
namespace {

// How long accepting rests when the process is out of descriptors: the socket stays readable, so
// the loop would otherwise turn without pause.
constexpr uint64_t kAcceptPauseMs = 100;

// What a failed step of opening a socket says, and the errno behind it.
struct Failure {
  std::string text;
  int code = 0;
};

Failure Failed(const char* step) {
  const int code = errno;
  return {std::string(step) + ": " + std::strerror(code), code};
}

bool FamilyIsMissing(int code) {
  return code == ENOPROTOOPT || code == EPROTONOSUPPORT || code == ESOCKTNOSUPPORT ||
         code == EPFNOSUPPORT || code == EAFNOSUPPORT;
}

// Makes one socket listen. Returns its descriptor, or -1 with `failure` filled in.
int OpenSocket(const sockaddr* address, socklen_t length, int backlog, Failure& failure) {
  const int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    failure = Failed("socket");
    return -1;
  }
  const int on = 1;
  if (address->sa_family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (address->sa_family != AF_UNIX) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, address, length) != 0) {
    failure = Failed("bind");
  } else if (listen(fd, backlog) != 0) {
    failure = Failed("listen");
  } else {
    return fd;
  }
  close(fd);
  return -1;
}

int OpenTcp(const std::string& host, int port, int backlog, Failure& failure) {
  const bool v6 = host.find(':') != std::string::npos;
  addrinfo hints{};
  hints.ai_family = v6 ? AF_INET6 : AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  const bool any = host == "*" || host == "::*";
  addrinfo* found = nullptr;
  const int status =
      getaddrinfo(any ? nullptr : host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (status != 0) {
    failure = {gai_strerror(status), 0};
    return -1;
  }
  const int fd = OpenSocket(found->ai_addr, found->ai_addrlen, backlog, failure);
  freeaddrinfo(found);
  return fd;
}

// As Redis: probe after `seconds` of silence, then every third of that, and give up after three.
void KeepAlive(int fd, int seconds) {
  const int on = 1;
  const int interval = std::max(1, seconds / 3);
  const int count = 3;
  setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
}

}  // namespace

// A listening descriptor. Its poll handle, and with it this, ends only when the loop has closed it.
struct Listener::Socket {
  uv_poll_t poll{};
  Listener* owner = nullptr;
  int fd = -1;
  std::string unix_path;
  std::unique_ptr<Timer> pause;

  void Watch() {
    uv_poll_start(&poll, UV_READABLE, [](uv_poll_t* handle, int /*status*/, int /*events*/) {
      Loop::Internals::Of(handle->loop).Enter();
      auto& socket = *static_cast<Socket*>(handle->data);
      socket.owner->AcceptSome(socket);
    });
  }
};

Listener::Listener(Loop& loop, ConnectionHandler& handler) : loop_(loop), handler_(handler) {}

Listener::~Listener() {
  Close();
}

bool Listener::ListenTcp(const std::vector<std::string>& addresses, int port, int backlog,
                         const Warn& warn) {
  if (port == 0) return true;
  const size_t before = sockets_.size();
  for (const std::string& address : addresses) {
    const bool optional = address.starts_with('-');
    const std::string host = address.substr(optional ? 1 : 0);
    Failure failure;
    const int fd = OpenTcp(host, port, backlog, failure);
    if (fd >= 0) {
      Add(fd, "");
      continue;
    }
    warn("Could not create server TCP listening socket " + host + ":" + std::to_string(port) +
         ": " + failure.text);
    if (FamilyIsMissing(failure.code) || (optional && failure.code == EADDRNOTAVAIL)) continue;
    CloseFrom(before);
    return false;
  }
  return true;
}

std::optional<std::string> Listener::ListenUnix(const std::string& path, unsigned permissions,
                                                int backlog) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return "bind: the path is longer than " + std::to_string(sizeof address.sun_path - 1) +
           " bytes";
  path.copy(address.sun_path, path.size());

  struct stat left_behind {};
  if (lstat(path.c_str(), &left_behind) == 0 && S_ISSOCK(left_behind.st_mode)) unlink(path.c_str());
  Failure failure;
  const int fd =
      OpenSocket(reinterpret_cast<const sockaddr*>(&address), sizeof address, backlog, failure);
  if (fd < 0) return failure.text;
  if (permissions != 0 && chmod(path.c_str(), permissions) != 0) {
    failure = Failed("chmod");
    close(fd);
    unlink(path.c_str());
    return failure.text;
  }
  Add(fd, path);
  return std::nullopt;
}

void Listener::Add(int fd, std::string unix_path) {
  auto* const socket = new Socket;
  socket->owner = this;
  socket->fd = fd;
  socket->unix_path = std::move(unix_path);
  THIMBLE_CHECK(uv_poll_init(&loop_.internals().loop, &socket->poll, fd) == 0);
  socket->poll.data = socket;
  socket->Watch();
  sockets_.push_back(socket);
}

void Listener::AcceptSome(Socket& socket) {
  for (int i = 0; i < kMaxAcceptsPerTurn; ++i) {
    const int fd = accept4(socket.fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      if (keep_alive_s_ > 0 && socket.unix_path.empty()) KeepAlive(fd, keep_alive_s_);
      Connection::Adopt(loop_, fd, handler_);
      continue;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
      uv_poll_stop(&socket.poll);
      socket.pause = std::make_unique<Timer>(loop_, [&socket] { socket.Watch(); });
      socket.pause->Start(kAcceptPauseMs);
      return;
    }
    if (errno != EINTR && errno != ECONNABORTED) return;
  }
}

void Listener::Close() {
  CloseFrom(0);
}

void Listener::CloseFrom(size_t first) {
  for (size_t i = first; i < sockets_.size(); ++i) {
    Socket* const socket = sockets_[i];
    socket->pause.reset();
    uv_close(reinterpret_cast<uv_handle_t*>(&socket->poll),
             [](uv_handle_t* handle) { delete static_cast<Socket*>(handle->data); });
    close(socket->fd);
    if (!socket->unix_path.empty()) unlink(socket->unix_path.c_str());
  }
  sockets_.resize(first);
}

}  // namespace thimble
