#include "server/stats/redaction.h"

#include "server/command/args.h"
#include "server/config/option.h"

namespace thimble {
namespace {

constexpr Bytes kRedactedText = "(redacted)";

// HELLO proto AUTH user password ...
void HideHelloLogin(std::vector<Bytes>& shown) {
  for (size_t i = 2; i + 2 < shown.size(); ++i) {
    if (!EqualsIgnoringCase(shown[i], "auth")) continue;
    shown[i + 1] = kRedactedText;
    shown[i + 2] = kRedactedText;
    i += 2;
  }
}

// CONFIG SET name value ...
void HideSensitiveOptions(std::vector<Bytes>& shown) {
  for (size_t i = 2; i + 1 < shown.size(); i += 2) {
    const OptionSpec* option = FindOption(shown[i]);
    if (option != nullptr && option->Is(kSensitive)) shown[i + 1] = kRedactedText;
  }
}

}  // namespace

std::vector<Bytes> Redacted(std::span<const Bytes> args) {
  std::vector<Bytes> shown(args.begin(), args.end());
  if (shown.size() < 2) return shown;
  if (EqualsIgnoringCase(shown[0], "auth")) {
    for (size_t i = 1; i < shown.size(); ++i) shown[i] = kRedactedText;
  } else if (EqualsIgnoringCase(shown[0], "hello")) {
    HideHelloLogin(shown);
  } else if (EqualsIgnoringCase(shown[0], "config") && EqualsIgnoringCase(shown[1], "set")) {
    HideSensitiveOptions(shown);
  }
  return shown;
}

}  // namespace thimble
