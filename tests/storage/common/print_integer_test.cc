#include "storage/common/print_integer.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

std::string Printed(int64_t value) {
  char digits[kMaxDigits];
  return {digits, PrintInteger(digits, value)};
}

TEST(PrintIntegerTest, PrintsAsTheStandardLibraryDoes) {
  for (int64_t value = -20'000; value <= 20'000; ++value) {
    ASSERT_EQ(Printed(value), std::to_string(value));
  }
  for (int64_t power = 1; power < std::numeric_limits<int64_t>::max() / 10; power *= 10) {
    for (const int64_t value : {power - 1, power, power + 1, 10 * power - 1}) {
      EXPECT_EQ(Printed(value), std::to_string(value));
      EXPECT_EQ(Printed(-value), std::to_string(-value));
    }
  }
  for (const int64_t value :
       {std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()}) {
    EXPECT_EQ(Printed(value), std::to_string(value));
  }
}

TEST(PrintIntegerTest, PrintsAllThatIsUnsigned) {
  char digits[kMaxDigits];
  const std::string largest(digits, PrintUnsigned(digits, UINT64_MAX));
  EXPECT_EQ(largest, "18446744073709551615");
}

}  // namespace
}  // namespace thimble
