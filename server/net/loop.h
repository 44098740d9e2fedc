#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace thimble {

// What passed through all connections of a loop since it was made.
struct NetTotals {
  uint64_t bytes_in = 0;
  uint64_t bytes_out = 0;
  uint64_t reads = 0;   // Reads that brought bytes.
  uint64_t writes = 0;  // Writes that took bytes.
};

// How long the loop worked between two waits.
struct TurnTotals {
  uint64_t turns = 0;
  uint64_t busy_us = 0;     // By the wall clock.
  uint64_t longest_us = 0;  // Processor time; see TurnClock.
};

// The event loop: one thread runs it and everything that hangs on it.
//
// One turn    timers; connections to resume and to flush; a wait for events; their callbacks;
//             closed handles end.
// Lifetime    Timers, signal watchers and listeners must be gone before their loop. Connections
//             belong to it: those still open end with it, unheard (see CloseConnections).
// Threads     Only Post may be called from another thread. Run is never called
//             from a callback.
class Loop {
 public:
  Loop();  // Also has the process ignore SIGPIPE.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Turns until Stop is called.
  void Run();
  void Stop();
  // Has `task` run on the loop's thread, in the order of the calls. Thread-safe. Tasks that have
  // not run when the loop ends are dropped.
  void Post(std::function<void()> task);

  // Has `hook` called once a turn, when its commands have run and before the turn waits.
  void SetBeforeFlush(std::function<void()> hook);
  // Whether all output waits until that hook has been called, instead of leaving at once.
  void HoldOutput(bool hold);

  // Closes every connection, output not yet taken by the socket is lost, and returns once all
  // handlers have heard OnClose. For the end of the server. REQUIRES: Run is not active.
  void CloseConnections();
  size_t connections() const;

  // Monotonic milliseconds, as of the start of this turn.
  uint64_t now_ms() const;
  const NetTotals& net_totals() const;
  const TurnTotals& turn_totals() const;
  // Zeroes the figures that CONFIG RESETSTAT zeroes.
  void ResetTotals();

  // libuv's side; known to server/net alone.
  struct Internals;
  Internals& internals() { return *internals_; }

 private:
  std::unique_ptr<Internals> internals_;
};

}  // namespace thimble
