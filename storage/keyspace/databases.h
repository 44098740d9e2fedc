#pragma once

#include <memory>
#include <vector>

#include "storage/keyspace/keyspace.h"

namespace thimble {

// The numbered databases of a server.
class Databases {
 public:
  Databases(StorageEnvironment& environment, int count);
  ~Databases();

  int count() const { return static_cast<int>(databases_.size()); }
  Keyspace& operator[](int index) { return *databases_[static_cast<size_t>(index)]; }
  // The process is about to end: what it would take long to free is left to the kernel.
  void LeaveToKernel();

  Databases(const Databases&) = delete;
  Databases& operator=(const Databases&) = delete;

 private:
  std::vector<std::unique_ptr<Keyspace>> databases_;
  bool left_to_kernel_ = false;
};

}  // namespace thimble
