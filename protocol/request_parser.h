#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// What a request may be at most. Read anew for each request: logging in lifts some.
struct RequestLimits {
  size_t max_bulk_bytes = 512U << 20U;  // proto-max-bulk-len
  size_t max_inline_bytes = 64U << 10U;
  bool authenticated = true;  // If not: at most 10 arguments of 16 KiB.
};

// Splits a byte stream into requests: multibulk ("*2\r\n$4\r\nPING...") or inline (a line of words).
//
// Contract    Parse() looks at the unconsumed bytes from the start of a request. It answers
//               kRequest   `args` holds the arguments, `consumed` how many bytes the request took
//                          (it may be a request of no arguments: an empty line, "*0");
//               kNeedMore  nothing is consumed; call again with the same bytes and more behind
//                          them. `wanted` is the total number of bytes known to be needed (a hint
//                          for sizing the input buffer, so that a large bulk is read into place);
//               kBroken    `error` is the line to send ("ERR Protocol error: ..."), then close. An
//                          empty error closes silently.
//             Progress in a partial request is remembered, so a request that arrives in n pieces
//             costs O(bytes + n), not O(bytes * n).
// Views       `args` point into the input, except for inline requests with quotes: those point
//             into the parser and die at the next Parse().
class RequestParser {
 public:
  enum class Outcome : uint8_t { kRequest, kNeedMore, kBroken };
  struct Step {
    Outcome outcome = Outcome::kNeedMore;
    size_t consumed = 0;
    size_t wanted = 0;
    std::string error;
  };

  // Appends the request's arguments to `args`.
  Step Parse(Bytes input, const RequestLimits& limits, std::vector<Bytes>& args);

  // Forgets the progress in a partial request: the next Parse() starts from an earlier byte.
  void Reset();

  // Bytes held beyond the object itself.
  size_t MemoryBytes() const;
};

}  // namespace thimble
