#pragma once

#include <csignal>
#include <string>

namespace thimble {

// While it lives an interrupt ends the process at once, with status 1, and the file `unfinished`
// goes: for who sent a first signal and does not want to wait until the last save is through, or a
// script that has written. There may be one at a time.
class SecondInterrupt {
 public:
  explicit SecondInterrupt(const std::string& unfinished);
  ~SecondInterrupt();
  SecondInterrupt(const SecondInterrupt&) = delete;
  SecondInterrupt& operator=(const SecondInterrupt&) = delete;

 private:
  struct sigaction before_ = {};
};

}  // namespace thimble
