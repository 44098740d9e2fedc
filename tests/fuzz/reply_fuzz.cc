// Any bytes, in any pieces: the reply parser must give the same replies as when it gets them at
// once, and never look outside of them. The first byte says how the rest is cut up.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "protocol/reply_parser.h"
#include "storage/common/check.h"

namespace {

using thimble::Bytes;
using thimble::Reply;
using thimble::ReplyParser;

// A reply written down unambiguously.
void Describe(const Reply& reply, std::string& out) {
  out += std::to_string(static_cast<int>(reply.type)) + '(' + std::to_string(reply.text.size()) +
         ':' + reply.text + reply.format + std::to_string(reply.integer);
  for (const Reply& element : reply.elements) Describe(element, out);
  out += '|';
  for (const Reply& attribute : reply.attributes) Describe(attribute, out);
  out += ')';
}

std::string Read(Bytes stream, size_t piece) {
  std::string out;
  ReplyParser parser(1000);
  std::string waiting;
  while (!stream.empty()) {
    const Bytes arrived = stream.substr(0, piece);
    stream.remove_prefix(arrived.size());
    waiting += arrived;
    while (true) {
      const std::vector<char> input(waiting.begin(), waiting.end());
      Reply reply;
      const ReplyParser::Step step = parser.Parse(Bytes(input.data(), input.size()), reply);
      THIMBLE_CHECK(step.consumed <= input.size());
      waiting.erase(0, step.consumed);
      if (step.outcome == ReplyParser::Outcome::kBroken) return out + "broken";
      if (step.outcome == ReplyParser::Outcome::kNeedMore) break;
      Describe(reply, out);
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const Bytes stream(reinterpret_cast<const char*>(data + 1), size - 1);
  THIMBLE_CHECK(Read(stream, 1 + data[0] % 64U) == Read(stream, stream.size()));
  return 0;
}
