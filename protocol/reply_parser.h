#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// A reply as a value, of either protocol.
struct Reply {
  enum class Type : uint8_t {
    kNull,  // "_", "$-1" and "*-1" alike.
    kStatus,
    kError,
    kInteger,
    kBulk,
    kBoolean,
    kDouble,
    kBigNumber,
    kVerbatim,
    kArray,
    kMap,  // Keys and values alternate in `elements`.
    kSet,
    kPush,
  };

  Type type = Type::kNull;
  std::string text;               // Of every type that is not an aggregate, as it was sent.
  std::string format;             // Of a verbatim string: "txt", "mkd".
  int64_t integer = 0;            // Of an integer; 0 or 1 of a boolean.
  double number = 0;              // Of a double.
  std::vector<Reply> elements;    // Of an aggregate.
  std::vector<Reply> attributes;  // Keys and values that were sent ahead of this reply.
};

// Reads replies from a byte stream: for the link to a primary and for tests. It keeps what is
// complete of a nested reply, so each byte is looked at once; of a bulk string cut off by the end
// of the input, nothing is consumed yet.
class ReplyParser {
 public:
  enum class Outcome : uint8_t { kReply, kNeedMore, kBroken };
  struct Step {
    Outcome outcome = Outcome::kNeedMore;
    size_t consumed = 0;  // To be dropped from the input whatever the outcome.
  };

  // Aggregates nested deeper, lines longer and strings larger than this are kBroken. Each level may
  // cost what a thousand replies do, ahead of their coming.
  static constexpr size_t kMaxDepth = 64;
  static constexpr size_t kMaxLineBytes = size_t{64} << 10U;
  explicit ReplyParser(size_t max_bulk_bytes = size_t{512} << 20U, size_t max_depth = kMaxDepth)
      : max_bulk_bytes_(max_bulk_bytes), max_depth_(max_depth) {}

  // Fills in `reply` if the answer is kReply. After kBroken the stream cannot be read on.
  Step Parse(Bytes input, Reply& reply);

 private:
  // An aggregate whose elements are still arriving.
  struct Open {
    Reply reply;
    size_t left = 0;
    bool attribute = false;
  };
  enum class Read : uint8_t { kValue, kOpened, kPartial, kBroken };

  Read ReadOne(Bytes input, size_t& consumed, Reply& value);
  static bool ReadScalar(char type, Bytes line, Reply& value);
  Read ReadBulk(Bytes input, Bytes line, size_t& taken, Reply& value) const;
  Read OpenAggregate(char type, Bytes line, Reply& value);
  bool Close(Reply& value);

  size_t max_bulk_bytes_;
  size_t max_depth_;
  std::vector<Open> open_;
  std::vector<Reply> attributes_;  // Complete, for the value that comes next.
};

}  // namespace thimble
