#include "server/net/connection.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <netinet/tcp.h>

#include "server/net/timer.h"
#include "tests/server/net/echo_server.h"

namespace thimble {
namespace {

using net_test::Eventually;
using net_test::FreePort;
using net_test::ServerThread;
using net_test::SocketClient;

class ConnectionTest : public testing::Test {
 protected:
  void SetUp() override {
    server_.script.on_input = net_test::EchoLines;
    port_ = FreePort();
  }
  void Start() {
    ASSERT_TRUE(server_.listener->ListenTcp({"127.0.0.1"}, port_, 511, [](const auto&) {}));
    server_.Start();
  }
  SocketClient Connect() const { return SocketClient::Tcp(port_); }

  ServerThread server_;
  int port_ = 0;
};

TEST_F(ConnectionTest, EchoesWholeAndPartialLines) {
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send("one\ntwo\nthr"));
  EXPECT_EQ(client.Receive(8), "one\ntwo\n");
  ASSERT_TRUE(client.Send("ee"));
  ASSERT_TRUE(client.Send("\n"));
  EXPECT_EQ(client.Receive(6), "three\n");
}

TEST_F(ConnectionTest, KeepsPartialInputOfEverySize) {
  Start();
  SocketClient client = Connect();
  for (const size_t size : {1U, 1000U, 32'767U, 32'768U, 32'769U, 65'536U, 100'000U, 3'000'000U}) {
    const std::string line(size, 'x');
    ASSERT_TRUE(client.Send(line));
    ASSERT_TRUE(client.Send("\nnext\n"));
    ASSERT_EQ(client.Receive(size + 6), line + "\nnext\n") << size;
  }
}

// An idle connection holds no input memory, one with a partial request just its bytes.
TEST_F(ConnectionTest, InputMemoryFollowsWhatWaits) {
  std::atomic<Connection*> opened = nullptr;
  server_.script.on_open = [&](Connection& connection) { opened = &connection; };
  Start();
  SocketClient client = Connect();
  size_t waiting = 0;
  size_t memory = 0;
  const auto look = [&] {
    server_.Call([&] {
      waiting = opened.load()->input_bytes();
      memory = opened.load()->InputMemoryBytes();
    });
  };
  ASSERT_TRUE(client.Send("line\npart"));
  ASSERT_EQ(client.Receive(5), "line\n");
  look();
  EXPECT_EQ(waiting, 4U);
  EXPECT_EQ(memory, 4U);
  ASSERT_TRUE(client.Send("\n"));
  ASSERT_EQ(client.Receive(5), "part\n");
  look();
  EXPECT_EQ(waiting, 0U);
  EXPECT_EQ(memory, 0U);
}

// A bulk of known size is read into one buffer of that size.
TEST_F(ConnectionTest, ReadsALargeBulkInPlace) {
  constexpr size_t kBytes = 20 << 20;
  std::atomic<size_t> most_memory{0};
  server_.script.on_input = [&](Connection& connection) {
    most_memory = std::max(most_memory.load(), connection.InputMemoryBytes());
    if (connection.input().size() < kBytes) return connection.ExpectInput(kBytes);
    connection.output().Append(connection.input().substr(kBytes - 5, 5));
    connection.Consume(kBytes);
  };
  Start();
  SocketClient client = Connect();
  std::string bytes(kBytes, 'b');
  bytes.replace(kBytes - 5, 5, "whole");
  ASSERT_TRUE(client.Send(bytes));
  EXPECT_EQ(client.Receive(5), "whole");
  EXPECT_EQ(most_memory, kBytes);
}

// Clients send whole pipelines before they read. Nothing may stop the server from reading on.
TEST_F(ConnectionTest, ReadsOnWhileOutputWaits) {
  std::atomic<Connection*> opened = nullptr;
  server_.script.on_open = [&](Connection& connection) { opened = &connection; };
  Start();
  SocketClient client = Connect();
  const std::string line = std::string(999, 'p') + "\n";
  std::string batch;
  for (int i = 0; i < 1000; ++i) batch += line;
  constexpr int kBatches = 50;
  for (int i = 0; i < kBatches; ++i) ASSERT_TRUE(client.Send(batch)) << i;

  size_t backlog = 0;
  EXPECT_TRUE(Eventually([&] {
    server_.Call([&] { backlog = opened.load()->output().size(); });
    return backlog > 30'000'000;
  })) << backlog;
  for (int i = 0; i < kBatches; ++i) ASSERT_EQ(client.Receive(batch.size()), batch) << i;
  ASSERT_TRUE(client.Send("end\n"));
  EXPECT_EQ(client.Receive(4), "end\n");
  server_.Call([&] {
    EXPECT_EQ(opened.load()->output().MemoryBytes(), 0U);
    EXPECT_EQ(opened.load()->total_bytes_in(), batch.size() * kBatches + 4);
    EXPECT_EQ(opened.load()->total_bytes_out(), batch.size() * kBatches + 4);
    EXPECT_EQ(server_.loop->net_totals().bytes_out, batch.size() * kBatches + 4);
  });
}

// One who floods the server does not keep others waiting: each turn reads a bounded share.
TEST_F(ConnectionTest, ReadsABoundedShareEachTurn) {
  std::atomic<size_t> most_read{0};
  std::atomic<uint64_t> total{0};
  uint64_t turn = 0;
  size_t in_turn = 0;
  server_.script.on_input = [&](Connection& connection) {
    const uint64_t now = server_.loop->turn_totals().turns;
    if (now != std::exchange(turn, now)) in_turn = 0;
    in_turn += connection.input_bytes();
    most_read = std::max(most_read.load(), in_turn);
    total += connection.input_bytes();
    connection.Consume(connection.input_bytes());
  };
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send(std::string(20 << 20, 'f')));
  EXPECT_TRUE(Eventually([&] { return total == 20U << 20U; }));
  EXPECT_LE(most_read, 128U << 10U);
}

TEST_F(ConnectionTest, HalfClosedPeerGetsItsReplies) {
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send("PING\r\n"));
  client.ShutdownWrite();
  EXPECT_EQ(client.ReceiveAll(), "PING\r\n");
  EXPECT_TRUE(Eventually([&] { return server_.script.closed == 1; }));
}

