#include <cctype>
#include <cstdlib>
#include <cstring>

#include <strings.h>

#include "server/script/interpreter.h"
#include "server/script/json.h"

namespace thimble {
namespace {

class Decoder {
 public:
  Decoder(lua_State* lua, const JsonOptions& options, Bytes text)
      : lua_(lua), options_(options), begin_(text.data()), at_(text.data()), text_(lua) {}

  // Pushes the one value of the whole text.
  void Document() {
    ReadToken();
    Value();
    ReadToken();
    if (token_ != Token::kEnd) Expected("the end");
    text_.Drop();
  }

 private:
  enum class Token {
    kObject,
    kObjectEnd,
    kList,
    kListEnd,
    kText,
    kNumber,
    kTrue,
    kFalse,
    kNull,
    kColon,
    kComma,
    kEnd,
    kBad
  };

  // --- Tokens -------------------------------------------------------------------------------
  // What follows becomes token_. The text ends at its first NUL.
  void ReadToken() {
    Interpreter::Of(lua_).Work(lua_, 1);
    while (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r') ++at_;
    token_at_ = at_;
    switch (*at_) {
      case '{':
        return Single(Token::kObject);
      case '}':
        return Single(Token::kObjectEnd);
      case '[':
        return Single(Token::kList);
      case ']':
        return Single(Token::kListEnd);
      case ':':
        return Single(Token::kColon);
      case ',':
        return Single(Token::kComma);
      case '\0':
        token_ = Token::kEnd;
        return;
      case '"':
        return ReadText();
      default:
        return ReadWord();
    }
  }

  void Single(Token token) {
    token_ = token;
    ++at_;
  }

  bool TakeWord(Bytes word) {
    if (std::strncmp(at_, word.data(), word.size()) != 0) return false;
    at_ += word.size();
    return true;
  }

  void ReadWord() {
    if (*at_ == '-' || std::isdigit(static_cast<unsigned char>(*at_)) != 0) {
      if (!options_.decode_invalid_numbers && IsUnusualNumber()) return Bad("invalid number");
      return ReadNumber();
    }
    if (TakeWord("true")) {
      token_ = Token::kTrue;
    } else if (TakeWord("false")) {
      token_ = Token::kFalse;
    } else if (TakeWord("null")) {
      token_ = Token::kNull;
    } else if (options_.decode_invalid_numbers && IsUnusualNumber()) {
      ReadNumber();
    } else {
      Bad("invalid token");
    }
  }

  // A number that strtod reads but JSON does not know: a plus sign, a leading zero, hexadecimal,
  // infinity.
  bool IsUnusualNumber() const {
    const char* p = at_;
    if (*p == '+') return true;
    if (*p == '-') ++p;
    if (*p == '0')
      return p[1] == 'x' || p[1] == 'X' || std::isdigit(static_cast<unsigned char>(p[1])) != 0;
    if (std::isdigit(static_cast<unsigned char>(*p)) != 0) return false;
    return strncasecmp(p, "inf", 3) == 0 || strncasecmp(p, "nan", 3) == 0;
  }

  void ReadNumber() {
    char* end = nullptr;
    number_ = std::strtod(at_, &end);
    if (end == at_) return Bad("invalid number");
    at_ = end;
    token_ = Token::kNumber;
  }

  // A string: what it says is text_.
  void ReadText() {
    text_.Shrink(0);
    const char* plain = ++at_;
    while (*at_ != '"') {
      if (*at_ == '\0') return BadHere("unexpected end of string");
      if (*at_ != '\\') {
        ++at_;
        continue;
      }
      text_.Append(Bytes(plain, static_cast<size_t>(at_ - plain)));
      if (!ReadEscape()) return;
      plain = at_;
    }
    text_.Append(Bytes(plain, static_cast<size_t>(at_ - plain)));
    ++at_;
    Interpreter::Of(lua_).Work(lua_, text_.size() / 16);
    token_ = Token::kText;
  }

  bool ReadEscape() {
    constexpr Bytes kNames = "\"\\/bfnrt";
    constexpr Bytes kMeant = "\"\\/\b\f\n\r\t";
    if (at_[1] == 'u') {
      if (ReadCodePoint()) return true;
      BadHere("invalid unicode escape code");
      return false;
    }
    const size_t named = at_[1] == '\0' ? Bytes::npos : kNames.find(at_[1]);
    if (named == Bytes::npos) {
      BadHere("invalid escape code");
      return false;
    }
    text_.Append(kMeant[named]);
    at_ += 2;
    return true;
  }

  // Four hexadecimal digits, or -1.
  static int HexUnit(const char* digits) {
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
      const auto c = static_cast<unsigned char>(digits[i]);
      if (std::isxdigit(c) == 0) return -1;
      unit = unit * 16 + (std::isdigit(c) != 0 ? c - '0' : std::tolower(c) - 'a' + 10);
    }
    return unit;
  }

