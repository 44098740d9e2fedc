#include "storage/common/words.h"

#include <random>

#include <gtest/gtest.h>

namespace thimble {
namespace {

using Words = std::vector<std::string>;

TEST(SplitWordsTest, SplitsAtWhiteSpace) {
  EXPECT_EQ(SplitWords("  a b\t c \r\n"), (Words{"a", "b", "c"}));
  EXPECT_EQ(SplitWords(""), Words{});
  EXPECT_EQ(SplitWords(" "), Words{});
}

TEST(SplitWordsTest, ReadsQuotes) {
  EXPECT_EQ(SplitWords(R"("a b" 'c d' "")"), (Words{"a b", "c d", ""}));
  EXPECT_EQ(SplitWords(R"("\n\r\t\b\a\x41\q\"" '\'\n')"), (Words{"\n\r\t\b\aAq\"", "'\\n"}));
  EXPECT_EQ(SplitWords(R"("\x4")"), (Words{"x4"}));
}

TEST(SplitWordsTest, RefusesUnbalancedQuotes) {
  for (const char* line : {"\"a", "'a", "\"a\"b", "'a'b", "a \"", "\"a\\\""}) {
    EXPECT_EQ(SplitWords(line), std::nullopt) << line;
  }
}

// Whatever the bytes, what was quoted comes back.
TEST(AppendQuotedTest, RoundTrips) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    Words words(1 + random() % 3);
    std::string line;
    for (std::string& word : words) {
      for (size_t i = random() % 12; i > 0; --i) word += static_cast<char>(random());
      AppendQuoted(line, word);
      line += ' ';
    }
    ASSERT_EQ(SplitWords(line), words) << line;
  }
}

}  // namespace
}  // namespace thimble