TEST_F(ConnectionTest, HalfClosedPeerGetsALargeBacklog) {
  server_.script.on_input = [](Connection& connection) {
    connection.output().Append(std::string(30 << 20, 'r'));
    connection.Consume(connection.input_bytes());
  };
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send("give"));
  client.ShutdownWrite();
  EXPECT_EQ(client.ReceiveAll().size(), 30U << 20U);
}

// A handler may take its input in slices; the end of input waits for the last one.
TEST_F(ConnectionTest, ResumedInputIsFinishedBeforeTheEndCounts) {
  server_.script.on_input = [](Connection& connection) {
    if (connection.input_bytes() == 0) return;
    connection.output().Append(connection.input().substr(0, 1));
    connection.Consume(1);
    if (connection.input_bytes() > 0) connection.ResumeInput();
  };
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send("0123456789"));
  client.ShutdownWrite();
  EXPECT_EQ(client.ReceiveAll(), "0123456789");
}

TEST_F(ConnectionTest, ResumeInputDeliversWhatWaited) {
  std::atomic<Connection*> opened = nullptr;
  std::atomic<bool> paused = true;
  server_.script.on_open = [&](Connection& connection) { opened = &connection; };
  server_.script.on_input = [&](Connection& connection) {
    if (!paused) net_test::EchoLines(connection);
  };
  Start();
  SocketClient client = Connect();
  std::string sent;
  for (int i = 0; i < 20'000; ++i) sent += "line " + std::to_string(i) + "\n";
  ASSERT_TRUE(client.Send(sent));
  // The kernel takes all of that before the server has accepted anyone.
  ASSERT_TRUE(Eventually([&] { return opened.load() != nullptr; }));
  size_t waiting = 0;
  EXPECT_TRUE(Eventually([&] {
    server_.Call([&] { waiting = opened.load()->input_bytes(); });
    return waiting == sent.size();
  })) << waiting;
  paused = false;
  server_.Call([&] { opened.load()->ResumeInput(); });
  EXPECT_EQ(client.Receive(sent.size()), sent);
}

TEST_F(ConnectionTest, CloseAfterFlushSendsEverythingFirst) {
  server_.script.on_input = [](Connection& connection) {
    connection.output().Append(std::string(10 << 20, 'e'));
    connection.output().Append("bye");
    connection.CloseAfterFlush();
    EXPECT_TRUE(connection.closing());
  };
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send("quit and more that is never looked at"));
  const std::string all = client.ReceiveAll();
  EXPECT_EQ(all.size(), (10U << 20U) + 3);
  EXPECT_TRUE(all.ends_with("bye"));
}

