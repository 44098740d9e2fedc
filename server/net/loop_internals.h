#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include <uv.h>

#include "server/net/loop.h"
#include "server/net/turn_clock.h"

namespace thimble {

class Connection;

// What connections, listeners and timers share of their loop. For the files of server/net.
struct Loop::Internals {
  // One read brings at most this. Partial input up to kMaxCarriedBytes is put before it, so that
  // what arrives continues it.
  static constexpr size_t kReadBytes = size_t{64} << 10U;
  static constexpr size_t kMaxCarriedBytes = size_t{32} << 10U;

  // Notes that a callback runs, for the length of the turn. Every callback of libuv calls it.
  void Enter() {
    if (busy_since_ns == 0) busy_since_ns = uv_hrtime();
  }
  // Has the loop turn again without waiting, until nothing asks for it.
  void StayAwake();
  // What a turn does before it waits.
  void BeforeSleep();
  void RunPosted();
  void EndTurn();
  static Internals& Of(uv_loop_t* loop) { return *static_cast<Internals*>(loop->data); }

  uv_loop_t loop{};
  uv_prepare_t prepare{};
  uv_idle_t idle{};
  uv_async_t posted_async{};
  std::mutex posted_mutex;
  std::vector<std::function<void()>> posted;

  std::unique_ptr<char[]> read_buffer;
  std::vector<Connection*> connections;
  std::vector<Connection*> to_flush;
  std::vector<Connection*> to_resume;
  std::function<void()> before_flush;
  bool holding = false;  // FlushNow leaves it to BeforeSleep.

  uint32_t turn = 1;
  uint64_t busy_since_ns = 0;  // Zero until the first callback of a turn.
  TurnClock turn_clock;
  NetTotals net_totals;
  TurnTotals turn_totals;
};

}  // namespace thimble
