#include "storage/common/words.h"

namespace thimble {
namespace {

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r' || c == '\0';
}

// The value of a hexadecimal digit, or -1.
int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char Unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'a':
      return '\a';
    default:
      return c;
  }
}

// Reads from behind the opening quote to behind the closing one. False if there is none.
bool ReadDoubleQuoted(Bytes line, size_t& at, std::string& word) {
  while (at < line.size()) {
    const char c = line[at];
    if (c == '"') {
      ++at;
      return true;
    }
    if (c != '\\' || at + 1 == line.size()) {
      word.push_back(c);
      ++at;
      continue;
    }
    if (line[at + 1] == 'x' && at + 3 < line.size() && HexDigit(line[at + 2]) >= 0 &&
        HexDigit(line[at + 3]) >= 0) {
      word.push_back(static_cast<char>(HexDigit(line[at + 2]) * 16 + HexDigit(line[at + 3])));
      at += 4;
      continue;
    }
    word.push_back(Unescaped(line[at + 1]));
    at += 2;
  }
  return false;
}

bool ReadSingleQuoted(Bytes line, size_t& at, std::string& word) {
  while (at < line.size()) {
    if (line[at] == '\'') {
      ++at;
      return true;
    }
    if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == '\'') ++at;
    word.push_back(line[at]);
    ++at;
  }
  return false;
}

}  // namespace

std::optional<std::vector<std::string>> SplitWords(Bytes line) {
  std::vector<std::string> words;
  size_t at = 0;
  while (true) {
    while (at < line.size() && IsSpace(line[at])) ++at;
    if (at == line.size()) return words;
    std::string& word = words.emplace_back();
    while (at < line.size() && !IsSpace(line[at])) {
      const char c = line[at++];
      if (c != '"' && c != '\'') {
        word.push_back(c);
        continue;
      }
      const bool closed =
          c == '"' ? ReadDoubleQuoted(line, at, word) : ReadSingleQuoted(line, at, word);
      if (!closed || (at < line.size() && !IsSpace(line[at]))) return std::nullopt;
    }
  }
}

void AppendQuoted(std::string& out, Bytes bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  out.push_back('"');
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '\\':
      case '"':
        out.push_back('\\');
        out.push_back(c);
        break;
      case '\n':
        out.append("\\n");
        break;
      case '\r':
        out.append("\\r");
        break;
      case '\t':
        out.append("\\t");
        break;
      case '\a':
        out.append("\\a");
        break;
      case '\b':
        out.append("\\b");
        break;
      default:
        if (byte >= 0x20 && byte < 0x7f) {
          out.push_back(c);
        } else {
          out.append("\\x");
          out.push_back(kHex[byte >> 4U]);
          out.push_back(kHex[byte & 15U]);
        }
    }
  }
  out.push_back('"');
}

std::string LowerCase(Bytes text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

}  // namespace thimble
