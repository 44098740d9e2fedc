#pragma once

#include <cstdint>

namespace thimble {

// Where time comes from, so that tests own it. Wall time may step; monotonic time may not.
class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds and microseconds since the Unix epoch.
  virtual int64_t NowUs() const = 0;
  int64_t NowMs() const { return NowUs() / 1000; }
  // The same as NowMs() but for a few milliseconds that it may lag, and several times cheaper.
  virtual int64_t CoarseNowMs() const { return NowMs(); }
  // Nanoseconds and milliseconds since an arbitrary start; for durations.
  virtual int64_t MonotonicNs() const = 0;
  int64_t MonotonicMs() const { return MonotonicNs() / 1'000'000; }

  // The machine's clock. Lives for ever; thread-safe.
  static const Clock& System();
};

// A clock that stands still until told otherwise, or moves on by a step whenever it is looked at.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(int64_t now_ms = 1'700'000'000'000) : now_us_(now_ms * 1000) {}
  int64_t NowUs() const override { return now_us_ += step_us_; }
  int64_t MonotonicNs() const override { return NowUs() * 1000; }
  void AdvanceMs(int64_t ms) { now_us_ += ms * 1000; }
  void set_step_us(int64_t step_us) { step_us_ = step_us; }

 private:
  mutable int64_t now_us_;
  int64_t step_us_ = 0;
};

}  // namespace thimble
