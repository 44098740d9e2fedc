#include "server/commands/string_conditions.h"

#include <cctype>

#include "storage/table/digest.h"

namespace thimble {
namespace {

constexpr size_t kDigestDigits = 16;

bool IsDigest(Bytes text) {
  if (text.size() != kDigestDigits) return false;
  for (const char c : text) {
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return false;
  }
  return true;
}

}  // namespace

bool StringCondition::Holds(const StringView& string) const {
  switch (kind) {
    case Kind::kEquals:
      return string.exists() && string.text() == operand;
    case Kind::kDiffers:
      return !string.exists() || !(string.text() == operand);
    case Kind::kDigestEquals:
      return string.exists() && EqualsIgnoringCase(operand, StringDigest(string.text()));
    case Kind::kDigestDiffers:
      return !string.exists() || !EqualsIgnoringCase(operand, StringDigest(string.text()));
  }
  return false;
}

Result<std::optional<StringCondition>> TakeStringCondition(ArgCursor& args) {
  struct Word {
    Bytes word;
    StringCondition::Kind kind;
    bool digest;
  };
  static constexpr Word kWords[] = {
      {"ifeq", StringCondition::Kind::kEquals, false},
      {"ifne", StringCondition::Kind::kDiffers, false},
      {"ifdeq", StringCondition::Kind::kDigestEquals, true},
      {"ifdne", StringCondition::Kind::kDigestDiffers, true},
  };
  for (const Word& word : kWords) {
    if (!args.TakeOption(word.word)) continue;
    const Bytes operand = args.Next();
    if (word.digest && !IsDigest(operand)) {
      return Error::Message("ERR digest must be exactly 16 hexadecimal characters");
    }
    return std::optional(StringCondition{word.kind, operand});
  }
  return std::optional<StringCondition>();
}

std::string StringDigest(const Text& text) {
  std::string scratch;
  const uint64_t digest = PublicDigest(text.Flatten(scratch));
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string digits(kDigestDigits, '0');
  for (size_t i = 0; i < kDigestDigits; ++i) digits[i] = kDigits[(digest >> (60 - 4 * i)) & 15U];
  return digits;
}

}  // namespace thimble
