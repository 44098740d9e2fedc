#include "server/stats/info.h"

#include <algorithm>
#include <cstdio>

#include "storage/common/number.h"
#include "storage/common/words.h"

namespace thimble {

void InfoText::Field(std::string_view name, std::string_view value) {
  out_.append(name).append(":").append(value).append("\r\n");
}

void InfoText::Field(std::string_view name, double value, int places, std::string_view unit) {
  char text[64];
  const int length = std::snprintf(text, sizeof text, "%.*f", places, value);
  out_.append(name).append(":").append(text, static_cast<size_t>(length)).append(unit);
  out_.append("\r\n");
}

void InfoText::Zeroes(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) Field(name, 0);
}

void InfoText::Bytes(std::string_view name, uint64_t bytes) {
  Field(name, bytes);
  Field(std::string(name) + "_human", HumanBytes(bytes));
}

void InfoRegistry::Add(std::string_view name, Shown shown, Writer writer) {
  sections_.push_back({std::string(name), shown, std::move(writer)});
}

std::string InfoRegistry::Render(std::span<const Bytes> names) const {
  std::vector<std::string> wanted;
  for (const Bytes name : names) wanted.push_back(LowerCase(name));
  const auto asked = [&](const std::string& name) {
    return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
  };
  const bool defaults = wanted.empty() || asked("default");
  const bool all = asked("all") || asked("everything");

  std::string text;
  for (const Section& section : sections_) {
    const bool shown =
        all || (defaults && section.shown == Shown::kByDefault) || asked(LowerCase(section.name));
    if (!shown) continue;
    if (!text.empty()) text += "\r\n";
    text += "# " + section.name + "\r\n";
    InfoText lines(text);
    section.writer(lines);
  }
  return text;
}

}  // namespace thimble
