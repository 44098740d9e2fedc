// The bench's second client: asks one short question after another and notes the slowest answer.
//
//   probe --port P [--every-us 500] REQUEST...
//       Asks until it gets SIGTERM, then prints one line of JSON: count,
//       median_us, p999_us and max_us, by the wall clock.
//
// It asks for the scheduler's FIFO class, so that load generators on its processor do not delay it;
// without the right to that it measures with more noise.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/reply_counter.h"
#include "tests/bench/sockets.h"

namespace thimble::bench {
namespace {

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t g_stop = 0;

std::string Encode(const std::vector<std::string>& words) {
  std::string request = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string& word : words) {
    request += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
  }
  return request;
}

void Ask(int fd, const std::string& request) {
  if (send(fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) Die("send");
  ReplyCounter counter;
  char received[4096];
  for (uint64_t replies = 0; replies == 0;) {
    const ssize_t got = recv(fd, received, sizeof(received), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) Die("the server closed the connection");
    replies = counter.Feed(std::string_view(received, static_cast<size_t>(got)));
  }
}

void Print(std::vector<double>* times_us) {
  std::sort(times_us->begin(), times_us->end());
  const size_t count = times_us->size();
  std::printf("{\"count\": %zu, \"median_us\": %.1f, \"p999_us\": %.1f, \"max_us\": %.1f}\n", count,
              (*times_us)[count / 2], (*times_us)[count * 999 / 1000], times_us->back());
}

}  // namespace
}  // namespace thimble::bench

int main(int argc, char** argv) {
  using namespace thimble::bench;
  uint16_t port = 0;
  auto pause = std::chrono::microseconds(500);
  int i = 1;
  for (; i + 1 < argc && std::string_view(argv[i]).starts_with("--"); i += 2) {
    const std::string_view name = argv[i];
    if (name == "--port") port = static_cast<uint16_t>(std::atoi(argv[i + 1]));
    if (name == "--every-us") pause = std::chrono::microseconds(std::atoi(argv[i + 1]));
  }
  const std::vector<std::string> words(argv + i, argv + argc);
  if (port == 0 || words.empty()) {
    std::fprintf(stderr, "probe: needs --port and a request\n");
    return 2;
  }
  struct sigaction stop {};
  stop.sa_handler = [](int) { g_stop = 1; };
  sigaction(SIGTERM, &stop, nullptr);
  sched_param priority{};
  priority.sched_priority = 1;
  sched_setscheduler(0, SCHED_FIFO, &priority);

  const std::string request = Encode(words);
  const int fd = Connect(port);
  for (int warm_up = 0; warm_up < 100; ++warm_up) Ask(fd, request);
  std::vector<double> times_us;
  do {
    const auto start = Clock::now();
    Ask(fd, request);
    times_us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    std::this_thread::sleep_for(pause);
  } while (g_stop == 0);
  Print(&times_us);
  return 0;
}
