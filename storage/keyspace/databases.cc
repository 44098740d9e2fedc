#include "storage/keyspace/databases.h"

#include <algorithm>
#include <iterator>

#include "storage/common/check.h"

namespace thimble {
namespace {

// Freed within some tens of milliseconds.
constexpr size_t kFreedAtEnd = size_t{64} << 20U;

}  // namespace

Databases::Databases(StorageEnvironment& environment, int count) {
  THIMBLE_CHECK(count > 0);
  for (int index = 0; index < count; ++index) {
    databases_.push_back(std::make_unique<Keyspace>(environment, index));
  }
}

Databases::~Databases() {
  if (!left_to_kernel_) return;
  // Not lost: no leak. Without memory the process ends, as it is about to.
  // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new)
  static auto* const left = new std::vector<std::unique_ptr<Keyspace>>;
  std::move(databases_.begin(), databases_.end(), std::back_inserter(*left));
}

void Databases::LeaveToKernel() {
  size_t bytes = 0;
  for (const std::unique_ptr<Keyspace>& each : databases_) bytes += each->MemoryBytes();
  left_to_kernel_ = bytes > kFreedAtEnd;
}

}  // namespace thimble
