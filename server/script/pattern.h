#pragma once

#include <cstddef>

#include "server/script/lua.h"
#include "storage/common/bytes.h"

namespace thimble {

// Lua's patterns, matched with an account of the work: a pattern that takes for ever can be
// stopped, and one that nests for ever is refused. Raises Lua's errors for malformed patterns, and
// ends a pattern at its first NUL, both as Lua 5.1 does.
class PatternMatcher {
 public:
  PatternMatcher(lua_State* lua, Bytes subject, Bytes pattern)
      : lua_(lua),
        begin_(subject.data()),
        end_(subject.data() + subject.size()),
        pattern_(pattern.data()),
        pattern_end_(pattern.data() + pattern.substr(0, pattern.find('\0')).size()) {}

  // The end of the match that begins at `start`, or null. What it captured is kept until the next.
  const char* MatchAt(const char* start) {
    captured_ = 0;
    return Match(start, pattern_);
  }

  // Pushes one capture; the first of a pattern without any is the whole match [start, end).
  void PushCapture(int index, const char* start, const char* end);
  // Pushes all of them, or the whole match if there is none and `start` is not null. Returns how
  // many.
  int PushCaptures(const char* start, const char* end);

 private:
  static constexpr int kMaxCaptures = 32;
  static constexpr int kMaxDepth = 1000;
  static constexpr ptrdiff_t kOpen = -1;
  static constexpr ptrdiff_t kPosition = -2;
  struct Capture {
    const char* start;
    ptrdiff_t length;  // Or kOpen, kPosition.
  };

  const char* Match(const char* at, const char* item);
  const char* MatchItem(const char* at, const char* item);
  const char* Repeat(const char* at, const char* item, const char* item_end, bool greedy);
  const char* Balanced(const char* at, const char* pair);
  const char* BeginCapture(const char* at, const char* rest, ptrdiff_t kind);
  const char* EndCapture(const char* at, const char* rest);
  const char* BackReference(const char* at, char digit);
  const char* EndOfItem(const char* item);
  bool MatchesOne(const char* at, const char* item, const char* item_end) const;
  static bool InClass(int c, int letter);
  static bool InSet(int c, const char* set, const char* set_end);
  void Work();

  lua_State* lua_;
  const char* begin_;
  const char* end_;
  const char* pattern_;
  const char* pattern_end_;
  int captured_ = 0;
  int depth_ = 0;
  Capture captures_[kMaxCaptures];
};

}  // namespace thimble
