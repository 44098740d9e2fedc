// Any bytes, in any pieces: the parser must give the same requests as when it gets them at once,
// and never look outside of them. A client not logged in is read on the exact path only: where its
// limits do not differ, the short path must have read the same.
//
// The first byte chooses the limits, the second how the rest is cut up.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "protocol/request_parser.h"
#include "storage/common/check.h"

namespace {

using thimble::Bytes;
using thimble::RequestLimits;
using thimble::RequestParser;

struct Reading {
  std::vector<std::vector<std::string>> requests;
  std::string error;
  bool operator==(const Reading&) const = default;
};

Reading Read(Bytes stream, const RequestLimits& limits, size_t piece) {
  Reading reading;
  RequestParser parser;
  std::string waiting;
  while (!stream.empty()) {
    const Bytes arrived = stream.substr(0, piece);
    stream.remove_prefix(arrived.size());
    waiting += arrived;
    // An exact copy on the heap, so that the sanitizer sees an over-read.
    const std::vector<char> input(waiting.begin(), waiting.end());
    Bytes rest(input.data(), input.size());
    while (true) {
      std::vector<Bytes> args;
      const RequestParser::Step step = parser.Parse(rest, limits, args);
      if (step.outcome == RequestParser::Outcome::kNeedMore) {
        THIMBLE_CHECK(step.wanted == 0 || step.wanted > rest.size());
        break;
      }
      if (step.outcome == RequestParser::Outcome::kBroken) {
        reading.error = parser.error();
        return reading;
      }
      THIMBLE_CHECK(step.consumed > 0 && step.consumed <= rest.size());
      reading.requests.emplace_back(args.begin(), args.end());
      rest.remove_prefix(step.consumed);
    }
    waiting.assign(rest);
  }
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const RequestLimits limits{.max_bulk_bytes = (data[0] & 1U) != 0 ? 512U << 20U : 100U,
                             .max_inline_bytes = (data[0] & 2U) != 0 ? 64U << 10U : 50U,
                             .authenticated = (data[0] & 4U) != 0};
  const Bytes stream(reinterpret_cast<const char*>(data + 2), size - 2);
  const Reading whole = Read(stream, limits, stream.size());
  THIMBLE_CHECK(Read(stream, limits, 1 + data[1] % 64U) == whole);

  RequestLimits other = limits;
  other.authenticated = !limits.authenticated;
  const Reading others = Read(stream, other, stream.size());
  const std::string& error = limits.authenticated ? others.error : whole.error;
  if (!error.starts_with("ERR Protocol error: unauthenticated")) THIMBLE_CHECK(others == whole);
  return 0;
}
