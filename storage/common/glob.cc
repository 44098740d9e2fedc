#include "storage/common/glob.h"

#include <algorithm>

namespace thimble {
namespace {

unsigned char Fold(char c, GlobCase sensitivity) {
  const auto byte = static_cast<unsigned char>(c);
  const bool upper = byte >= 'A' && byte <= 'Z';
  return sensitivity == GlobCase::kInsensitive && upper ? byte + ('a' - 'A') : byte;
}

// Matches one byte against the class that starts after '[' at pattern[*at]; leaves *at past ']'.
bool MatchClass(Bytes pattern, size_t* at, char c, GlobCase sensitivity) {
  size_t i = *at;
  const bool negated = i < pattern.size() && pattern[i] == '^';
  if (negated) ++i;
  const unsigned char wanted = Fold(c, sensitivity);
  bool found = false;
  for (; i < pattern.size() && pattern[i] != ']'; ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      ++i;
      found |= Fold(pattern[i], sensitivity) == wanted;
    } else if (i + 2 < pattern.size() && pattern[i + 1] == '-') {
      // Bytes above 127 come before all others in a range: Redis compares signed ones.
      auto low = static_cast<signed char>(Fold(pattern[i], sensitivity));
      auto high = static_cast<signed char>(Fold(pattern[i + 2], sensitivity));
      if (low > high) std::swap(low, high);
      const auto signed_wanted = static_cast<signed char>(wanted);
      found |= signed_wanted >= low && signed_wanted <= high;
      i += 2;
    } else {
      found |= Fold(pattern[i], sensitivity) == wanted;
    }
  }
  *at = std::min(i + 1, pattern.size());
  return found != negated;
}

// Matches one text byte against the single-byte element at pattern[*at]; leaves *at past it.
bool MatchOne(Bytes pattern, size_t* at, char c, GlobCase sensitivity) {
  const char element = pattern[(*at)++];
  if (element == '?') return true;
  if (element == '[') return MatchClass(pattern, at, c, sensitivity);
  if (element == '\\' && *at < pattern.size()) {
    return Fold(pattern[(*at)++], sensitivity) == Fold(c, sensitivity);
  }
  return Fold(element, sensitivity) == Fold(c, sensitivity);
}

}  // namespace

bool GlobMatch(Bytes pattern, Bytes text, GlobCase sensitivity) {
  if (text.empty()) return pattern.empty();
  constexpr size_t kNoStar = Bytes::npos;
  size_t p = 0;
  size_t t = 0;
  size_t after_star = kNoStar;  // Where to resume the pattern when a later element fails...
  size_t star_text = 0;         // ...and which text byte the star swallows next.
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      while (p < pattern.size() && pattern[p] == '*') ++p;
      if (p == pattern.size()) return true;
      after_star = p;
      star_text = t;
      continue;
    }
    if (p < pattern.size() && MatchOne(pattern, &p, text[t], sensitivity)) {
      ++t;
      continue;
    }
    if (after_star == kNoStar) return false;
    p = after_star;
    t = ++star_text;
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace thimble
