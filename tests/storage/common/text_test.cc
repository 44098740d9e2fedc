#include "storage/common/text.h"

#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

struct TextCase {
  const char* why;
  Text text;
  std::string expected;
};

class TextTest : public testing::TestWithParam<TextCase> {};

TEST_P(TextTest, EveryWayOutGivesTheSameBytes) {
  const Text& text = GetParam().text;
  const std::string& expected = GetParam().expected;
  EXPECT_EQ(text.ToString(), expected);
  EXPECT_EQ(text.size(), expected.size());
  EXPECT_TRUE(text == expected);
  EXPECT_FALSE(text == expected + "x");

  std::string scratch = "leftover";
  EXPECT_EQ(text.Flatten(scratch), expected);

  std::string copy(expected.size() + Text::kMaxDigits, '?');
  const char* const end = text.CopyTo(copy.data());
  EXPECT_EQ(Bytes(copy.data(), static_cast<size_t>(end - copy.data())), expected);

  std::string appended = ">";
  text.AppendTo(appended);
  EXPECT_EQ(appended, ">" + expected);
}

const TextCase kTextCases[] = {
    {"Nothing", Text(), ""},
    {"Whole", Text("hello"), "hello"},
    {"TwoPieces", Text("user:", "17"), "user:17"},
    {"HeadOnly", Text("user:", ""), "user:"},
    {"WithNul", Text(Bytes("a\0b", 3)), std::string("a\0b", 3)},
    {"Zero", Text(int64_t{0}), "0"},
    {"Negative", Text(int64_t{-42}), "-42"},
    {"Smallest", Text(INT64_MIN), "-9223372036854775808"},
    {"Largest", Text(INT64_MAX), "9223372036854775807"},
};
INSTANTIATE_TEST_SUITE_P(Cases, TextTest, testing::ValuesIn(kTextCases),
                         [](const auto& info) { return std::string(info.param.why); });

TEST(Text, OnePieceIsNotCopied) {
  const std::string owner = "contiguous";
  std::string scratch;
  EXPECT_EQ(Text(owner).Flatten(scratch).data(), owner.data());
}

}  // namespace
}  // namespace thimble
