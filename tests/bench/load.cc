// The bench's load generator: plain sockets and epoll, requests encoded before the clock starts.
//
//   load --port P [--connections 50] [--pipeline 1] [--seconds 0.5] [--warmup 0.15] [--pid PID]
//        [--range N] [--prepare 200000] [--seed S] [--listeners L] -- TEMPLATE...
//       Sends commands with random indexes below N for some seconds, while L other connections
//       listen to the channel `news`.
//   load --port P --fill N [--skip PERCENT] ... -- TEMPLATE...
//       Sends each index below N once, in order; with --skip, leaves out that share at random.
//
// Prints one line of JSON: commands (one for an index, however many its template has), seconds,
// errors, and (with --pid) cpu_ns, the processor time that all threads of that process took between
// the same two moments, from the scheduler's account.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/command_stream.h"
#include "tests/bench/reply_counter.h"
#include "tests/bench/sockets.h"

namespace thimble::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  uint16_t port = 0;
  size_t connections = 50;
  size_t pipeline = 1;
  double seconds = 0.5;
  double warmup_s = 0.15;
  int pid = 0;
  uint64_t range = 1;
  size_t prepare = 200'000;
  uint64_t seed = 1;
  uint64_t fill = 0;  // Not 0: fill instead of timed load.
  uint64_t skip_percent = 0;
  size_t listeners = 0;
  std::vector<std::string> command;
};

// Processor time of all threads of the process so far. Threads that end take their account along;
// servers keep theirs.
uint64_t CpuNs(int pid) {
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
  DIR* const folder = opendir(tasks.c_str());
  if (folder == nullptr) Die(tasks.c_str());
  uint64_t total = 0;
  while (const dirent* entry = readdir(folder)) {
    if (entry->d_name[0] == '.') continue;
    const std::string path = tasks + "/" + entry->d_name + "/schedstat";
    if (std::FILE* const file = std::fopen(path.c_str(), "r")) {
      unsigned long long ran_ns = 0;
      if (std::fscanf(file, "%llu", &ran_ns) == 1) total += ran_ns;
      std::fclose(file);
    }
  }
  closedir(folder);
  return total;
}

// One connection: sends a run of requests, counts the replies, sends the next run.
struct Connection {
  int fd = -1;
  size_t next = 0;       // The request to send next.
  uint64_t awaited = 0;  // Replies still to come.
  ReplyCounter counter;
};

class Load {
 public:
  explicit Load(const Options& options) : options_(options), stream_(options.command) {
    epoll_ = epoll_create1(0);
    received_.resize(256 * 1024);
    connections_.resize(options.connections);
    for (Connection& connection : connections_) connection.fd = Open();
    for (size_t i = 0; i < options.listeners; ++i) Listen(Open());
  }

  void RunTimed();
  void Fill();

 private:
  // Those that send come first, and wait in the epoll set by their order.
  int Open();
  static void Listen(int fd);
  void SendRun(Connection* connection, size_t count);
  // Waits for replies once; calls `idle` for each connection that has none to wait for any more.
  template <typename Idle>
  void Turn(Idle idle);
  void Print(uint64_t commands, double seconds, uint64_t cpu_ns) const;
  uint64_t Cpu() const { return options_.pid != 0 ? CpuNs(options_.pid) : 0; }

  const Options& options_;
  CommandStream stream_;
  int epoll_ = -1;
  uint64_t opened_ = 0;
  std::vector<Connection> connections_;
  std::string received_;
  uint64_t replies_ = 0;
};

int Load::Open() {
  const int fd = Connect(options_.port);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = opened_++ << 32U | static_cast<uint32_t>(fd);
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) Die("epoll_ctl");
  return fd;
}

// Returns when the subscription stands.
void Load::Listen(int fd) {
  constexpr std::string_view kRequest = "SUBSCRIBE news\r\n";
  char confirmed[256];
  if (send(fd, kRequest.data(), kRequest.size(), MSG_NOSIGNAL) < 0) Die("send");
  if (recv(fd, confirmed, sizeof(confirmed), 0) <= 0) Die("subscribe");
}

void Load::SendRun(Connection* connection, size_t count) {
  std::string_view data = stream_.Requests(connection->next, count);
  connection->awaited += count * stream_.commands_per_index();
  connection->next += count;
  while (!data.empty()) {
    const ssize_t sent =
        send(connection->fd, data.data(), data.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) {
      data.remove_prefix(static_cast<size_t>(sent));
    } else if (errno == EAGAIN) {
      pollfd writable{connection->fd, POLLOUT, 0};
      poll(&writable, 1, -1);
    } else {
      Die("send");
    }
  }
}

template <typename Idle>
void Load::Turn(Idle idle) {
  epoll_event events[64];
  const int ready = epoll_wait(epoll_, events, 64, 5000);
  if (ready == 0) Die("no reply within five seconds");
  for (int i = 0; i < ready; ++i) {
    const int fd = static_cast<int>(events[i].data.u64 & UINT32_MAX);
    const uint64_t order = events[i].data.u64 >> 32U;
    const ssize_t got = recv(fd, received_.data(), received_.size(), 0);
    if (got <= 0) Die("the server closed a connection");
    if (order >= connections_.size()) continue;  // A listener has nothing to say.
    Connection& connection = connections_[order];
    const uint64_t whole =
        connection.counter.Feed(std::string_view(received_.data(), static_cast<size_t>(got)));
    connection.awaited -= whole;
    replies_ += whole;
    if (connection.awaited == 0) idle(&connection);
  }
}