// The peer must be able to read the last reply even if it sent more than the server looked at.
TEST_F(ConnectionTest, LastReplySurvivesUnreadInput) {
  server_.script.on_input = [](Connection& connection) {
    connection.output().Append("-ERR enough\r\n");
    connection.CloseAfterFlush();
  };
  Start();
  for (int i = 0; i < 20; ++i) {
    SocketClient client = Connect();
    client.Send(std::string(200'000, 'x'));
    EXPECT_EQ(client.Receive(13), "-ERR enough\r\n");
  }
}

TEST_F(ConnectionTest, CloseDropsOutputAndTellsTheHandlerOnce) {
  server_.script.on_input = [](Connection& connection) {
    connection.output().Append("never sent");
    connection.Close();
    connection.Close();
    connection.Flush();
    connection.FlushSoon();
    connection.CloseAfterFlush();
    EXPECT_EQ(connection.fd(), -1);
  };
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send("x"));
  EXPECT_EQ(client.ReceiveAll(), "");
  EXPECT_TRUE(Eventually([&] { return server_.script.closed == 1; }));
  server_.Call([&] { EXPECT_EQ(server_.loop->connections(), 0U); });
  EXPECT_EQ(server_.script.closed, 1);
}

TEST_F(ConnectionTest, CloseWhileAWriteIsQueued) {
  std::atomic<Connection*> opened = nullptr;
  server_.script.on_open = [&](Connection& connection) {
    opened = &connection;
    connection.output().Append(std::string(50 << 20, 'q'));
  };
  Start();
  SocketClient client = Connect();
  EXPECT_EQ(client.Receive(10).size(), 10U);
  server_.Call([&] {
    EXPECT_GT(opened.load()->output().size(), 0U);
    opened.load()->Close();
  });
  EXPECT_TRUE(Eventually([&] { return server_.script.closed == 1; }));
}

TEST_F(ConnectionTest, AConnectionMayBeTurnedAwayWhenItOpens) {
  server_.script.on_open = [](Connection& connection) {
    connection.output().Append("-ERR max number of clients reached\r\n");
    connection.CloseAfterFlush();
  };
  server_.script.on_input = [](Connection& /*connection*/) { FAIL() << "it was turned away"; };
  Start();
  SocketClient client = Connect();
  client.Send("PING\r\n");
  EXPECT_EQ(client.ReceiveAll(), "-ERR max number of clients reached\r\n");
}

TEST_F(ConnectionTest, PeersThatVanishAreQuietlyForgotten) {
  server_.script.on_input = [](Connection& connection) {
    connection.output().Append(std::string(5 << 20, 'v'));
    connection.Consume(connection.input_bytes());
  };
  Start();
  for (int i = 0; i < 20; ++i) {
    SocketClient client = Connect();
    ASSERT_TRUE(client.Send("give"));
    if (i % 2 == 0) client.Receive(1000);
    if (i % 3 == 0) {
      client.Close();
    } else {
      client.Reset();
    }
  }
  EXPECT_TRUE(Eventually([&] { return server_.script.closed == 20; }));
}

TEST_F(ConnectionTest, FlushSoonWritesBeforeTheLoopSleeps) {
  std::vector<Connection*> all;
  server_.script.on_open = [&](Connection& connection) { all.push_back(&connection); };
  server_.script.on_input = [&](Connection& connection) {
    for (Connection* other : all) {
      other->output().Append(connection.input());
      other->FlushSoon();
      other->FlushSoon();
    }
    connection.Consume(connection.input_bytes());
  };
  Start();
  SocketClient first = Connect();
  SocketClient second = Connect();
  ASSERT_TRUE(Eventually([&] { return server_.script.opened == 2; }));
  ASSERT_TRUE(first.Send("news"));
  EXPECT_EQ(second.Receive(4), "news");
  EXPECT_EQ(first.Receive(4), "news");
}

TEST_F(ConnectionTest, PostedTaskMayWriteAndFlushSoon) {
  Connection* open = nullptr;
  server_.script.on_open = [&](Connection& connection) {
    open = &connection;
    connection.set_session(&open);
  };
  server_.script.on_input = [&](Connection& connection) {
    EXPECT_EQ(connection.session(), &open);
    connection.Consume(connection.input_bytes());
    server_.loop->Post([&] {
      open->output().Append("task");
      open->FlushSoon();
    });
  };
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send("x"));
  EXPECT_EQ(client.Receive(4), "task");
}

