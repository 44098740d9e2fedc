#include "server/config/value_types.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/common/number.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

Error Reason(std::string text) {
  return Error::Message(std::move(text));
}

std::string Between(const std::string& min, const std::string& max) {
  return "argument must be between " + min + " and " + max + " inclusive";
}

// Value of the digits a text starts with; stops at the largest number there is.
uint64_t LeadingNumber(std::string_view digits) {
  uint64_t value = 0;
  for (const char c : digits) {
    const auto digit = static_cast<uint64_t>(c - '0');
    if (value > (UINT64_MAX - digit) / 10) return UINT64_MAX;
    value = value * 10 + digit;
  }
  return value;
}

std::optional<uint64_t> UnitBytes(std::string_view unit) {
  const std::string lower = LowerCase(unit);
  if (lower.empty() || lower == "b") return 1;
  if (lower == "k") return 1000;
  if (lower == "kb") return 1024;
  if (lower == "m") return 1000'000;
  if (lower == "mb") return 1024U * 1024U;
  if (lower == "g") return 1000'000'000;
  if (lower == "gb") return 1024ULL * 1024 * 1024;
  return std::nullopt;
}

std::string ChoiceList(std::span<const std::string_view> choices) {
  std::string list;
  for (const std::string_view choice : choices) {
    if (!list.empty()) list += ", ";
    list += choice;
  }
  return "argument(s) must be one of the following: " + list;
}

std::optional<std::string_view> FindChoice(std::span<const std::string_view> choices,
                                           const std::string& word) {
  const auto found = std::find(choices.begin(), choices.end(), LowerCase(word));
  if (found == choices.end()) return std::nullopt;
  return *found;
}

// A name in a folder that another option gives.
Result<std::string> NameWithoutPath(const std::string& name, const char* refusal) {
  if (name.find_first_of("/\\") != std::string::npos) return Reason(refusal);
  return name;
}

}  // namespace

std::optional<uint64_t> ParseMemory(std::string_view text) {
  const size_t digits = static_cast<size_t>(
      std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; }) -
      text.begin());
  const std::optional<uint64_t> unit = UnitBytes(text.substr(digits));
  if (!unit) return std::nullopt;
  const uint64_t count = LeadingNumber(text.substr(0, digits));
  return count > UINT64_MAX / *unit ? UINT64_MAX : count * *unit;
}

namespace reading {

Result<std::string> Bool(const ValueType& /*type*/, Words words, const std::string& /*current*/) {
  std::string lower = LowerCase(words[0]);
  if (lower != "yes" && lower != "no") return Reason("argument must be 'yes' or 'no'");
  return lower;
}

Result<std::string> Integer(const ValueType& type, Words words, const std::string& /*current*/) {
  const std::optional<int64_t> value = ParseInt64(words[0]);
  if (!value) return Reason("argument couldn't be parsed into an integer");
  if (*value < type.min || *value > type.max) {
    return Reason(Between(std::to_string(type.min), std::to_string(type.max)));
  }
  return words[0];
}

Result<std::string> Memory(const ValueType& type, Words words, const std::string& /*current*/) {
  const std::optional<uint64_t> bytes = ParseMemory(words[0]);
  if (!bytes) return Reason("argument must be a memory value");
  const bool too_large = type.max != kNoMax && *bytes > static_cast<uint64_t>(type.max);
  if (*bytes < static_cast<uint64_t>(type.min) || too_large) {
    return Reason(Between(std::to_string(type.min), std::to_string(type.max)));
  }
  return std::to_string(*bytes);
}

Result<std::string> MemoryOrPercent(const ValueType& type, Words words,
                                    const std::string& current) {
  const std::string& text = words[0];
  if (text.ends_with('%')) {
    const std::optional<int64_t> percent = ParseInt64(Bytes(text).substr(0, text.size() - 1));
    if (!percent || *percent < 0) return Reason("argument must be a memory or percent value");
    if (*percent > 100) return Reason("percentage argument must be less or equal to 100");
    return *percent == 0 ? "0" : text;
  }
  if (!ParseMemory(text)) return Reason("argument must be a memory or percent value");
  return Memory(type, words, current);
}

Result<std::string> Octal(const ValueType& type, Words words, const std::string& /*current*/) {
  int64_t value = 0;
  const char* const end = words[0].data() + words[0].size();
  const auto [stop, status] = std::from_chars(words[0].data(), end, value, 8);
  if (status != std::errc{} || stop != end) {
    return Reason("argument couldn't be parsed as an octal number");
  }
  if (value < type.min || value > type.max) return Reason(Between("0", "777"));
  char octal[24];
  const auto written = std::to_chars(octal, octal + sizeof octal, value, 8);
  return std::string(octal, written.ptr);
}

Result<std::string> Choice(const ValueType& type, Words words, const std::string& /*current*/) {
  const auto choice = FindChoice(type.choices, words[0]);
  if (!choice) return Reason(ChoiceList(type.choices));
  return std::string(*choice);
}

// Any number of the choices, kept in the order of the list; the first one means none of the rest.
Result<std::string> Choices(const ValueType& type, Words words, const std::string& /*current*/) {
  std::string value;
  for (const std::string& word : words) {
    if (!FindChoice(type.choices, word)) return Reason(ChoiceList(type.choices));
  }
  for (const std::string_view choice : type.choices.subspan(1)) {
    const bool named = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return LowerCase(word) == choice;
    });
    if (!named) continue;
    if (!value.empty()) value += ' ';
    value += choice;
  }
  return value.empty() ? std::string(type.choices[0]) : value;
}

