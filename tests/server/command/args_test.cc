#include "server/command/args.h"

#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

class ArgCursorTest : public testing::Test {
 protected:
  ArgCursor Over(std::vector<Bytes> args) {
    args_ = std::move(args);
    return {args_, key_, hints_};
  }

  HashKey key_ = HashKey::FromSeed(1);
  HashHints hints_;
  std::vector<Bytes> args_;
};

TEST_F(ArgCursorTest, ReadsFrontToBack) {
  ArgCursor args = Over({"a", "b", "c"});
  EXPECT_EQ(args.Remaining(), 3U);
  EXPECT_EQ(args.Peek(), "a");
  EXPECT_EQ(args.Next(), "a");
  args.Skip(1);
  EXPECT_EQ(args.rest().size(), 1U);
  EXPECT_EQ(args.Next(), "c");
  EXPECT_FALSE(args.HasNext());
}

TEST_F(ArgCursorTest, WordsInAnyCase) {
  ArgCursor args = Over({"Match", "x"});
  EXPECT_FALSE(args.TakeWord("matc"));
  EXPECT_FALSE(args.TakeWord("matchx"));
  EXPECT_TRUE(args.TakeWord("match"));
  EXPECT_EQ(args.Remaining(), 1U);
  EXPECT_FALSE(Over({}).TakeWord("match"));
}

TEST_F(ArgCursorTest, OptionsNeedTheirArgument) {
  ArgCursor alone = Over({"COUNT"});
  EXPECT_FALSE(alone.TakeOption("count"));
  EXPECT_EQ(alone.Remaining(), 1U);
  ArgCursor whole = Over({"COUNT", "5"});
  EXPECT_TRUE(whole.TakeOption("count"));
  EXPECT_EQ(whole.Next(), "5");
}

TEST_F(ArgCursorTest, Integers) {
  ArgCursor args = Over({"-9223372036854775808", "9223372036854775808", "1 ", "", "007", "+1"});
  Result<int64_t> lowest = args.NextInt();
  ASSERT_TRUE(lowest.ok());
  EXPECT_EQ(*lowest, INT64_MIN);
  while (args.HasNext()) {
    Result<int64_t> wrong = args.NextInt();
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().code(), Errc::kNotInteger);
  }
}

TEST_F(ArgCursorTest, HashesComeFromHintsOnlyForTheSameArgument) {
  const std::string key = "key";
  const std::string same_text = "key";
  hints_.key = {key, 42};
  ArgCursor args = Over({key, same_text});
  EXPECT_EQ(args.NextHashed().hash, 42U);
  EXPECT_EQ(args.NextHashed().hash, key_.Hash("key"));
}

TEST(EqualsIgnoringCaseTest, OnlyLettersFold) {
  EXPECT_TRUE(EqualsIgnoringCase("", ""));
  EXPECT_TRUE(EqualsIgnoringCase("A-z", "a-z"));
  EXPECT_FALSE(EqualsIgnoringCase("[", "{"));
  EXPECT_FALSE(EqualsIgnoringCase("\x10", "0"));
}

}  // namespace
}  // namespace thimble
