// What reaches the parent of a signal meant for its child.
#include "server/persist/forked_child.h"

#include <csignal>
#include <thread>

#include <gtest/gtest.h>
#include <pthread.h>

#include "server/net/loop.h"
#include "server/net/timer.h"

namespace thimble {
namespace {

// Whether a child gets SIGTERM before its first instruction of ours.
bool signals_newborn = false;

// A child begins with its parent's signal handlers, and the pipe they write to is the parent's.
TEST(ForkedChildTest, ASignalToANewbornDoesNotReachTheParent) {
  pthread_atfork(nullptr, nullptr, [] {
    if (signals_newborn) std::raise(SIGTERM);
  });
  Loop loop;
  int heard = 0;
  SignalWatcher watcher(loop, SIGTERM, [&] { ++heard; });
  ForkedChild child;
  signals_newborn = true;
  ASSERT_TRUE(child.Start([](ChildReport&) { return true; }));
  signals_newborn = false;
  auto end = child.Poll();
  for (; !end; end = child.Poll()) std::this_thread::yield();
  EXPECT_TRUE(end->ok) << "ended by signal " << end->signal;

  Timer later(loop, [&] { loop.Stop(); });
  later.Start(20);
  loop.Run();
  EXPECT_EQ(heard, 0);

  std::raise(SIGTERM);
  later.Start(20);
  loop.Run();
  EXPECT_EQ(heard, 1) << "the parent hears nothing any more";
}

}  // namespace
}  // namespace thimble
