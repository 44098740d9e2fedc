#include "storage/common/glob.h"

#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

struct GlobExample {
  const char* why;
  Bytes pattern;
  Bytes text;
  bool matches;
};

class GlobTest : public testing::TestWithParam<GlobExample> {};

TEST_P(GlobTest, MatchesAsRedis) {
  EXPECT_EQ(GlobMatch(GetParam().pattern, GetParam().text), GetParam().matches);
}

constexpr GlobExample kGlobCases[] = {
    {"Literal", "abc", "abc", true},
    {"LiteralIsWhole", "abc", "abcd", false},
    {"EmptyBoth", "", "", true},
    {"EmptyPattern", "", "a", false},
    {"EmptyTextNotEvenStar", "*", "", false},
    {"StarAny", "*", "anything", true},
    {"Stars", "***a", "xxa", true},
    {"StarMiddle", "a*c", "abbbc", true},
    {"StarBacktracks", "*ab*abc", "ababxabc", true},
    {"StarNoEnd", "a*c", "abbb", false},
    {"StarMatchesNewline", "a*b", "a\nb", true},
    {"Question", "h?llo", "hello", true},
    {"QuestionNeedsOne", "hello?", "hello", false},
    {"Class", "h[ae]llo", "hallo", true},
    {"ClassMiss", "h[ae]llo", "hillo", false},
    {"ClassNegated", "h[^e]llo", "hallo", true},
    {"ClassNegatedMiss", "h[^e]llo", "hello", false},
    {"Range", "h[a-b]llo", "hbllo", true},
    {"RangeReversed", "h[b-a]llo", "hallo", true},
    {"RangeMiss", "h[a-b]llo", "hcllo", false},
    {"ClassEscape", "[\\]]", "]", true},
    {"ClassUnclosed", "[abc", "b", true},
    {"ClassUnclosedMiss", "[abc", "d", false},
    {"ClassEmpty", "[]", "a", false},
    {"Escape", "a\\*c", "a*c", true},
    {"EscapeMiss", "a\\*c", "abc", false},
    {"EscapeAtEnd", "a\\", "a\\", true},
    {"CaseMatters", "ABC", "abc", false},
    {"HighBytes", "\xff?", "\xff\xfe", true},
    {"Nul", {"a\0*", 3}, {"a\0b", 3}, true},
};
INSTANTIATE_TEST_SUITE_P(Cases, GlobTest, testing::ValuesIn(kGlobCases),
                         [](const auto& info) { return std::string(info.param.why); });

TEST(Glob, FoldsCaseWhenAsked) {
  EXPECT_TRUE(GlobMatch("MaxMem*", "maxmemory", GlobCase::kInsensitive));
  EXPECT_TRUE(GlobMatch("[A-C]x", "bX", GlobCase::kInsensitive));
  EXPECT_FALSE(GlobMatch("MaxMem*", "maxmemory"));
}

// A matcher that recurses at every star would not return in a lifetime.
TEST(Glob, HostilePatternsEndSoon) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "a*";
  EXPECT_FALSE(GlobMatch(pattern + "b", std::string(2000, 'a')));
}

}  // namespace
}  // namespace thimble