Result<std::string> ShutdownWays(const ValueType& type, Words words, const std::string& current) {
  const auto named = [&](std::string_view way) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return LowerCase(word) == way; });
  };
  if (named("save") && named("nosave")) {
    return Reason("shutdown options SAVE and NOSAVE can't be used simultaneously");
  }
  return Choices(type, words, current);
}

Result<std::string> Text(const ValueType& /*type*/, Words words, const std::string& /*current*/) {
  return words[0];
}

// The directory must be there; Settings' owner moves into it when the value is taken.
Result<std::string> Directory(const ValueType& /*type*/, Words words,
                              const std::string& /*current*/) {
  const int directory = open(words[0].c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return Reason(std::strerror(errno));
  close(directory);
  if (access(words[0].c_str(), X_OK) != 0) return Reason(std::strerror(errno));
  char* const absolute = realpath(words[0].c_str(), nullptr);
  if (absolute == nullptr) return Reason(std::strerror(errno));
  std::string path = absolute;
  std::free(absolute);
  return path;
}

Result<std::string> DumpFileName(const ValueType& /*type*/, Words words,
                                 const std::string& /*current*/) {
  return NameWithoutPath(words[0], "dbfilename can't be a path, just a filename");
}

Result<std::string> LogFileName(const ValueType& /*type*/, Words words,
                                const std::string& /*current*/) {
  if (words[0].empty()) return Reason("appendfilename can't be empty");
  return NameWithoutPath(words[0], "appendfilename can't be a path, just a filename");
}

Result<std::string> LogFolderName(const ValueType& /*type*/, Words words,
                                  const std::string& /*current*/) {
  if (words[0].empty()) return Reason("appenddirname can't be empty");
  return NameWithoutPath(words[0], "appenddirname can't be a path, just a dirname");
}

// Out of range is not an error here but moved to the nearest rate that makes sense.
Result<std::string> Hertz(const ValueType& type, Words words, const std::string& current) {
  Result<std::string> value = Integer(type, words, current);
  if (!value.ok()) return value;
  return std::to_string(std::clamp<int64_t>(*ParseInt64(*value), 1, 500));
}

Result<std::string> HostName(const ValueType& /*type*/, Words words,
                             const std::string& /*current*/) {
  constexpr size_t kMaxHostName = 255;
  if (words[0].size() > kMaxHostName) {
    return Reason("Hostnames must be less than 256 characters");
  }
  for (const char c : words[0]) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && c != '-' && c != '.') {
      return Reason("Hostnames may only contain alphanumeric characters, hyphens or dots");
    }
  }
  return words[0];
}

Result<std::string> LogFile(const ValueType& /*type*/, Words words,
                            const std::string& /*current*/) {
  if (words[0].empty()) return words[0];
  const int file = open(words[0].c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return Reason("Can't open the log file: " + std::string(std::strerror(errno)));
  close(file);
  return words[0];
}

Result<std::string> TitleTemplate(const ValueType& /*type*/, Words words,
                                  const std::string& /*current*/) {
  static constexpr std::string_view kVariables[] = {
      "title", "listen-addr", "server-mode", "port", "tls-port", "unixsocket", "config-file"};
  const std::string& text = words[0];
  if (text.find_first_not_of(' ') == std::string::npos) {
    return Reason("template format is invalid or contains unknown variables");
  }
  for (size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    const size_t end = text.find('}', at);
    const std::string_view name = end == std::string::npos
                                      ? std::string_view()
                                      : std::string_view(text).substr(at + 1, end - at - 1);
    if (std::find(std::begin(kVariables), std::end(kVariables), name) == std::end(kVariables)) {
      return Reason("template format is invalid or contains unknown variables");
    }
  }
  return text;
}

}  // namespace reading
}  // namespace thimble
