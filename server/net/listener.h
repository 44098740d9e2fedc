#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace thimble {

class ConnectionHandler;
class Loop;

// The sockets on which clients arrive. Every accepted one becomes a Connection of the loop that
// reports to the handler.
//
// Addresses   IPv4, IPv6 or a host name; "*" and "::*" mean every address of their family, and
//             IPv6 sockets never take IPv4 clients. With a leading '-' an address that this
//             machine does not have is passed over; a family the kernel lacks always is.
// Fairness    At most kMaxAcceptsPerTurn are accepted per socket and turn of the loop.
class Listener {
 public:
  static constexpr int kMaxAcceptsPerTurn = 32;

  // Receives a line about each address that could not be had, such as "Could not create server TCP
  // listening socket 127.0.0.1:6379: bind: Address already in use".
  using Warn = std::function<void(const std::string& line)>;

  Listener(Loop& loop, ConnectionHandler& handler);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Listens on every address, besides what is already listened on. Port 0: does nothing. False,
  // having opened nothing, if one fails that may not be passed over.
  bool ListenTcp(const std::vector<std::string>& addresses, int port, int backlog,
                 const Warn& warn);
  // Listens on a unix socket, replacing a socket file left behind at `path`. `permissions` as for
  // chmod; 0 leaves what the umask gives. Returns what went wrong, such as "bind: No such file or
  // directory"; a path longer than the kernel takes (107 bytes) is an error.
  std::optional<std::string> ListenUnix(const std::string& path, unsigned permissions, int backlog);
  // Stops listening at once and removes the unix sockets' files. Clients stay.
  void Close();

  // Seconds of silence before TCP clients that connect from now on are probed; 0: never.
  void set_keep_alive_s(int seconds) { keep_alive_s_ = seconds; }
  size_t sockets() const { return sockets_.size(); }

 private:
  struct Socket;

  void Add(int fd, std::string unix_path);
  void AcceptSome(Socket& socket);
  void CloseFrom(size_t first);

  Loop& loop_;
  ConnectionHandler& handler_;
  int keep_alive_s_ = 300;
  std::vector<Socket*> sockets_;  // Each outlives its entry until the loop has closed it.
};

}  // namespace thimble
