#pragma once

#include <cstdint>

#include "server/command/args.h"
#include "server/command/context.h"

namespace thimble {

// The count of SRANDMEMBER and HRANDFIELD: positive for that many distinct elements at most,
// negative for exactly that many with repeats.
//
// Fails with kNotInteger, or an out-of-range message for a count whose magnitude does not exist.
Result<int64_t> ParseRandomCount(Bytes text);

// A count with repeats can ask for more than any machine holds. Past this many bytes of reply the
// command fails instead.
constexpr size_t kMaxRandomReplyBytes = size_t{512} << 20U;

// Watches over the reply while a random sample is written.
class RandomReplyGuard {
 public:
  explicit RandomReplyGuard(const OutputBuffer& out) : out_(out), start_(out.size()) {}
  bool TooLong() const { return out_.size() - start_ > kMaxRandomReplyBytes; }
  static Error TooLongError() {
    return Error::Message("ERR value is out of range, the reply would be too long");
  }

 private:
  const OutputBuffer& out_;
  size_t start_;
};

}  // namespace thimble
