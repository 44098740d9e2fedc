// The least a server can do: reads RESP framing, executes nothing, answers every command alike.
//
//   echo_floor PORT REPLY
//
// REPLY is `ok`, `int`, `bulk:N` (a string of N bytes), `array:COUNT:N` (COUNT such strings) or
// `fan:N`: N bytes for every connection that has sent a line of its own (`SUBSCRIBE news`), written
// once for all commands that were ready together.
// What this server spends per command is the kernel's share, which no server of this framing
// avoids; what another spends beyond it is its own. One read and one write per ready connection.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace thimble::bench {
namespace {

// Finds where commands end, trusting its client completely.
class Framing {
 public:
  // Takes received bytes; returns how many commands they completed.
  size_t Feed(std::string_view data) {
    size_t commands = 0;
    while (!data.empty()) {
      if (skip_bytes_ > 0) {
        const size_t skipped = skip_bytes_ < data.size() ? skip_bytes_ : data.size();
        data.remove_prefix(skipped);
        skip_bytes_ -= skipped;
        if (skip_bytes_ == 0 && --arguments_ == 0) ++commands;
        continue;
      }
      const char byte = data[0];
      data.remove_prefix(1);
      if (byte >= '0' && byte <= '9') {
        number_ = number_ * 10 + static_cast<size_t>(byte - '0');
      } else if (byte == '\n') {
        TakeLine();
      } else if (byte == '*' || byte == '$') {
        kind_ = byte;
        number_ = 0;
      }
    }
    return commands;
  }

 private:
  void TakeLine() {
    if (kind_ == '*') {
      arguments_ = number_;
    } else {
      skip_bytes_ = number_ + 2;
    }
    number_ = 0;
  }

  char kind_ = 0;
  size_t number_ = 0;
  size_t arguments_ = 0;
  size_t skip_bytes_ = 0;
};

std::string Bulk(size_t size) {
  return "$" + std::to_string(size) + "\r\n" + std::string(size, 'v') + "\r\n";
}

// How many bytes go to each listener for a command; 0: none.
size_t FanBytes(const std::string& kind) {
  size_t size = 0;
  return std::sscanf(kind.c_str(), "fan:%zu", &size) == 1 ? size : 0;
}

std::string ReplyFor(const std::string& kind) {
  size_t count = 0;
  size_t size = 0;
  if (std::sscanf(kind.c_str(), "array:%zu:%zu", &count, &size) == 2) {
    std::string reply = "*" + std::to_string(count) + "\r\n";
    for (size_t i = 0; i < count; ++i) reply += Bulk(size);
    return reply;
  }
  if (std::sscanf(kind.c_str(), "bulk:%zu", &size) == 1) return Bulk(size);
  return kind == "int" ? ":1\r\n" : "+OK\r\n";
}

int Listen(uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 ||
      listen(fd, 511) != 0) {
    std::perror("echo_floor");
    std::exit(1);
  }
  return fd;
}

void WriteAll(int fd, std::string_view left) {
  while (!left.empty()) {
    const ssize_t sent = send(fd, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    left.remove_prefix(static_cast<size_t>(sent));
  }
}

void Watch(int epoll, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

[[noreturn]] void Serve(int listener, const std::string& reply, size_t fan_bytes) {
  const int epoll = epoll_create1(0);
  Watch(epoll, listener);
  std::unordered_map<int, Framing> clients;
  std::string received(16 * 1024, '\0');
  std::string out;
  std::vector<int> listeners;
  epoll_event events[128];
  for (;;) {
    const int ready = epoll_wait(epoll, events, 128, -1);
    size_t told = 0;
    for (int i = 0; i < ready; ++i) {
      const int fd = events[i].data.fd;
      if (fd == listener) {
        const int client = accept(listener, nullptr, nullptr);
        const int on = 1;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        clients[client] = {};
        Watch(epoll, client);
        continue;
      }
      const ssize_t got = read(fd, received.data(), received.size());
      if (got <= 0) {
        close(fd);
        clients.erase(fd);
        std::erase(listeners, fd);
        continue;
      }
      const std::string_view data(received.data(), static_cast<size_t>(got));
      if (data[0] == 'S') {
        listeners.push_back(fd);
        WriteAll(fd, reply);
        continue;
      }
      out.clear();
      const size_t commands = clients[fd].Feed(data);
      for (size_t n = commands; n > 0; --n) out += reply;
      WriteAll(fd, out);
      told += commands;
    }
    if (fan_bytes == 0 || told == 0) continue;
    out.assign(told * fan_bytes, 'v');
    for (const int fd : listeners) WriteAll(fd, out);
  }
}

}  // namespace
}  // namespace thimble::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: echo_floor PORT ok|int|bulk:N|array:COUNT:N|fan:N\n");
    return 2;
  }
  const int listener = thimble::bench::Listen(static_cast<uint16_t>(std::atoi(argv[1])));
  thimble::bench::Serve(listener, thimble::bench::ReplyFor(argv[2]),
                        thimble::bench::FanBytes(argv[2]));
}