  // "\u1234", or a surrogate pair of two, appended as UTF-8.
  bool ReadCodePoint() {
    int code = HexUnit(at_ + 2);
    if (code < 0) return false;
    size_t taken = 6;
    if ((code & 0xF800) == 0xD800) {
      if ((code & 0x400) != 0 || at_[6] != '\\' || at_[7] != 'u') return false;
      const int low = HexUnit(at_ + 8);
      if (low < 0 || (low & 0xFC00) != 0xDC00) return false;
      code = ((code & 0x3FF) << 10) + (low & 0x3FF) + 0x10000;
      taken = 12;
    }
    at_ += taken;
    const auto tail = [&](int shift) {
      text_.Append(static_cast<char>(0x80 | (code >> shift & 0x3F)));
    };
    if (code < 0x80) {
      text_.Append(static_cast<char>(code));
    } else if (code < 0x800) {
      text_.Append(static_cast<char>(0xC0 | code >> 6));
      tail(0);
    } else if (code < 0x10000) {
      text_.Append(static_cast<char>(0xE0 | code >> 12));
      tail(6);
      tail(0);
    } else {
      text_.Append(static_cast<char>(0xF0 | code >> 18));
      tail(12);
      tail(6);
      tail(0);
    }
    return true;
  }

  void Bad(const char* why) {
    token_ = Token::kBad;
    why_bad_ = why;
  }
  void BadHere(const char* why) {
    token_at_ = at_;
    Bad(why);
  }

  void Expected(const char* what) {
    static constexpr const char* kNames[] = {"T_OBJ_BEGIN", "T_OBJ_END", "T_ARR_BEGIN", "T_ARR_END",
                                             "T_STRING",    "T_NUMBER",  "T_BOOLEAN",   "T_BOOLEAN",
                                             "T_NULL",      "T_COLON",   "T_COMMA",     "T_END"};
    const char* const found =
        token_ == Token::kBad ? why_bad_ : kNames[static_cast<size_t>(token_)];
    luaL_error(lua_, "Expected %s but found %s at character %d", what, found,
               static_cast<int>(token_at_ - begin_ + 1));
  }

  // --- Values -------------------------------------------------------------------------------
  void Value() {
    switch (token_) {
      case Token::kText:
        return PushBytes(lua_, text_.view());
      case Token::kNumber:
        return lua_pushnumber(lua_, number_);
      case Token::kTrue:
      case Token::kFalse:
        return lua_pushboolean(lua_, token_ == Token::kTrue);
      case Token::kNull:
        return lua_pushlightuserdata(lua_, nullptr);
      case Token::kObject:
        return Object();
      case Token::kList:
        return List();
      default:
        Expected("value");
    }
  }

  void Descend() {
    if (++depth_ > options_.decode_max_depth || lua_checkstack(lua_, 4) == 0) {
      luaL_error(lua_, "Found too many nested data structures (%d) at character %d", depth_,
                 static_cast<int>(at_ - begin_));
    }
  }

  void Object() {
    Descend();
    lua_newtable(lua_);
    ReadToken();
    while (token_ != Token::kObjectEnd) {
      if (token_ != Token::kText) Expected("object key string");
      PushBytes(lua_, text_.view());
      ReadToken();
      if (token_ != Token::kColon) Expected("colon");
      ReadToken();
      Value();
      lua_rawset(lua_, -3);
      ReadToken();
      if (token_ == Token::kObjectEnd) break;
      if (token_ != Token::kComma) Expected("comma or object end");
      ReadToken();
      if (token_ == Token::kObjectEnd) Expected("object key string");
    }
    --depth_;
  }

  void List() {
    Descend();
    lua_newtable(lua_);
    ReadToken();
    for (int i = 1; token_ != Token::kListEnd; ++i) {
      Value();
      lua_rawseti(lua_, -2, i);
      ReadToken();
      if (token_ == Token::kListEnd) break;
      if (token_ != Token::kComma) Expected("comma or array end");
      ReadToken();
      if (token_ == Token::kListEnd) Expected("value");
    }
    --depth_;
  }

  lua_State* lua_;
  const JsonOptions& options_;
  const char* const begin_;
  const char* at_;
  Token token_ = Token::kEnd;
  const char* token_at_ = nullptr;
  const char* why_bad_ = nullptr;
  double number_ = 0;
  TextPiece text_;
  int depth_ = 0;
};

}  // namespace

void DecodeJson(lua_State* lua, const JsonOptions& options, Bytes text) {
  if (text.size() >= 2 && (text[0] == '\0' || text[1] == '\0')) {
    luaL_error(lua, "JSON parser does not support UTF-16 or UTF-32");
  }
  Decoder(lua, options, text).Document();
}

}  // namespace thimble
