#pragma once

#include <cstdint>

#include "storage/rdb/file_reader.h"

namespace thimble {

// Data on its way from disk into the databases, in slices.
class Loading {
 public:
  virtual ~Loading() = default;

  enum class Progress : uint8_t { kMore, kDone, kFailed };  // kFailed: the log has said why.
  // Goes on until `end_ns` on the monotonic clock.
  virtual Progress RunUntil(int64_t end_ns) = 0;
  // Bytes read, and in all.
  virtual uint64_t position() const = 0;
  virtual uint64_t size() const = 0;
  virtual RdbReadReport report() const = 0;
};

}  // namespace thimble
