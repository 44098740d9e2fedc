#include "storage/keyspace/databases.h"

#include "storage/common/check.h"

namespace thimble {

Databases::Databases(StorageEnvironment& environment, int count) {
  THIMBLE_CHECK(count > 0);
  for (int index = 0; index < count; ++index) {
    databases_.push_back(std::make_unique<Keyspace>(environment, index));
  }
}

}  // namespace thimble
