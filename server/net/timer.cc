#include "server/net/timer.h"

#include <utility>

#include <uv.h>

#include "server/net/loop_internals.h"
#include "storage/common/check.h"

namespace thimble {
namespace {

template <class Handle>
void CloseAndDelete(Handle* handle) {
  uv_close(reinterpret_cast<uv_handle_t*>(&handle->uv),
           [](uv_handle_t* closed) { delete static_cast<Handle*>(closed->data); });
}

}  // namespace

struct Timer::Handle {
  uv_timer_t uv;
  std::function<void()> callback;
};

Timer::Timer(Loop& loop, std::function<void()> callback)
    : handle_(new Handle{.uv = {}, .callback = std::move(callback)}) {
  uv_timer_init(&loop.internals().loop, &handle_->uv);
  handle_->uv.data = handle_;
}

Timer::~Timer() {
  CloseAndDelete(handle_);
}

void Timer::Start(uint64_t delay_ms, uint64_t repeat_ms) {
  uv_timer_start(
      &handle_->uv,
      [](uv_timer_t* timer) {
        Loop::Internals::Of(timer->loop).Enter();
        static_cast<Handle*>(timer->data)->callback();
      },
      delay_ms, repeat_ms);
}

void Timer::Stop() {
  uv_timer_stop(&handle_->uv);
}

struct IdleTask::Handle {
  uv_idle_t uv;
  std::function<void()> callback;
};

IdleTask::IdleTask(Loop& loop, std::function<void()> callback)
    : handle_(new Handle{.uv = {}, .callback = std::move(callback)}) {
  uv_idle_init(&loop.internals().loop, &handle_->uv);
  handle_->uv.data = handle_;
}

IdleTask::~IdleTask() {
  CloseAndDelete(handle_);
}

void IdleTask::Start() {
  uv_idle_start(&handle_->uv, [](uv_idle_t* idle) {
    Loop::Internals::Of(idle->loop).Enter();
    static_cast<Handle*>(idle->data)->callback();
  });
}

void IdleTask::Stop() {
  uv_idle_stop(&handle_->uv);
}

struct SignalWatcher::Handle {
  uv_signal_t uv;
  std::function<void()> callback;
};

SignalWatcher::SignalWatcher(Loop& loop, int signal, std::function<void()> callback)
    : handle_(new Handle{.uv = {}, .callback = std::move(callback)}) {
  uv_signal_init(&loop.internals().loop, &handle_->uv);
  handle_->uv.data = handle_;
  const int status = uv_signal_start(
      &handle_->uv,
      [](uv_signal_t* watcher, int /*signal*/) {
        Loop::Internals::Of(watcher->loop).Enter();
        static_cast<Handle*>(watcher->data)->callback();
      },
      signal);
  THIMBLE_CHECK(status == 0);
}

SignalWatcher::~SignalWatcher() {
  CloseAndDelete(handle_);
}

}  // namespace thimble
