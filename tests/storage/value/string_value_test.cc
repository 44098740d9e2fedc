#include "storage/value/string_value.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

StringValue NewString() {
  return StringValue(ByteBuffer());
}

TEST(StringValue, DoesNotExistUntilWritten) {
  StringValue value = NewString();
  EXPECT_FALSE(value.exists());
  EXPECT_EQ(value.size(), 0U);
  value.Append("");
  EXPECT_TRUE(value.exists());
  EXPECT_TRUE(value.changed());
}

struct EncodingOfString {
  const char* why;
  std::string text;
  Encoding expected;
};

class StringEncodingTest : public testing::TestWithParam<EncodingOfString> {};

TEST_P(StringEncodingTest, AsUsersKnowThem) {
  StringValue value = NewString();
  value.Set(GetParam().text);
  EXPECT_EQ(value.encoding(), GetParam().expected);
  EXPECT_EQ(value.text().ToString(), GetParam().text);
  value.Append("");
  EXPECT_EQ(value.encoding(), Encoding::kRaw);
  EXPECT_EQ(value.text().ToString(), GetParam().text);
}

const EncodingOfString kEncodings[] = {
    {"Empty", "", Encoding::kEmbstr},
    {"Integer", "12345", Encoding::kInt},
    {"LargestInteger", "9223372036854775807", Encoding::kInt},
    {"TooLargeForInteger", "9223372036854775808", Encoding::kEmbstr},
    {"NearlyInteger", "012", Encoding::kEmbstr},
    {"LongestEmbstr", std::string(44, 'x'), Encoding::kEmbstr},
    {"ShortestRaw", std::string(45, 'x'), Encoding::kRaw},
};
INSTANTIATE_TEST_SUITE_P(Cases, StringEncodingTest, testing::ValuesIn(kEncodings),
                         [](const auto& info) { return std::string(info.param.why); });

TEST(StringValue, SetTextKeepsIntegersAsText) {
  StringValue value = NewString();
  value.SetText("11");
  EXPECT_EQ(value.encoding(), Encoding::kEmbstr);
}

TEST(StringValue, AppendToNothingIsSet) {
  StringValue value = NewString();
  value.Append("12");
  EXPECT_EQ(value.encoding(), Encoding::kInt);
}

TEST(StringValue, OverwriteFillsGapsWithZeros) {
  StringValue value(int64_t{42});
  value.Overwrite(4, "x");
  EXPECT_EQ(value.text().ToString(), std::string("42\0\0x", 5));
  value.Overwrite(1, "yz");
  EXPECT_EQ(value.text().ToString(), std::string("4yz\0x", 5));
  EXPECT_EQ(value.encoding(), Encoding::kRaw);
}

TEST(StringValueModelTest, AgreesWithStdString) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  StringValue value = NewString();
  std::string model;
  for (int step = 0; step < 3'000; ++step) {
    const std::string part =
        random() % 2 == 0 ? std::to_string(random() % 1000) : std::string(random() % 9, 'p');
    switch (random() % 8) {
      case 0:
        value.Set(part);
        model = part;
        break;
      case 1:
      case 2: {
        const size_t offset = random() % 50;
        value.Overwrite(offset, part);
        model.resize(std::max(model.size(), offset + part.size()));
        model.replace(offset, part.size(), part);
        break;
      }
      default:
        value.Append(part);
        model += part;
        break;
    }
    ASSERT_EQ(value.text().ToString(), model) << "step " << step;
  }
}

}  // namespace
}  // namespace thimble
