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

// Watches over the reply while a random sample of `count` elements is written. A count that cannot
// fit, however short its elements, is too long from the start.
class RandomReplyGuard {
 public:
  RandomReplyGuard(const OutputBuffer& out, size_t count)
      : out_(out), start_(out.size()), hopeless_(count > kMaxRandomReplyBytes / kMinElementBytes) {}
  bool TooLong() const { return hopeless_ || out_.size() - start_ > kMaxRandomReplyBytes; }
  static Error TooLongError() {
    return Error::Message("ERR value is out of range, the reply would be too long");
  }

 private:
  static constexpr size_t kMinElementBytes = 6;  // "$0", twice CR LF.
  const OutputBuffer& out_;
  size_t start_;
  bool hopeless_;
};

}  // namespace thimble
