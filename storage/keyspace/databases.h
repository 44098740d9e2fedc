#pragma once

#include <memory>
#include <vector>

#include "storage/keyspace/keyspace.h"

namespace thimble {

// The numbered databases of a server.
class Databases {
 public:
  Databases(StorageEnvironment& environment, int count);

  int count() const { return static_cast<int>(databases_.size()); }
  Keyspace& operator[](int index) { return *databases_[static_cast<size_t>(index)]; }

 private:
  std::vector<std::unique_ptr<Keyspace>> databases_;
};

}  // namespace thimble