void Load::RunTimed() {
  const size_t pipeline = options_.pipeline;
  const size_t runs = std::max<size_t>(1, options_.prepare / pipeline);
  for (size_t i = 0; i < runs * pipeline; ++i) {
    stream_.Append(Mix(options_.seed * 1'000'003 + i) % options_.range);
  }
  const auto send_next = [&](Connection* connection) {
    if (connection->next == stream_.size()) connection->next = 0;
    SendRun(connection, pipeline);
  };
  for (size_t i = 0; i < connections_.size(); ++i) {
    connections_[i].next = runs * i / connections_.size() * pipeline;
    send_next(&connections_[i]);
  }

  const auto run_for = [&](double seconds) {
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < end) Turn(send_next);
  };
  run_for(options_.warmup_s);
  const uint64_t replies_before = replies_;
  const uint64_t cpu_before_ns = Cpu();
  const auto start = Clock::now();
  run_for(options_.seconds);
  const std::chrono::duration<double> spent = Clock::now() - start;
  Print(replies_ - replies_before, spent.count(), Cpu() - cpu_before_ns);
}

void Load::Fill() {
  constexpr uint64_t kChunk = 50'000;
  const uint64_t cpu_before_ns = Cpu();
  const auto start = Clock::now();
  for (uint64_t begin = 0; begin < options_.fill; begin += kChunk) {
    stream_.Clear();
    for (uint64_t i = begin; i < std::min(begin + kChunk, options_.fill); ++i) {
      if (Mix(i + 12'345) % 100 >= options_.skip_percent) stream_.Append(i);
    }
    size_t given = 0;
    uint64_t busy = 0;
    const auto give = [&](Connection* connection) {
      const size_t count = std::min(options_.pipeline, stream_.size() - given);
      if (count == 0) return;
      connection->next = given;
      given += count;
      ++busy;
      SendRun(connection, count);
    };
    for (Connection& connection : connections_) give(&connection);
    while (busy > 0) {
      Turn([&](Connection* connection) {
        --busy;
        give(connection);
      });
    }
  }
  const std::chrono::duration<double> spent = Clock::now() - start;
  Print(replies_, spent.count(), Cpu() - cpu_before_ns);
}

void Load::Print(uint64_t commands, double seconds, uint64_t cpu_ns) const {
  uint64_t errors = 0;
  for (const Connection& connection : connections_) {
    errors += connection.counter.errors();
    if (errors != 0 && !connection.counter.first_error().empty()) {
      std::fprintf(stderr, "load: first error: %s\n", connection.counter.first_error().c_str());
      break;
    }
  }
  commands /= stream_.commands_per_index();
  std::printf("{\"commands\": %llu, \"seconds\": %.6f, \"errors\": %llu, \"cpu_ns\": %llu}\n",
              static_cast<unsigned long long>(commands), seconds,
              static_cast<unsigned long long>(errors), static_cast<unsigned long long>(cpu_ns));
}

Options ParseOptions(int argc, char** argv) {
  Options options;
  int i = 1;
  for (; i + 1 < argc && std::string_view(argv[i]) != "--"; i += 2) {
    const std::string_view name = argv[i];
    const char* const value = argv[i + 1];
    const auto integer = [&] { return std::strtoull(value, nullptr, 10); };
    if (name == "--port") {
      options.port = static_cast<uint16_t>(integer());
    } else if (name == "--connections") {
      options.connections = integer();
    } else if (name == "--pipeline") {
      options.pipeline = integer();
    } else if (name == "--seconds") {
      options.seconds = std::strtod(value, nullptr);
    } else if (name == "--warmup") {
      options.warmup_s = std::strtod(value, nullptr);
    } else if (name == "--pid") {
      options.pid = static_cast<int>(integer());
    } else if (name == "--range") {
      options.range = integer();
    } else if (name == "--prepare") {
      options.prepare = integer();
    } else if (name == "--seed") {
      options.seed = integer();
    } else if (name == "--fill") {
      options.fill = integer();
    } else if (name == "--listeners") {
      options.listeners = integer();
    } else if (name == "--skip") {
      options.skip_percent = integer();
    } else {
      std::fprintf(stderr, "load: unknown option %s\n", argv[i]);
      std::exit(2);
    }
  }
  for (++i; i < argc; ++i) options.command.emplace_back(argv[i]);
  if (options.port == 0 || options.command.empty() || options.range == 0 || options.pipeline == 0) {
    std::fprintf(stderr, "load: needs --port and, after --, a command\n");
    std::exit(2);
  }
  return options;
}

}  // namespace
}  // namespace thimble::bench

int main(int argc, char** argv) {
  const thimble::bench::Options options = thimble::bench::ParseOptions(argc, argv);
  thimble::bench::Load load(options);
  if (options.fill != 0) {
    load.Fill();
  } else {
    load.RunTimed();
  }
  return 0;
}
