#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "server/net/connection.h"
#include "server/net/listener.h"
#include "server/net/loop.h"

namespace thimble::net_test {

// A handler made of functions; what is not set does nothing, except that open connections are
// counted.
class Script : public ConnectionHandler {
 public:
  std::function<void(Connection&)> on_open;
  std::function<void(Connection&)> on_input;
  std::function<void(Connection&)> on_close;
  std::atomic<int> opened{0};
  std::atomic<int> closed{0};

  void OnOpen(Connection& connection) override {
    ++opened;
    if (on_open) on_open(connection);
  }
  void OnInput(Connection& connection) override {
    if (on_input) on_input(connection);
  }
  void OnClose(Connection& connection) override {
    if (on_close) on_close(connection);
    ++closed;
  }
};

// Answers each line with the same line.
inline void EchoLines(Connection& connection) {
  while (true) {
    const Bytes input = connection.input();
    const size_t end = input.find('\n');
    if (end == Bytes::npos) return;
    connection.output().Append(input.substr(0, end + 1));
    connection.Consume(end + 1);
  }
}

// A loop of its own thread. The handler's functions run there; set them before Start.
class ServerThread {
 public:
  ServerThread() : loop(std::make_unique<Loop>()), listener(std::in_place, *loop, script) {}
  ~ServerThread() { Stop(); }

  void Start() {
    thread_ = std::thread([this] { loop->Run(); });
  }
  // Runs `task` on the loop's thread and waits for it.
  void Call(const std::function<void()>& task) {
    std::promise<void> done;
    loop->Post([&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }
  void Stop() {
    if (!thread_.joinable()) return;
    loop->Post([this] { loop->Stop(); });
    thread_.join();
    listener.reset();
    loop->CloseConnections();
  }

  Script script;
  std::unique_ptr<Loop> loop;
  std::optional<Listener> listener;

 private:
  std::thread thread_;
};

// A blocking client socket. Gives up after ten seconds of silence.
class SocketClient {
 public:
  // To 127.0.0.1, to ::1 and to a unix socket. Not connected if that fails.
  static SocketClient Tcp(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return Connected(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  static SocketClient Tcp6(int port) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(static_cast<uint16_t>(port));
    address.sin6_addr = in6addr_loopback;
    return Connected(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  static SocketClient Unix(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return Connected(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }

  explicit SocketClient(int fd) : fd_(fd) {}
  ~SocketClient() { Close(); }
  SocketClient(SocketClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  SocketClient& operator=(SocketClient&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  int fd() const { return fd_; }
  bool connected() const { return fd_ >= 0; }

  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }

  // Exactly `count` bytes, or fewer if the peer closes.
  std::string Receive(size_t count) {
    std::string bytes(count, '\0');
    size_t got = 0;
    while (got < count) {
      const ssize_t part = recv(fd_, bytes.data() + got, count - got, 0);
      if (part <= 0) break;
      got += static_cast<size_t>(part);
    }
    bytes.resize(got);
    return bytes;
  }

  // Everything until the peer closes.
  std::string ReceiveAll() {
    std::string all;
    while (true) {
      const std::string part = Receive(64 << 10);
      if (part.empty()) return all;
      all += part;
    }
  }

  void ShutdownWrite() { shutdown(fd_, SHUT_WR); }
  void Close() {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
  }
  // Closes so that the peer sees a reset.
  void Reset() {
    const linger now{.l_onoff = 1, .l_linger = 0};
    setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    Close();
  }

 private:
  static SocketClient Connected(const sockaddr* address, socklen_t length) {
    SocketClient client(socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    setsockopt(client.fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(client.fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(client.fd_, address, length) != 0) client.Close();
    return client;
  }

  int fd_ = -1;
};

// A TCP port of 127.0.0.1 that was free just now.
inline int FreePort() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool bound = bind(fd, reinterpret_cast<const sockaddr*>(&address), length) == 0;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
  close(fd);
  return bound ? ntohs(address.sin_port) : 0;
}

// Waits up to ten seconds for `condition`.
inline bool Eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 2000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return condition();
}

}  // namespace thimble::net_test
