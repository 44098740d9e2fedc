#pragma once

#include <string>

#include <netinet/in.h>

namespace thimble {

// One end of a connection, in little memory: of a unix socket only that it is one is kept, its
// path is asked of the kernel when needed.
class SocketAddress {
 public:
  SocketAddress() { storage_.v4 = {}; }
  // The address `fd` is bound to or, for a connected socket, its peer's. Of family AF_UNSPEC, with
  // an empty text, if the kernel has none.
  static SocketAddress OfSocket(int fd);
  static SocketAddress OfPeer(int fd);

  bool is_unix() const { return family() == AF_UNIX; }
  bool is_loopback() const;  // 127.0.0.0/8, also mapped into IPv6, and ::1.
  int port() const;          // 0 for unix sockets.
  // "127.0.0.1:6379", "[::1]:6379", "/path:0".
  std::string ToString() const;

 private:
  using Query = int (*)(int, sockaddr*, socklen_t*);
  static SocketAddress Ask(Query query, int fd);
  int family() const { return storage_.v4.sin_family; }

  union {
    sockaddr_in v4;
    sockaddr_in6 v6;
  } storage_;
  std::string path_;
};

}  // namespace thimble
