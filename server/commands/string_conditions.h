#pragma once

#include <optional>
#include <string>

#include "server/command/args.h"
#include "storage/value/string_value.h"

namespace thimble {

// IFEQ, IFNE, IFDEQ and IFDNE: do it only if the string now there equals, or does not equal, a
// value or a digest.
struct StringCondition {
  enum class Kind : uint8_t { kEquals, kDiffers, kDigestEquals, kDigestDiffers };
  Kind kind;
  Bytes operand;

  // A missing string equals nothing and differs from everything.
  bool Holds(const StringView& string) const;
};

// Takes "IFEQ value" or one of its kin; nothing, taking nothing, if none is next. Fails where a
// digest is not 16 hexadecimal digits.
Result<std::optional<StringCondition>> TakeStringCondition(ArgCursor& args);

// XXH3 of the bytes as 16 lower-case hexadecimal digits: what DIGEST replies. Unkeyed, so that
// clients can compute it too.
std::string StringDigest(const Text& text);

}  // namespace thimble
