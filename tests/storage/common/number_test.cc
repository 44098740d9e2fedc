#include "storage/common/number.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

using namespace std::string_literals;

struct IntCase {
  const char* why;
  Bytes text;
  std::optional<int64_t> expected;
};

class ParseInt64Test : public testing::TestWithParam<IntCase> {};

TEST_P(ParseInt64Test, AcceptsOnlyTheCanonicalForm) {
  EXPECT_EQ(ParseInt64(GetParam().text), GetParam().expected);
}

constexpr IntCase kIntCases[] = {
    {"Zero", "0", 0},
    {"One", "1", 1},
    {"MinusOne", "-1", -1},
    {"LargestInt64", "9223372036854775807", INT64_MAX},
    {"SmallestInt64", "-9223372036854775808", INT64_MIN},
    {"OnePastLargest", "9223372036854775808", std::nullopt},
    {"OnePastSmallest", "-9223372036854775809", std::nullopt},
    {"TwentyDigits", "10000000000000000000", std::nullopt},
    {"WrapsTo1", "18446744073709551617", std::nullopt},
    {"Empty", "", std::nullopt},
    {"Minus", "-", std::nullopt},
    {"Plus", "+1", std::nullopt},
    {"LeadingZero", "01", std::nullopt},
    {"NegativeLeadingZero", "-01", std::nullopt},
    {"NegativeZero", "-0", std::nullopt},
    {"LeadingSpace", " 1", std::nullopt},
    {"TrailingSpace", "1 ", std::nullopt},
    {"Fraction", "1.5", std::nullopt},
    {"EmbeddedNul", {"1\0", 2}, std::nullopt},
    {"HighByte", "1\xb1", std::nullopt},
};
INSTANTIATE_TEST_SUITE_P(Cases, ParseInt64Test, testing::ValuesIn(kIntCases),
                         [](const auto& info) { return std::string(info.param.why); });

TEST(ParseInt64, GivesBackWhatWasPrinted) {
  for (unsigned shift = 0; shift < 64; ++shift) {
    for (const int64_t offset : {-1, 0, 1}) {
      const auto value =
          static_cast<int64_t>((uint64_t{1} << shift) + static_cast<uint64_t>(offset));
      EXPECT_EQ(ParseInt64(std::to_string(value)), value);
    }
  }
}

struct UintCase {
  const char* why;
  Bytes text;
  std::optional<uint64_t> expected;
};

class ParseUint64Test : public testing::TestWithParam<UintCase> {};

TEST_P(ParseUint64Test, AcceptsDigitsAlone) {
  EXPECT_EQ(ParseUint64(GetParam().text), GetParam().expected);
}

constexpr UintCase kUintCases[] = {
    {"Zero", "0", 0},
    {"LeadingZeros", "007", 7},
    {"Largest", "18446744073709551615", UINT64_MAX},
    {"OnePastLargest", "18446744073709551616", std::nullopt},
    {"Empty", "", std::nullopt},
    {"Minus", "-1", std::nullopt},
    {"Plus", "+1", std::nullopt},
    {"Space", " 1", std::nullopt},
    {"Letters", "abc", std::nullopt},
    {"Trailing", "1x", std::nullopt},
};
INSTANTIATE_TEST_SUITE_P(Cases, ParseUint64Test, testing::ValuesIn(kUintCases),
                         [](const auto& info) { return std::string(info.param.why); });

struct FloatCase {
  const char* why;
  Bytes text;
  std::optional<long double> expected;
};

class ParseLongDoubleTest : public testing::TestWithParam<FloatCase> {};

TEST_P(ParseLongDoubleTest, AcceptsWhatUsersOfIncrbyfloatWrite) {
  EXPECT_EQ(ParseLongDouble(GetParam().text), GetParam().expected);
}

constexpr FloatCase kFloatCases[] = {
    {"Integer", "3", 3.0L},
    {"Fraction", "10.5", 10.5L},
    {"Exponent", "5.0e3", 5000.0L},
    {"Hexadecimal", "0x10", 16.0L},
    {"Signed", "+1", 1.0L},
    {"Infinity", "inf", INFINITY},
    {"MinusInfinity", "-INF", -INFINITY},
    {"Empty", "", std::nullopt},
    {"LeadingSpace", " 1", std::nullopt},
    {"TrailingSpace", "1 ", std::nullopt},
    {"Word", "abc", std::nullopt},
    {"EmbeddedNul", {"1\0", 2}, std::nullopt},
    {"Overflow", "1e4933", std::nullopt},
    {"Underflow", "1e-5000", std::nullopt},
};
INSTANTIATE_TEST_SUITE_P(Cases, ParseLongDoubleTest, testing::ValuesIn(kFloatCases),
                         [](const auto& info) { return std::string(info.param.why); });

TEST(ParseLongDouble, ReadsNan) {
  const auto nan = ParseLongDouble("nan");
  ASSERT_TRUE(nan.has_value());
  EXPECT_TRUE(std::isnan(*nan));
}

TEST(ParseLongDouble, RefusesEndlessText) {
  EXPECT_EQ(ParseLongDouble(std::string(6000, '1')), std::nullopt);
}

TEST(FormatLongDouble, PrintsDigitsWithoutExponentOrPadding) {
  EXPECT_EQ(FormatLongDouble(5000.0L), "5000");
  EXPECT_EQ(FormatLongDouble(0.1L + 0.2L), "0.3");
  EXPECT_EQ(FormatLongDouble(10.6L), "10.6");
  EXPECT_EQ(FormatLongDouble(1e-17L), "0.00000000000000001");
  EXPECT_EQ(FormatLongDouble(1e-18L), "0");
  EXPECT_EQ(FormatLongDouble(-0.0L), "0");
  EXPECT_EQ(FormatLongDouble(-1.25L), "-1.25");
  EXPECT_EQ(FormatLongDouble(1.7976931348623157e308L).size(), 309U);
  EXPECT_EQ(FormatLongDouble(INFINITY), "inf");
  EXPECT_EQ(FormatLongDouble(-INFINITY), "-inf");
  EXPECT_EQ(FormatLongDouble(NAN), "nan");
}

TEST(HumanBytes, PrintsTwoPlaces) {
  EXPECT_EQ(HumanBytes(0), "0B");
  EXPECT_EQ(HumanBytes(1023), "1023B");
  EXPECT_EQ(HumanBytes(1024), "1.00K");
  EXPECT_EQ(HumanBytes(1536), "1.50K");
  EXPECT_EQ(HumanBytes(uint64_t{3} << 30U), "3.00G");
}

}  // namespace
}  // namespace thimble
