#include "server/net/loop.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "server/net/connection.h"
#include "server/net/loop_internals.h"
#include "storage/common/check.h"

namespace thimble {

using Internals = Loop::Internals;

Loop::Loop() : internals_(std::make_unique<Internals>()) {
  // A write to a socket whose peer has gone must fail, not kill.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);  // Nor does the server end with the terminal it was started from.
  Internals& in = *internals_;
  THIMBLE_CHECK(uv_loop_init(&in.loop) == 0);
  in.loop.data = &in;
  in.read_buffer =
      std::make_unique_for_overwrite<char[]>(Internals::kMaxCarriedBytes + Internals::kReadBytes);
  uv_prepare_init(&in.loop, &in.prepare);
  uv_prepare_start(&in.prepare,
                   [](uv_prepare_t* prepare) { Internals::Of(prepare->loop).BeforeSleep(); });
  uv_idle_init(&in.loop, &in.idle);
  THIMBLE_CHECK(uv_async_init(&in.loop, &in.posted_async, [](uv_async_t* async) {
                  Internals::Of(async->loop).RunPosted();
                }) == 0);
}

Loop::~Loop() {
  Internals& in = *internals_;
  for (Connection* connection : in.connections) connection->Detach();
  CloseConnections();
  uv_close(reinterpret_cast<uv_handle_t*>(&in.prepare), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&in.idle), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&in.posted_async), nullptr);
  while (uv_run(&in.loop, UV_RUN_DEFAULT) != 0) {
  }
  THIMBLE_CHECK(uv_loop_close(&in.loop) == 0);
}

void Loop::Run() {
  uv_run(&internals_->loop, UV_RUN_DEFAULT);
}

void Loop::Stop() {
  uv_stop(&internals_->loop);
}

void Loop::Post(std::function<void()> task) {
  Internals& in = *internals_;
  {
    const std::lock_guard lock(in.posted_mutex);
    in.posted.push_back(std::move(task));
  }
  uv_async_send(&in.posted_async);
}

void Loop::SetBeforeFlush(std::function<void()> hook) {
  internals_->before_flush = std::move(hook);
}

void Loop::HoldOutput(bool hold) {
  internals_->holding = hold;
}

void Loop::CloseConnections() {
  Internals& in = *internals_;
  while (!in.connections.empty()) {
    for (Connection* connection : in.connections) connection->Close();
    uv_run(&in.loop, UV_RUN_NOWAIT);
  }
}

size_t Loop::connections() const {
  return internals_->connections.size();
}

uint64_t Loop::now_ms() const {
  return uv_now(&internals_->loop);
}

const NetTotals& Loop::net_totals() const {
  return internals_->net_totals;
}

const TurnTotals& Loop::turn_totals() const {
  return internals_->turn_totals;
}

void Loop::ResetTotals() {
  internals_->net_totals = {};
  internals_->turn_totals = {};
}

// An idle handle does nothing but keep the wait at zero.
void Internals::StayAwake() {
  uv_idle_start(&idle, [](uv_idle_t* /*idle*/) {});
}

void Internals::BeforeSleep() {
  Enter();
  // What is resumed may ask to be resumed again: in the next turn, after everyone's reads.
  for (Connection* connection : std::exchange(to_resume, {})) connection->ResumeNow();
  if (before_flush) before_flush();
  const bool held = std::exchange(holding, false);
  for (Connection* connection : std::exchange(to_flush, {})) {
    connection->in_flush_list_ = false;
    connection->FlushNow();
  }
  holding = holding || held;
  if (to_resume.empty() && to_flush.empty()) {
    uv_idle_stop(&idle);
  } else {
    StayAwake();
  }
  EndTurn();
}

void Internals::RunPosted() {
  Enter();
  std::vector<std::function<void()>> tasks;
  {
    const std::lock_guard lock(posted_mutex);
    tasks.swap(posted);
  }
  for (const auto& task : tasks) task();
}

void Internals::EndTurn() {
  ++turn;
  const uint64_t busy_ns = uv_hrtime() - std::exchange(busy_since_ns, 0);
  ++turn_totals.turns;
  turn_totals.busy_us += busy_ns / 1000;
  turn_totals.longest_us = std::max(turn_totals.longest_us, turn_clock.EndTurn(busy_ns) / 1000);
}

}  // namespace thimble
