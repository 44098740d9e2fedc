#include "server/command/syntax.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "storage/common/words.h"

namespace thimble {
namespace {

constexpr std::string_view kRepeat = "...";

bool IsWordEnd(char c) {
  return c == ' ' || c == '[' || c == ']' || c == '<' || c == '>' || c == '|';
}

bool IsToken(std::string_view word) {
  return std::none_of(word.begin(), word.end(),
                      [](unsigned char c) { return std::islower(c) != 0; }) &&
         std::any_of(word.begin(), word.end(),
                     [](unsigned char c) { return std::isupper(c) != 0 || c == '\''; });
}

template <size_t n>
bool Contains(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view TypeOfName(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kKeys = {
      "key", "source", "destination", "newkey", "key1", "key2", "src", "dst"};
  static constexpr std::array<std::string_view, 22> kIntegers = {
      "seconds", "milliseconds", "count",  "cursor",    "increment", "decrement",
      "offset",  "start",        "end",    "index",     "numkeys",   "limit",
      "db",      "index1",       "index2", "client-id", "protover",  "timeout",
      "length",  "samples",      "level",  "numfields"};
  if (Contains(kKeys, name)) return "key";
  if (Contains(kIntegers, name)) return "integer";
  if (name.starts_with("unix-time")) return "unix-time";
  if (name.ends_with("pattern")) return "pattern";
  return "string";
}

ArgumentDoc FromWord(std::string_view word) {
  if (IsToken(word))
    return {.name = LowerCase(word), .type = "pure-token", .token = std::string(word)};
  // Only a known type behind a colon is one: "ip:port" is a name.
  static constexpr std::array<std::string_view, 6> kTypes = {"key",    "string",  "integer",
                                                             "double", "pattern", "unix-time"};
  const size_t colon = word.rfind(':');
  if (colon != std::string_view::npos && Contains(kTypes, word.substr(colon + 1))) {
    return {.name = std::string(word.substr(0, colon)),
            .type = std::string(word.substr(colon + 1))};
  }
  return {.name = std::string(word), .type = std::string(TypeOfName(word))};
}

bool IsPlainToken(const ArgumentDoc& argument) {
  return argument.type == "pure-token" && !argument.optional;
}

// A word that announces the one argument behind it becomes that argument's token; one that
// announces several becomes the token of a block.
std::vector<ArgumentDoc> AttachTokens(std::vector<ArgumentDoc> items, bool bracketed) {
  std::vector<ArgumentDoc> attached;
  for (size_t i = 0; i < items.size(); ++i) {
    const bool announces = IsPlainToken(items[i]) && i + 1 < items.size() &&
                           !IsPlainToken(items[i + 1]) && !items[i + 1].optional;
    if (!announces) {
      attached.push_back(std::move(items[i]));
      continue;
    }
    if (bracketed && i == 0 && items.size() > 2) {
      ArgumentDoc block{.name = items[0].name, .type = "block", .token = items[0].token};
      block.arguments.assign(std::make_move_iterator(items.begin() + 1),
                             std::make_move_iterator(items.end()));
      attached.push_back(std::move(block));
      return attached;
    }
    items[i + 1].token = items[i].token;
    attached.push_back(std::move(items[++i]));
  }
  return attached;
}

class SyntaxParser {
 public:
  explicit SyntaxParser(std::string_view text) : text_(text) {}

  std::vector<ArgumentDoc> Sequence(bool bracketed) {
    std::vector<ArgumentDoc> items;
    repeats_ = false;
    for (SkipSpace(); at_ < text_.size(); SkipSpace()) {
      const char c = text_[at_];
      if (c == ']' || c == '>' || c == '|') break;
      if (c == '[' || c == '<') {
        ++at_;
        Group(c == '[', items);
        continue;
      }
      const std::string_view word = Word();
      if (word == kRepeat) {
        repeats_ = true;
      } else {
        items.push_back(FromWord(word));
      }
    }
    return AttachTokens(std::move(items), bracketed);
  }

 private:
  // Reads what is inside brackets and adds it to the items before it.
  void Group(bool optional, std::vector<ArgumentDoc>& items) {
    std::vector<std::vector<ArgumentDoc>> choices;
    bool repeats = false;
    while (true) {
      choices.push_back(Sequence(true));
      repeats |= repeats_;
      if (at_ >= text_.size() || text_[at_] != '|') break;
      ++at_;
    }
    if (at_ < text_.size()) ++at_;
    repeats_ = false;

    if (repeats && choices.size() == 1 && Repeat(choices[0].size(), choices[0], items)) return;
    ArgumentDoc group = choices.size() == 1 ? Single(std::move(choices[0])) : OneOf(choices);
    group.optional = optional;
    group.multiple |= repeats;
    items.push_back(std::move(group));
  }

  // "x [x ...]": marks the items already there as repeatable, if they are the same ones.
  static bool Repeat(size_t count, const std::vector<ArgumentDoc>& again,
                     std::vector<ArgumentDoc>& items) {
    if (items.size() < count || count == 0) return false;
    const auto first = items.end() - static_cast<std::ptrdiff_t>(count);
    const auto same = [](const ArgumentDoc& a, const ArgumentDoc& b) { return a.name == b.name; };
    if (!std::equal(first, items.end(), again.begin(), same)) return false;
    if (count == 1) {
      first->multiple = true;
      return true;
    }
    ArgumentDoc block{.name = "data", .type = "block", .multiple = true};
    block.arguments.assign(std::make_move_iterator(first), std::make_move_iterator(items.end()));
    items.erase(first, items.end());
    items.push_back(std::move(block));
    return true;
  }

  static ArgumentDoc Single(std::vector<ArgumentDoc> sequence) {
    if (sequence.size() == 1) return std::move(sequence[0]);
    ArgumentDoc block{.name = "block", .type = "block"};
    if (!sequence.empty()) block.name = sequence[0].name;
    block.arguments = std::move(sequence);
    return block;
  }

  static ArgumentDoc OneOf(std::vector<std::vector<ArgumentDoc>>& choices) {
    ArgumentDoc one_of{.name = "choice", .type = "oneof"};
    for (auto& choice : choices) one_of.arguments.push_back(Single(std::move(choice)));
    return one_of;
  }

  void SkipSpace() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  std::string_view Word() {
    const size_t start = at_;
    while (at_ < text_.size() && !IsWordEnd(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  std::string_view text_;
  size_t at_ = 0;
  bool repeats_ = false;  // The latest Sequence ended in "...".
};

// Keys belong to the key ranges in order; the second key argument is in the second range, if any.
void NumberKeys(std::vector<ArgumentDoc>& arguments, int* next) {
  for (ArgumentDoc& argument : arguments) {
    if (argument.type == "key") argument.key_spec = (*next)++;
    NumberKeys(argument.arguments, next);
  }
}

}  // namespace

std::vector<ArgumentDoc> ParseSyntax(std::string_view syntax) {
  std::vector<ArgumentDoc> arguments = SyntaxParser(syntax).Sequence(false);
  int next = 0;
  NumberKeys(arguments, &next);
  return arguments;
}

}  // namespace thimble
