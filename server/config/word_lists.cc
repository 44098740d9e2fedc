// Values of several words: readers for the rows that use WordList().
#include <cctype>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "server/config/value_types.h"
#include "storage/common/number.h"
#include "storage/common/words.h"

namespace thimble::reading {
namespace {

Error Reason(std::string text) {
  return Error::Message(std::move(text));
}

std::string Joined(Words words) {
  std::string joined;
  for (const std::string& word : words) {
    if (!joined.empty()) joined += ' ';
    joined += word;
  }
  return joined;
}

bool IsSingleEmpty(Words words) {
  return words.size() == 1 && words[0].empty();
}

}  // namespace

Result<std::string> Addresses(const ValueType& /*type*/, Words words,
                              const std::string& /*current*/) {
  constexpr size_t kMaxAddresses = 16;
  if (words.size() > kMaxAddresses) return Reason("Too many bind addresses specified.");
  if (IsSingleEmpty(words)) return std::string();
  return Joined(words);
}

// "seconds changes" pairs.
Result<std::string> SavePoints(const ValueType& /*type*/, Words words,
                               const std::string& /*current*/) {
  if (words.empty() || IsSingleEmpty(words)) return std::string();
  if (words.size() % 2 != 0) return Reason("Invalid save parameters");
  for (size_t i = 0; i < words.size(); i += 2) {
    const std::optional<int64_t> seconds = ParseInt64(words[i]);
    const std::optional<int64_t> changes = ParseInt64(words[i + 1]);
    if (!seconds || !changes || *seconds < 1 || *changes < 0) {
      return Reason("Invalid save parameters");
    }
  }
  return Joined(words);
}

// "class hard soft seconds" groups; a class not named keeps its limits.
Result<std::string> OutputLimits(const ValueType& /*type*/, Words words,
                                 const std::string& current) {
  std::vector<std::string> limits = *SplitWords(current);
  if (IsSingleEmpty(words)) return current;
  if (words.size() % 4 != 0) {
    return Reason("Wrong number of arguments in buffer limit configuration.");
  }
  for (size_t i = 0; i < words.size(); i += 4) {
    std::string name = LowerCase(words[i]);
    if (name == "replica") name = "slave";
    size_t at = 0;
    while (at < limits.size() && limits[at] != name) at += 4;
    if (at >= limits.size()) {
      return Reason("Invalid client class specified in buffer limit configuration.");
    }
    const std::optional<uint64_t> hard = ParseMemory(words[i + 1]);
    const std::optional<uint64_t> soft = ParseMemory(words[i + 2]);
    const std::optional<int64_t> seconds = ParseInt64(words[i + 3]);
    if (!hard || !soft || !seconds || *seconds < 0) {
      return Reason("Error in hard, soft or soft_seconds setting in buffer limit configuration.");
    }
    limits[at + 1] = std::to_string(*hard);
    limits[at + 2] = std::to_string(*soft);
    limits[at + 3] = std::to_string(*seconds);
  }
  return Joined(limits);
}

// Letters of keyspace notifications, given back in one fixed order. `A` stands for all of the kinds
// before K, but not for misses and new keys.
Result<std::string> Events(const ValueType& /*type*/, Words words, const std::string& /*current*/) {
  constexpr std::string_view kKinds = "g$lshzxetd";
  constexpr std::string_view kOthers = "nKEm";
  std::string named;
  for (const char c : words[0]) {
    if (c == 'A') {
      named += kKinds;
    } else if (kKinds.find(c) != std::string_view::npos ||
               kOthers.find(c) != std::string_view::npos) {
      named += c;
    } else {
      return Reason("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
    }
  }
  std::string kinds;
  for (const char c : kKinds) {
    if (named.find(c) != std::string::npos) kinds += c;
  }
  std::string value = kinds == kKinds ? "A" : kinds;
  for (const char c : kOthers) {
    if (named.find(c) != std::string::npos) value += c;
  }
  return value;
}

Result<std::string> Percentiles(const ValueType& /*type*/, Words words,
                                const std::string& /*current*/) {
  if (IsSingleEmpty(words)) return std::string();
  std::string value;
  for (const std::string& word : words) {
    char* end = nullptr;
    const double percent = std::strtod(word.c_str(), &end);
    const bool starts_well =
        !word.empty() && std::isspace(static_cast<unsigned char>(word[0])) == 0;
    if (!starts_well || end != word.c_str() + word.size()) {
      return Reason("Invalid latency-tracking-info-percentiles parameters");
    }
    if (!(percent >= 0.0 && percent <= 100.0)) {
      return Reason("latency-tracking-info-percentiles parameters should sit between [0.0,100.0]");
    }
    char text[64];
    auto length = static_cast<size_t>(std::snprintf(text, sizeof text, "%f", percent));
    while (text[length - 1] == '0') --length;
    if (text[length - 1] == '.') --length;
    if (!value.empty()) value += ' ';
    value.append(text, length);
  }
  return value;
}

Result<std::string> OomScores(const ValueType& /*type*/, Words words,
                              const std::string& /*current*/) {
  constexpr size_t kScores = 3;
  constexpr int64_t kMaxScore = 2000;
  if (words.size() != kScores) return Reason("wrong number of arguments");
  for (const std::string& word : words) {
    const std::optional<int64_t> score = ParseInt64(word);
    if (!score || *score < -kMaxScore || *score > kMaxScore) {
      return Reason("Invalid oom-score-adj-values, elements must be between -2000 and 2000.");
    }
  }
  return Joined(words);
}

// "host port", or "no one".
Result<std::string> MasterAddress(const ValueType& /*type*/, Words words,
                                  const std::string& /*current*/) {
  if (IsSingleEmpty(words)) return std::string();
  if (words.size() != 2) return Reason("wrong number of arguments");
  if (LowerCase(words[0]) == "no" && LowerCase(words[1]) == "one") return std::string();
  const std::optional<int64_t> port = ParseInt64(words[1]);
  if (!port || *port < 0 || *port > 65535) return Reason("Invalid master port");
  return Joined(words);
}

}  // namespace thimble::reading
