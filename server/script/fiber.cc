#include "server/script/fiber.h"

#include <cstdint>

#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "storage/common/check.h"

#if defined(__SANITIZE_ADDRESS__)
#define THIMBLE_FIBER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define THIMBLE_FIBER_ASAN 1
#endif
#endif
#ifdef THIMBLE_FIBER_ASAN
#include <sanitizer/common_interface_defs.h>
#endif

namespace thimble {
namespace {

// Lua nests at most 200 calls of C; the deepest of ours, JSON and reply conversion, some thousand
// frames. Frames are several times larger under AddressSanitizer.
#ifdef THIMBLE_FIBER_ASAN
constexpr size_t kUsualStackBytes = size_t{64} << 20U;
#else
constexpr size_t kUsualStackBytes = size_t{8} << 20U;
#endif

void AnnounceLeaving([[maybe_unused]] void** fake, [[maybe_unused]] const void* to_bottom,
                     [[maybe_unused]] size_t to_bytes) {
#ifdef THIMBLE_FIBER_ASAN
  __sanitizer_start_switch_fiber(fake, to_bottom, to_bytes);
#endif
}

void AnnounceArrival([[maybe_unused]] void* fake, [[maybe_unused]] const void** from_bottom,
                     [[maybe_unused]] size_t* from_bytes) {
#ifdef THIMBLE_FIBER_ASAN
  __sanitizer_finish_switch_fiber(fake, from_bottom, from_bytes);
#endif
}

}  // namespace

Fiber::Fiber(size_t stack_bytes) {
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  memory_bytes_ = (stack_bytes == 0 ? kUsualStackBytes : stack_bytes) + page;
  void* const memory = mmap(nullptr, memory_bytes_, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  THIMBLE_CHECK(memory != MAP_FAILED);
  memory_ = static_cast<char*>(memory);
  THIMBLE_CHECK(mprotect(memory_, page, PROT_NONE) == 0);
}

Fiber::~Fiber() {
  THIMBLE_CHECK(!suspended_);
#ifdef THIMBLE_FIBER_ASAN
  // It ends, and what AddressSanitizer keeps for its frames with it.
  ending_ = true;
  if (begun_) Enter();
#endif
  munmap(memory_, memory_bytes_);
}

bool Fiber::Start(void (*body)(void*), void* argument) {
  THIMBLE_CHECK(!active_ && !suspended_);
  body_ = body;
  argument_ = argument;
  return Enter();
}

bool Fiber::Resume() {
  THIMBLE_CHECK(suspended_);
  suspended_ = false;
  return Enter();
}

// The way in: through a fresh context the first time, which then never ends; later by a jump to
// where the fiber was left.
bool Fiber::Enter() {
  active_ = true;
  AnnounceLeaving(&outside_fake_, memory_, memory_bytes_);
  if (_setjmp(outside_) == 0) {
    if (begun_) _longjmp(inside_, 1);
    begun_ = true;
    ucontext_t context;
    THIMBLE_CHECK(getcontext(&context) == 0);
    context.uc_stack.ss_sp = memory_;
    context.uc_stack.ss_size = memory_bytes_;
    context.uc_link = nullptr;
    const auto self = reinterpret_cast<uintptr_t>(this);
    makecontext(&context, reinterpret_cast<void (*)()>(Entry), 2,
                static_cast<unsigned>(self >> 32U), static_cast<unsigned>(self));
    setcontext(&context);
  }
  AnnounceArrival(outside_fake_, nullptr, nullptr);
  active_ = false;
  return !suspended_;
}

void Fiber::Entry(unsigned high, unsigned low) {
  reinterpret_cast<Fiber*>(uintptr_t{high} << 32U | low)->Loop();
}

void Fiber::Loop() {
  AnnounceArrival(nullptr, &outside_bottom_, &outside_bytes_);
  while (!ending_) {
    body_(argument_);
    Leave();
  }
  AnnounceLeaving(nullptr, outside_bottom_, outside_bytes_);
  _longjmp(outside_, 1);
}

void Fiber::Suspend() {
  THIMBLE_CHECK(active_);
  suspended_ = true;
  Leave();
}

// To the first stack; returns when the fiber is entered again.
void Fiber::Leave() {
  AnnounceLeaving(&inside_fake_, outside_bottom_, outside_bytes_);
  if (_setjmp(inside_) == 0) _longjmp(outside_, 1);
  AnnounceArrival(inside_fake_, &outside_bottom_, &outside_bytes_);
}

}  // namespace thimble