TEST_F(ConnectionTest, KnowsItsAddressesAndOptions) {
  std::string peer;
  std::string local;
  bool loopback = false;
  int no_delay = 0;
  int idle = 0;
  int interval = 0;
  int count = 0;
  std::atomic<bool> done = false;
  server_.script.on_open = [&](Connection& connection) {
    peer = connection.PeerAddress();
    local = connection.LocalAddress();
    loopback = connection.peer_is_loopback() && !connection.is_unix();
    const auto option = [&](int name, int& value) {
      socklen_t length = sizeof value;
      getsockopt(connection.fd(), IPPROTO_TCP, name, &value, &length);
    };
    option(TCP_NODELAY, no_delay);
    option(TCP_KEEPIDLE, idle);
    option(TCP_KEEPINTVL, interval);
    option(TCP_KEEPCNT, count);
    done = true;
  };
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(Eventually([&] { return done.load(); }));
  sockaddr_in mine{};
  socklen_t length = sizeof mine;
  getsockname(client.fd(), reinterpret_cast<sockaddr*>(&mine), &length);
  EXPECT_EQ(peer, "127.0.0.1:" + std::to_string(ntohs(mine.sin_port)));
  EXPECT_EQ(local, "127.0.0.1:" + std::to_string(port_));
  EXPECT_TRUE(loopback);
  EXPECT_NE(no_delay, 0);
  EXPECT_EQ(idle, 300);
  EXPECT_EQ(interval, 100);
  EXPECT_EQ(count, 3);
}

TEST_F(ConnectionTest, OpenConnectionsEndWithTheLoop) {
  Start();
  SocketClient client = Connect();
  ASSERT_TRUE(client.Send("x\n"));
  ASSERT_EQ(client.Receive(2), "x\n");
  server_.Stop();
  EXPECT_EQ(server_.script.closed, 1);
  EXPECT_EQ(client.ReceiveAll(), "");
}

TEST_F(ConnectionTest, ManyClientsAtOnce) {
  Start();
  std::vector<SocketClient> clients;
  clients.reserve(300);
  for (int i = 0; i < 300; ++i) clients.push_back(Connect());
  for (int round = 0; round < 3; ++round) {
    for (size_t i = 0; i < clients.size(); ++i)
      ASSERT_TRUE(clients[i].Send("client " + std::to_string(1000 + i) + "\n"));
    for (size_t i = 0; i < clients.size(); ++i)
      ASSERT_EQ(clients[i].Receive(12), "client " + std::to_string(1000 + i) + "\n");
  }
  clients.clear();
  EXPECT_TRUE(Eventually([&] { return server_.script.closed == 300; }));
}

}  // namespace
}  // namespace thimble
