#include "server/net/listener.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "server/net/descriptor_limit.h"
#include "tests/server/net/echo_server.h"

namespace thimble {
namespace {

using net_test::FreePort;
using net_test::ServerThread;
using net_test::SocketClient;

class ListenerTest : public testing::Test {
 protected:
  void SetUp() override {
    server_.script.on_input = net_test::EchoLines;
    port_ = FreePort();
    char name[] = "/tmp/thimble-net-XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    server_.Stop();
    std::remove((folder_ + "/s").c_str());
    std::remove(folder_.c_str());
  }
  bool Listen(const std::vector<std::string>& addresses) {
    return server_.listener->ListenTcp(addresses, port_, 511,
                                       [this](const auto& line) { warnings_.push_back(line); });
  }
  static std::string Echo(SocketClient client) {
    if (!client.connected() || !client.Send("hello\n")) return "not connected";
    return client.Receive(6);
  }

  ServerThread server_;
  std::vector<std::string> warnings_;
  std::string folder_;
  int port_ = 0;
};

bool HasIpv6() {
  const int fd = socket(AF_INET6, SOCK_STREAM, 0);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  const bool has =
      fd >= 0 && bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return has;
}

TEST_F(ListenerTest, SeveralAddresses) {
  ASSERT_TRUE(Listen({"127.0.0.1", "-::1"}));
  server_.Start();
  EXPECT_EQ(Echo(SocketClient::Tcp(port_)), "hello\n");
  if (!HasIpv6()) return;
  EXPECT_EQ(Echo(SocketClient::Tcp6(port_)), "hello\n");
}

TEST_F(ListenerTest, EveryAddressOfBothFamilies) {
  ASSERT_TRUE(Listen({"*", "-::*"}));
  EXPECT_EQ(server_.listener->sockets(), HasIpv6() ? 2U : 1U);
  server_.Start();
  EXPECT_EQ(Echo(SocketClient::Tcp(port_)), "hello\n");
  if (!HasIpv6()) return;
  EXPECT_EQ(Echo(SocketClient::Tcp6(port_)), "hello\n");
}

TEST_F(ListenerTest, PortZeroMeansNoTcp) {
  port_ = 0;
  EXPECT_TRUE(Listen({"127.0.0.1"}));
  EXPECT_EQ(server_.listener->sockets(), 0U);
}

TEST_F(ListenerTest, BusyPortIsAnErrorAndLeavesNothingOpen) {
  ServerThread other;
  ASSERT_TRUE(other.listener->ListenTcp({"127.0.0.2"}, port_, 511, [](const auto&) {}));
  EXPECT_FALSE(Listen({"127.0.0.1", "127.0.0.2"}));
  EXPECT_EQ(warnings_,
            std::vector<std::string>{"Could not create server TCP listening socket 127.0.0.2:" +
                                     std::to_string(port_) + ": bind: Address already in use"});
  EXPECT_EQ(server_.listener->sockets(), 0U);
  EXPECT_TRUE(Listen({"127.0.0.1"}));
}

TEST_F(ListenerTest, OnlyAnOptionalAddressMayBeAbsent) {
  EXPECT_FALSE(Listen({"127.0.0.1", "192.0.2.1"}));
  ASSERT_TRUE(Listen({"127.0.0.1", "-192.0.2.1"}));
  EXPECT_EQ(server_.listener->sockets(), 1U);
  EXPECT_EQ(warnings_.size(), 2U);
  EXPECT_TRUE(warnings_[0].ends_with("bind: Cannot assign requested address")) << warnings_[0];
}

TEST_F(ListenerTest, HostNameThatDoesNotExist) {
  EXPECT_FALSE(Listen({"no such host"}));
  EXPECT_EQ(warnings_.size(), 1U);
}

TEST_F(ListenerTest, ClosedListenerFreesItsPortAndKeepsItsClients) {
  ASSERT_TRUE(Listen({"127.0.0.1"}));
  server_.Start();
  SocketClient client = SocketClient::Tcp(port_);
  ASSERT_TRUE(client.Send("a\n"));
  ASSERT_EQ(client.Receive(2), "a\n");
  server_.Call([&] { server_.listener->Close(); });
  EXPECT_FALSE(SocketClient::Tcp(port_).connected());
  ASSERT_TRUE(client.Send("b\n"));
  EXPECT_EQ(client.Receive(2), "b\n");
  server_.Call([&] { EXPECT_TRUE(Listen({"127.0.0.1"})); });
  EXPECT_EQ(Echo(SocketClient::Tcp(port_)), "hello\n");
}

TEST_F(ListenerTest, UnixSocket) {
  const std::string path = folder_ + "/s";
  std::string peer;
  std::string local;
  std::atomic<bool> is_local = false;
  server_.script.on_open = [&](Connection& connection) {
    peer = connection.PeerAddress();
    local = connection.LocalAddress();
    is_local = connection.is_unix() && connection.peer_is_loopback();
  };
  ASSERT_EQ(server_.listener->ListenUnix(path, 0700, 511), std::nullopt);
  struct stat file {};
  ASSERT_EQ(stat(path.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0700U);
  server_.Start();
  EXPECT_EQ(Echo(SocketClient::Unix(path)), "hello\n");
  EXPECT_TRUE(is_local);
  EXPECT_EQ(peer, path + ":0");
  EXPECT_EQ(local, path + ":0");
  server_.Stop();
  EXPECT_NE(stat(path.c_str(), &file), 0) << "the file is removed";
}

TEST_F(ListenerTest, UnixSocketLeftBehindIsReplaced) {
  const std::string path = folder_ + "/s";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, path.size());
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  close(fd);
  EXPECT_EQ(server_.listener->ListenUnix(path, 0, 511), std::nullopt);
}

TEST_F(ListenerTest, AFileThatIsNoSocketIsLeftAlone) {
  const std::string path = folder_ + "/s";
  std::FILE* const file = std::fopen(path.c_str(), "w");
  ASSERT_NE(file, nullptr);
  std::fclose(file);
  EXPECT_EQ(server_.listener->ListenUnix(path, 0, 511), "bind: Address already in use");
  EXPECT_EQ(access(path.c_str(), F_OK), 0);
}

TEST_F(ListenerTest, UnixPathIsNeverCut) {
  const std::string too_long(108, 'p');
  EXPECT_EQ(server_.listener->ListenUnix(too_long, 0, 511),
            "bind: the path is longer than 107 bytes");
  EXPECT_EQ(server_.listener->ListenUnix(folder_ + "/no/s", 0, 511),
            "bind: No such file or directory");
}

// Out of descriptors: who cannot be accepted waits, nobody is dropped, and the loop rests.
TEST_F(ListenerTest, OutOfDescriptorsIsAPauseNotAnEnd) {
  ASSERT_TRUE(Listen({"127.0.0.1"}));
  server_.Start();
  SocketClient first = SocketClient::Tcp(port_);
  ASSERT_TRUE(first.Send("a\n"));
  ASSERT_EQ(first.Receive(2), "a\n");
  SocketClient second(socket(AF_INET, SOCK_STREAM, 0));

  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{.rlim_cur = static_cast<rlim_t>(second.fd()) + 1, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(connect(second.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_TRUE(second.Send("b\n"));
  ASSERT_TRUE(first.Send("still here\n"));
  EXPECT_EQ(first.Receive(11), "still here\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  EXPECT_EQ(server_.script.opened, 1);
  server_.Call([&] { EXPECT_LT(server_.loop->turn_totals().turns, 100U) << "it spins"; });

  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(second.Receive(2), "b\n");
}

TEST(DescriptorLimitTest, NeverLowers) {
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(RaiseDescriptorLimit(1), before.rlim_cur);
  const size_t got = RaiseDescriptorLimit(before.rlim_max);
  EXPECT_EQ(got, before.rlim_max);
  rlimit now{};
  getrlimit(RLIMIT_NOFILE, &now);
  EXPECT_EQ(now.rlim_cur, got);
  setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace thimble
