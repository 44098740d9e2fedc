#include "server/stats/redaction.h"

#include "server/command/args.h"
#include "server/command/registry.h"
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

// MIGRATE host port key database timeout [COPY] [REPLACE] [AUTH password | AUTH2 user password] ...
void HideMigrateLogin(std::vector<Bytes>& shown) {
  constexpr size_t kFirstOption = 6;
  for (size_t i = kFirstOption; i < shown.size(); ++i) {
    size_t hidden = 0;
    if (EqualsIgnoringCase(shown[i], "keys")) return;
    if (EqualsIgnoringCase(shown[i], "auth")) hidden = 1;
    if (EqualsIgnoringCase(shown[i], "auth2")) hidden = 2;
    for (; hidden > 0 && i + 1 < shown.size(); --hidden) shown[++i] = kRedactedText;
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

std::vector<Bytes> Redacted(const CommandRegistry& registry, std::span<const Bytes> args) {
  std::vector<Bytes> shown(args.begin(), args.end());
  if (shown.size() < 2) return shown;
  const Command* const command = registry.Find(args[0]);
  if (command == nullptr) return shown;
  const Bytes name = command->spec->name;
  if (name == "auth") {
    for (size_t i = 1; i < shown.size(); ++i) shown[i] = kRedactedText;
  } else if (name == "hello") {
    HideHelloLogin(shown);
  } else if (name == "migrate") {
    HideMigrateLogin(shown);
  } else if (name == "config" && EqualsIgnoringCase(shown[1], "set")) {
    HideSensitiveOptions(shown);
  }
  return shown;
}

}  // namespace thimble
