#pragma once

#include <optional>

#include "server/config/option.h"

namespace thimble {

// The kinds of values options have, for the rows of the option table. Errors are Redis's words:
// deployment scripts match on them.

namespace reading {
using Words = ValueType::Words;
Result<std::string> Bool(const ValueType& type, Words words, const std::string& current);
Result<std::string> Integer(const ValueType& type, Words words, const std::string& current);
Result<std::string> Memory(const ValueType& type, Words words, const std::string& current);
Result<std::string> MemoryOrPercent(const ValueType& type, Words words, const std::string& current);
Result<std::string> Octal(const ValueType& type, Words words, const std::string& current);
Result<std::string> Choice(const ValueType& type, Words words, const std::string& current);
Result<std::string> Choices(const ValueType& type, Words words, const std::string& current);
Result<std::string> Text(const ValueType& type, Words words, const std::string& current);
Result<std::string> Addresses(const ValueType& type, Words words, const std::string& current);
Result<std::string> Directory(const ValueType& type, Words words, const std::string& current);
Result<std::string> Events(const ValueType& type, Words words, const std::string& current);
Result<std::string> DumpFileName(const ValueType& type, Words words, const std::string& current);
Result<std::string> LogFileName(const ValueType& type, Words words, const std::string& current);
Result<std::string> LogFolderName(const ValueType& type, Words words, const std::string& current);
Result<std::string> Hertz(const ValueType& type, Words words, const std::string& current);
Result<std::string> HostName(const ValueType& type, Words words, const std::string& current);
Result<std::string> LogFile(const ValueType& type, Words words, const std::string& current);
Result<std::string> MasterAddress(const ValueType& type, Words words, const std::string& current);
Result<std::string> OomScores(const ValueType& type, Words words, const std::string& current);
Result<std::string> OutputLimits(const ValueType& type, Words words, const std::string& current);
Result<std::string> Percentiles(const ValueType& type, Words words, const std::string& current);
Result<std::string> SavePoints(const ValueType& type, Words words, const std::string& current);
Result<std::string> ShutdownWays(const ValueType& type, Words words, const std::string& current);
Result<std::string> TitleTemplate(const ValueType& type, Words words, const std::string& current);
}  // namespace reading

constexpr int64_t kMaxInt = INT32_MAX;
constexpr int64_t kMaxLong = INT64_MAX;

constexpr ValueType YesNo() {
  return {.read = reading::Bool};
}
constexpr ValueType Number(int64_t min, int64_t max) {
  return {.read = reading::Integer, .min = min, .max = max};
}
// Bytes, with units. `max` kNoMax means no upper limit but the type's own.
constexpr int64_t kNoMax = -1;
constexpr ValueType MemorySize(int64_t min = 0, int64_t max = kMaxLong) {
  return {.read = reading::Memory, .form = FileForm::kMemory, .min = min, .max = max};
}
constexpr ValueType MemoryOrPercentage() {
  return {.read = reading::MemoryOrPercent, .form = FileForm::kMemory, .max = kMaxLong};
}
constexpr ValueType Permissions() {
  return {.read = reading::Octal, .max = 0777};
}
constexpr ValueType OneOf(std::span<const std::string_view> choices) {
  return {.read = reading::Choice, .choices = choices};
}
constexpr ValueType SomeOf(std::span<const std::string_view> choices,
                           ValueType::Reader read = reading::Choices) {
  return {.read = read, .several_words = true, .choices = choices};
}
constexpr ValueType AnyText() {
  return {.read = reading::Text, .form = FileForm::kQuoted};
}
constexpr ValueType CheckedText(ValueType::Reader read) {
  return {.read = read, .form = FileForm::kQuoted};
}
constexpr ValueType WordList(ValueType::Reader read, FileForm form = FileForm::kPlain) {
  return {.read = read, .several_words = true, .form = form};
}

// "12", "1k" (1000), "1kb" (1024), ... up to gb; case-free. Nothing if malformed.
std::optional<uint64_t> ParseMemory(std::string_view text);

}  // namespace thimble
