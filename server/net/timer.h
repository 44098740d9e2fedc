#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace thimble {

class Loop;

// Calls back from the loop after a time, once or again and again. Stopped when destroyed, which
// its own callback may do.
class Timer {
 public:
  Timer(Loop& loop, std::function<void()> callback);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // First call after `delay_ms`, then every `repeat_ms` if that is not 0. Restarts a running timer.
  void Start(uint64_t delay_ms, uint64_t repeat_ms = 0);
  void Stop();

 private:
  struct Handle;
  Handle* handle_;  // Outlives the timer until the loop has closed it.
};

// Calls back in every turn of the loop, which does not wait meanwhile: for work that goes on bit by
// bit as fast as it can.
class IdleTask {
 public:
  IdleTask(Loop& loop, std::function<void()> callback);
  ~IdleTask();
  IdleTask(const IdleTask&) = delete;
  IdleTask& operator=(const IdleTask&) = delete;

  void Start();
  void Stop();

 private:
  struct Handle;
  Handle* handle_;
};

// Calls back from the loop, never from the signal handler itself, whenever the process gets
// a signal.
class SignalWatcher {
 public:
  SignalWatcher(Loop& loop, int signal, std::function<void()> callback);
  ~SignalWatcher();
  SignalWatcher(const SignalWatcher&) = delete;
  SignalWatcher& operator=(const SignalWatcher&) = delete;

 private:
  struct Handle;
  Handle* handle_;
};

}  // namespace thimble
