#include "server/commands/random_reply.h"

namespace thimble {

Result<int64_t> ParseRandomCount(Bytes text) {
  const std::optional<int64_t> count = ParseInt64(text);
  if (!count) return Errc::kNotInteger;
  if (*count == INT64_MIN) {
    return Error::Message(
        "ERR value is out of range, value must between -9223372036854775807 and "
        "9223372036854775807");
  }
  return *count;
}

}  // namespace thimble
