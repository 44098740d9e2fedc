#include "server/net/socket_address.h"

#include <cstddef>
#include <cstring>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace thimble {

SocketAddress SocketAddress::Ask(Query query, int fd) {
  SocketAddress address;
  sockaddr_storage raw{};
  socklen_t length = sizeof raw;
  if (query(fd, reinterpret_cast<sockaddr*>(&raw), &length) != 0) return address;
  if (raw.ss_family == AF_UNIX) {
    const auto& local = reinterpret_cast<const sockaddr_un&>(raw);
    address.storage_.v4.sin_family = AF_UNIX;
    if (length > offsetof(sockaddr_un, sun_path))
      address.path_.assign(local.sun_path,
                           strnlen(local.sun_path, length - offsetof(sockaddr_un, sun_path)));
  } else if (raw.ss_family == AF_INET6) {
    std::memcpy(&address.storage_.v6, &raw, sizeof address.storage_.v6);
  } else if (raw.ss_family == AF_INET) {
    std::memcpy(&address.storage_.v4, &raw, sizeof address.storage_.v4);
  }
  return address;
}

SocketAddress SocketAddress::OfSocket(int fd) {
  return Ask(&getsockname, fd);
}

SocketAddress SocketAddress::OfPeer(int fd) {
  return Ask(&getpeername, fd);
}

bool SocketAddress::is_loopback() const {
  if (family() == AF_INET) return ntohl(storage_.v4.sin_addr.s_addr) >> 24U == 127;
  if (family() != AF_INET6) return false;
  const in6_addr& bytes = storage_.v6.sin6_addr;
  return IN6_IS_ADDR_LOOPBACK(&bytes) || (IN6_IS_ADDR_V4MAPPED(&bytes) && bytes.s6_addr[12] == 127);
}

int SocketAddress::port() const {
  if (family() == AF_INET) return ntohs(storage_.v4.sin_port);
  if (family() == AF_INET6) return ntohs(storage_.v6.sin6_port);
  return 0;
}

std::string SocketAddress::ToString() const {
  char text[INET6_ADDRSTRLEN] = "";
  switch (family()) {
    case AF_UNIX:
      return path_ + ":0";
    case AF_INET:
      inet_ntop(AF_INET, &storage_.v4.sin_addr, text, sizeof text);
      return text + (':' + std::to_string(port()));
    case AF_INET6:
      inet_ntop(AF_INET6, &storage_.v6.sin6_addr, text, sizeof text);
      return '[' + std::string(text) + "]:" + std::to_string(port());
    default:
      return "";
  }
}

}  // namespace thimble
