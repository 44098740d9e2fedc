#pragma once

#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

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

// A blocking client socket.
class Client {
 public:
  static Client Tcp(int port);   // To 127.0.0.1.
  static Client Tcp6(int port);  // To ::1.
  static Client Unix(const std::string& path);
  explicit Client(int fd) : fd_(fd) {}
  ~Client() { Close(); }
  Client(Client&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Client& operator=(Client&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  int fd() const { return fd_; }
  bool connected() const { return fd_ >= 0; }
  bool Send(std::string_view bytes);
  // Exactly `count` bytes, or less if the peer closes or nothing comes for ten seconds.
  std::string Receive(size_t count);
  // Everything until the peer closes; `reset` tells whether it did so rudely.
  std::string ReceiveAll(bool* reset = nullptr);
  void ShutdownWrite() { shutdown(fd_, SHUT_WR); }
  void Close();
  // Closes so that the peer sees a reset.
  void Reset();

 private:
  int fd_ = -1;
};

// A TCP port of 127.0.0.1 that is free now.
int FreePort();
// Waits up to ten seconds for `condition`.
bool Eventually(const std::function<bool()>& condition);

}  // namespace thimble::net_test
