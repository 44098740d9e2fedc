#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// What a request may be at most. Read anew for each request: logging in lifts some.
struct RequestLimits {
  size_t max_bulk_bytes = size_t{512} << 20U;   // proto-max-bulk-len
  size_t max_inline_bytes = size_t{64} << 10U;  // An inline line or a header line.
  bool authenticated = true;                    // If not: at most 10 arguments of 16 KiB.
};

// Splits a byte stream into requests: multibulk ("*2\r\n$4\r\nPING...") or inline (a line of
// words).
//
// Contract    Parse() looks at the unconsumed bytes from the start of a request. It answers
//               kRequest   `args` holds the arguments, `consumed` how many bytes the request took
//                          (it may be a request of no arguments: an empty line, "*0");
//               kNeedMore  nothing is consumed; call again with the same bytes and more behind
//                          them. `wanted` is the total number of bytes known to be needed (a hint
//                          for sizing the input buffer, so that a large bulk is read into place);
//               kBroken    error() is the line to send ("ERR Protocol error: ..."), then close.
//             Progress in a partial request is remembered, so a request that arrives in n pieces
//             costs O(bytes + n), not O(bytes * n).
// Views       `args` point into the input, except for inline requests with quotes: those point
//             into the parser and die at the next Parse().
// As Redis    The two bytes behind a header or bulk are skipped unread, and a NUL hides the end of
//             its line: such a line never ends, until it is too long.
class RequestParser {
 public:
  enum class Outcome : uint8_t { kRequest, kNeedMore, kBroken };
  struct Step {
    Outcome outcome = Outcome::kNeedMore;
    size_t consumed = 0;
    size_t wanted = 0;
    // Of a kRequest: all its headers are as short as can be, line end and all. That may be so where
    // it is false, too.
    bool shortest = false;
  };

  // Appends the request's arguments to `args`; leaves `args` alone unless it answers kRequest.
  Step Parse(Bytes input, const RequestLimits& limits, std::vector<Bytes>& args);

  // What was wrong, once Parse() has said kBroken.
  const std::string& error() const { return error_; }

  // Forgets the progress in a partial request: the next Parse() may start from another byte.
  void Reset();

  // Bytes held beyond the object itself.
  size_t MemoryBytes() const { return pieces_.capacity() * sizeof(Piece) + unquoted_.capacity(); }

 private:
  // An argument, as a place in the input.
  struct Piece {
    size_t offset = 0;
    size_t length = 0;
  };
  enum class Line : uint8_t { kFound, kPartial, kTooLong };

  Step ParseInline(Bytes input, const RequestLimits& limits, std::vector<Bytes>& args);
  Step ParseHeader(Bytes input, const RequestLimits& limits, std::vector<Bytes>& args);
  Step ParseBulks(Bytes input, const RequestLimits& limits, std::vector<Bytes>& args);
  Step ParseRest(Bytes input, const RequestLimits& limits, std::vector<Bytes>& args, size_t taken);
  bool SplitQuoted(Bytes line, std::vector<Bytes>& args);
  Line FindLineEnd(Bytes input, char end, size_t start, size_t max_bytes, size_t& found);
  Line ReadHeader(Bytes input, size_t start, const RequestLimits& limits, Bytes& number);
  void Suspend(Bytes input, std::vector<Bytes>& args, size_t first_arg);
  void Complete(Bytes input, std::vector<Bytes>& args, size_t first_arg);
  Step Broken(std::string what);

  static constexpr size_t kNoBulk = SIZE_MAX;

  // How far a partial request has got.
  size_t bulks_left_ = 0;  // Zero before the first header has been read.
  size_t position_ = 0;    // Of the next header; of the bulk itself if bulk_bytes_ is known.
  size_t bulk_bytes_ = kNoBulk;
  size_t searched_ = 0;        // No line end before this.
  std::vector<Piece> pieces_;  // Arguments already taken.
  std::string unquoted_;       // The words of an inline request with quotes.
  std::string error_;
};

}  // namespace thimble
