#include "storage/common/words.h"

namespace thimble {
namespace {

bool IsWordBreak(char c) {
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

}  // namespace

bool ReadQuoted(Bytes line, size_t& at, char quote, std::string& out) {
  while (at < line.size()) {
    const char c = line[at];
    const Bytes rest = line.substr(at + 1);
    if (c == quote) {
      ++at;
      return true;
    }
    if (c == '\\' && quote == '"' && rest.size() >= 3 && rest[0] == 'x' && HexDigit(rest[1]) >= 0 &&
        HexDigit(rest[2]) >= 0) {
      out += static_cast<char>(HexDigit(rest[1]) * 16 + HexDigit(rest[2]));
      at += 4;
    } else if (c == '\\' && quote == '"' && !rest.empty()) {
      out += Unescaped(rest.front());
      at += 2;
    } else if (c == '\\' && quote == '\'' && rest.starts_with('\'')) {
      out += '\'';
      at += 2;
    } else {
      out += c;
      ++at;
    }
  }
  return false;
}

std::optional<std::vector<std::string>> SplitWords(Bytes line) {
  std::vector<std::string> words;
  size_t at = 0;
  while (true) {
    while (at < line.size() && IsWordBreak(line[at])) ++at;
    if (at == line.size()) return words;
    std::string& word = words.emplace_back();
    while (at < line.size() && !IsWordBreak(line[at])) {
      const char c = line[at++];
      if (c != '"' && c != '\'') {
        word.push_back(c);
        continue;
      }
      if (!ReadQuoted(line, at, c, word)) return std::nullopt;
      if (at < line.size() && !IsWordBreak(line[at])) return std::nullopt;
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
