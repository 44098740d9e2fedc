#include "server/script/pattern.h"

#include <cctype>
#include <cstring>

#include "server/script/interpreter.h"
#include "storage/common/check.h"

namespace thimble {
namespace {

constexpr char kEscape = '%';

int Byte(char c) {
  return static_cast<unsigned char>(c);
}

}  // namespace

void PatternMatcher::Work() {
  Interpreter::Of(lua_).Work(lua_, 1);
}

bool PatternMatcher::InClass(int c, int letter) {
  bool inside = false;
  switch (std::tolower(letter)) {
    case 'a':
      inside = std::isalpha(c) != 0;
      break;
    case 'c':
      inside = std::iscntrl(c) != 0;
      break;
    case 'd':
      inside = std::isdigit(c) != 0;
      break;
    case 'l':
      inside = std::islower(c) != 0;
      break;
    case 'p':
      inside = std::ispunct(c) != 0;
      break;
    case 's':
      inside = std::isspace(c) != 0;
      break;
    case 'u':
      inside = std::isupper(c) != 0;
      break;
    case 'w':
      inside = std::isalnum(c) != 0;
      break;
    case 'x':
      inside = std::isxdigit(c) != 0;
      break;
    case 'z':
      inside = c == 0;
      break;
    default:
      return letter == c;
  }
  return inside != (std::isupper(letter) != 0);
}

// `set` is its '[', `set_end` one past its ']'.
bool PatternMatcher::InSet(int c, const char* set, const char* set_end) {
  const char* p = set + 1;
  const char* const last = set_end - 1;
  const bool negated = *p == '^';
  if (negated) ++p;
  for (; p < last; ++p) {
    if (*p == kEscape) {
      ++p;
      if (InClass(c, Byte(*p))) return !negated;
    } else if (p[1] == '-' && p + 2 < last) {
      if (Byte(p[0]) <= c && c <= Byte(p[2])) return !negated;
      p += 2;
    } else if (Byte(*p) == c) {
      return !negated;
    }
  }
  return negated;
}

// One past the single character, class or set that begins at `item`.
const char* PatternMatcher::EndOfItem(const char* item) {
  const char first = *item++;
  if (first == kEscape) {
    if (item == pattern_end_) luaL_error(lua_, "malformed pattern (ends with '%%')");
    return item + 1;
  }
  if (first != '[') return item;
  if (item < pattern_end_ && *item == '^') ++item;
  // A ']' that comes first is one of the set.
  for (bool is_first = true; is_first || item >= pattern_end_ || *item != ']'; is_first = false) {
    if (item >= pattern_end_) luaL_error(lua_, "malformed pattern (missing ']')");
    if (*item++ == kEscape && item < pattern_end_) ++item;
  }
  return item + 1;
}

// REQUIRES: at < end_.
bool PatternMatcher::MatchesOne(const char* at, const char* item, const char* item_end) const {
  THIMBLE_DCHECK(at != nullptr);
  switch (*item) {
    case '.':
      return true;
    case kEscape:
      return InClass(Byte(*at), Byte(item[1]));
    case '[':
      return InSet(Byte(*at), item, item_end);
    default:
      return *item == *at;
  }
}

const char* PatternMatcher::Match(const char* at, const char* item) {
  if (++depth_ > kMaxDepth) luaL_error(lua_, "pattern too complex");
  const char* const end = MatchItem(at, item);
  --depth_;
  return end;
}

// Items that need no second try are taken in a loop; the others recurse for what follows them.
const char* PatternMatcher::MatchItem(const char* at, const char* item) {
  THIMBLE_DCHECK(at != nullptr);
  while (item != pattern_end_) {
    Work();
    const size_t left = static_cast<size_t>(pattern_end_ - item);
    if (*item == '(') {
      const bool is_position = left > 1 && item[1] == ')';
      return is_position ? BeginCapture(at, item + 2, kPosition)
                         : BeginCapture(at, item + 1, kOpen);
    }
    if (*item == ')') return EndCapture(at, item + 1);
    if (*item == '$' && left == 1) return at == end_ ? at : nullptr;
    if (*item == kEscape && left > 1) {
      const char kind = item[1];
      if (kind == 'b') {
        if (left < 4) luaL_error(lua_, "unbalanced pattern");
        at = Balanced(at, item + 2);
        if (at == nullptr) return nullptr;
        item += 4;
        continue;
      }
      if (kind == 'f') {
        item += 2;
        if (item == pattern_end_ || *item != '[') {
          luaL_error(lua_, "missing '[' after '%%f' in pattern");
        }
        const char* const set_end = EndOfItem(item);
        const int before = at == begin_ ? 0 : Byte(at[-1]);
        const int after = at == end_ ? 0 : Byte(*at);
        if (InSet(before, item, set_end) || !InSet(after, item, set_end)) return nullptr;
        item = set_end;
        continue;
      }
      if (std::isdigit(Byte(kind)) != 0) {
        at = BackReference(at, kind);
        if (at == nullptr) return nullptr;
        item += 2;
        continue;
      }
    }
    const char* const item_end = EndOfItem(item);
    const char suffix = item_end < pattern_end_ ? *item_end : '\0';
    const bool matches = at < end_ && MatchesOne(at, item, item_end);
    switch (item_end < pattern_end_ ? suffix : '\0') {
      case '?': {
        if (matches) {
          const char* const end = Match(at + 1, item_end + 1);
          if (end != nullptr) return end;
        }
        item = item_end + 1;
        continue;
      }
      case '*':
        return Repeat(at, item, item_end, true);
      case '+':
        return matches ? Repeat(at + 1, item, item_end, true) : nullptr;
      case '-':
        return Repeat(at, item, item_end, false);
      default:
        if (!matches) return nullptr;
        ++at;
        item = item_end;
    }
  }
  return at;
}

// Zero or more of `item` and then the rest of the pattern: as many as possible first, or as few.
const char* PatternMatcher::Repeat(const char* at, const char* item, const char* item_end,
                                   bool greedy) {
  const char* const rest = item_end + 1;
  if (greedy) {
    const char* most = at;
    while (most < end_ && MatchesOne(most, item, item_end)) {
      ++most;
      Work();
    }
    for (;; --most) {
      const char* const end = Match(most, rest);
      if (end != nullptr || most == at) return end;
    }
  }
  while (true) {
    const char* const end = Match(at, rest);
    if (end != nullptr) return end;
    if (at >= end_ || !MatchesOne(at, item, item_end)) return nullptr;
    ++at;
  }
}

// One past the text that begins with pair[0] and ends where as many pair[1] have followed.
const char* PatternMatcher::Balanced(const char* at, const char* pair) {
  if (at == end_ || *at != pair[0]) return nullptr;
  size_t open = 1;
  for (const char* p = at + 1; p < end_; ++p) {
    Work();
    if (*p == pair[1]) {
      if (--open == 0) return p + 1;
    } else if (*p == pair[0]) {
      ++open;
    }
  }
  return nullptr;
}

const char* PatternMatcher::BeginCapture(const char* at, const char* rest, ptrdiff_t kind) {
  if (captured_ == kMaxCaptures) luaL_error(lua_, "too many captures");
  captures_[captured_] = {at, kind};
  ++captured_;
  const char* const end = Match(at, rest);
  if (end == nullptr) --captured_;
  return end;
}

const char* PatternMatcher::EndCapture(const char* at, const char* rest) {
  int index = captured_ - 1;
  while (index >= 0 && captures_[index].length != kOpen) --index;
  if (index < 0) luaL_error(lua_, "invalid pattern capture");
  captures_[index].length = at - captures_[index].start;
  const char* const end = Match(at, rest);
  if (end == nullptr) captures_[index].length = kOpen;
  return end;
}

const char* PatternMatcher::BackReference(const char* at, char digit) {
  const int index = digit - '1';
  if (index < 0 || index >= captured_ || captures_[index].length == kOpen) {
    luaL_error(lua_, "invalid capture index");
  }
  // A position captures no text; nothing has its length.
  const auto length = static_cast<size_t>(captures_[index].length);
  if (static_cast<size_t>(end_ - at) < length) return nullptr;
  Interpreter::Of(lua_).Work(lua_, length / 64);
  return std::memcmp(captures_[index].start, at, length) == 0 ? at + length : nullptr;
}

void PatternMatcher::PushCapture(int index, const char* start, const char* end) {
  if (index >= captured_) {
    if (index != 0) luaL_error(lua_, "invalid capture index");
    lua_pushlstring(lua_, start, static_cast<size_t>(end - start));
    return;
  }
  const Capture& capture = captures_[index];
  if (capture.length == kOpen) luaL_error(lua_, "unfinished capture");
  if (capture.length == kPosition) {
    lua_pushinteger(lua_, capture.start - begin_ + 1);
  } else {
    lua_pushlstring(lua_, capture.start, static_cast<size_t>(capture.length));
  }
}

int PatternMatcher::PushCaptures(const char* start, const char* end) {
  const int count = captured_ == 0 && start != nullptr ? 1 : captured_;
  luaL_checkstack(lua_, count, "too many captures");
  for (int i = 0; i < count; ++i) PushCapture(i, start, end);
  return count;
}

}  // namespace thimble
