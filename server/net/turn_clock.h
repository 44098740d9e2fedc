#pragma once

#include <cstdint>

namespace thimble {

// TurnClock says how much processor time the loop's thread spent on its longest turn: what a turn
// does to others, without the time in which the kernel ran something else.
//
// Cost        The thread's clock is a system call, dear beside a turn that serves one command. It
//             is read after a turn that took long by the wall clock, and after every
//             kTurnsPerReading-th.
// Error       Turns that were not read count with their wall time, so what they spent on waiting
//             for events is charged to the next that is read: some microseconds each. The answer
//             is never above the turn's wall time.
// Threads     Only the loop's.
class TurnClock {
 public:
  TurnClock();  // What the thread spent before is nobody's turn.

  // A turn ends that lasted this long by the wall clock. Returns its processor time if it is read
  // and its wall time else, in nanoseconds.
  uint64_t EndTurn(uint64_t wall_ns);

 private:
  static constexpr uint64_t kLongNs = 250'000;
  static constexpr uint64_t kTurnsPerReading = 32;

  uint64_t last_reading_ns_;  // Of the thread's clock.
  uint64_t unread_ns_ = 0;    // Wall time of the turns since.
  uint64_t unread_turns_ = 0;
};

}  // namespace thimble
