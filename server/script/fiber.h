#pragma once

#include <csetjmp>
#include <cstddef>

namespace thimble {

// A second stack on this thread. What runs there can be left in its middle and gone on with later,
// while the first stack turns the loop.
//
// Cost       The stack is reserved once; memory comes as it is touched, and a page that may not be
//            touched ends it. A switch saves and restores registers, without a system call.
// Sanitizer  Switches are announced to AddressSanitizer.
class Fiber {
 public:
  // 0 bytes: the usual size.
  explicit Fiber(size_t stack_bytes = 0);
  // REQUIRES: nothing is suspended there.
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Runs `body(argument)` on the fiber until it returns (true) or suspends itself (false).
  // REQUIRES: called from the first stack, and nothing is suspended.
  bool Start(void (*body)(void*), void* argument);
  // Goes on where it was suspended. As Start.
  bool Resume();
  // Called from the body: back to the first stack, until Resume.
  void Suspend();

  bool active() const { return active_; }  // Called from the body, in other words.
  bool suspended() const { return suspended_; }

 private:
  bool Enter();
  void Loop();
  static void Entry(unsigned high, unsigned low);
  void Leave();

  char* memory_ = nullptr;
  size_t memory_bytes_ = 0;
  bool begun_ = false;
  bool ending_ = false;
  bool active_ = false;
  bool suspended_ = false;
  void (*body_)(void*) = nullptr;
  void* argument_ = nullptr;
  std::jmp_buf outside_;
  std::jmp_buf inside_;
  // AddressSanitizer's: the fake stacks of both sides and the first stack's bounds.
  void* outside_fake_ = nullptr;
  void* inside_fake_ = nullptr;
  const void* outside_bottom_ = nullptr;
  size_t outside_bytes_ = 0;
};

}  // namespace thimble
