#include "protocol/reply_writer.h"

#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

std::string Written(Protocol protocol, const std::function<void(ReplyWriter&)>& write) {
  OutputBuffer buffer;
  ReplyWriter writer(buffer, protocol);
  write(writer);
  std::string all;
  Bytes piece;
  while (buffer.Peek(&piece, 1) == 1) {
    all += piece;
    buffer.Consume(piece.size());
  }
  return all;
}

struct WrittenReply {
  const char* why;
  std::function<void(ReplyWriter&)> write;
  std::string resp2;
  std::string resp3;
};

class ReplyWriterTest : public testing::TestWithParam<WrittenReply> {};

TEST_P(ReplyWriterTest, Resp2) {
  EXPECT_EQ(Written(Protocol::kResp2, GetParam().write), GetParam().resp2);
}

TEST_P(ReplyWriterTest, Resp3) {
  EXPECT_EQ(Written(Protocol::kResp3, GetParam().write), GetParam().resp3);
}

using W = ReplyWriter;
const WrittenReply kWrittenReplies[] = {
    {"Ok", [](W& w) { w.Ok(); }, "+OK\r\n", "+OK\r\n"},
    {"Queued", [](W& w) { w.Queued(); }, "+QUEUED\r\n", "+QUEUED\r\n"},
    {"Status", [](W& w) { w.Status("PONG"); }, "+PONG\r\n", "+PONG\r\n"},
    {"Error", [](W& w) { w.Error("ERR no"); }, "-ERR no\r\n", "-ERR no\r\n"},
    {"ErrorLineEnds", [](W& w) { w.Error("ERR a\r\nb\nc\r\n"); }, "-ERR a  b c\r\n",
     "-ERR a  b c\r\n"},
    {"ErrorEmpty", [](W& w) { w.Error("\r\n"); }, "-\r\n", "-\r\n"},
    {"Zero", [](W& w) { w.Integer(0); }, ":0\r\n", ":0\r\n"},
    {"Ninety", [](W& w) { w.Integer(90); }, ":90\r\n", ":90\r\n"},
    {"Hundred", [](W& w) { w.Integer(100); }, ":100\r\n", ":100\r\n"},
    {"Negative", [](W& w) { w.Integer(-7); }, ":-7\r\n", ":-7\r\n"},
    {"Largest", [](W& w) { w.Integer(INT64_MAX); }, ":9223372036854775807\r\n",
     ":9223372036854775807\r\n"},
    {"Smallest", [](W& w) { w.Integer(INT64_MIN); }, ":-9223372036854775808\r\n",
     ":-9223372036854775808\r\n"},
    {"Bulk", [](W& w) { w.Bulk(Bytes("a\r\nb")); }, "$4\r\na\r\nb\r\n", "$4\r\na\r\nb\r\n"},
    {"BulkEmpty", [](W& w) { w.Bulk(Bytes()); }, "$0\r\n\r\n", "$0\r\n\r\n"},
    {"TextPieces", [](W& w) { w.Bulk(Text("pre", "fix")); }, "$6\r\nprefix\r\n",
     "$6\r\nprefix\r\n"},
    {"TextInteger", [](W& w) { w.Bulk(Text(int64_t{-120})); }, "$4\r\n-120\r\n", "$4\r\n-120\r\n"},
    {"TextEmpty", [](W& w) { w.Bulk(Text()); }, "$0\r\n\r\n", "$0\r\n\r\n"},
    {"Null", [](W& w) { w.Null(); }, "$-1\r\n", "_\r\n"},
    {"NullArray", [](W& w) { w.NullArray(); }, "*-1\r\n", "_\r\n"},
    {"True", [](W& w) { w.Boolean(true); }, ":1\r\n", "#t\r\n"},
    {"False", [](W& w) { w.Boolean(false); }, ":0\r\n", "#f\r\n"},
    {"Double", [](W& w) { w.Double(3.14); }, "$4\r\n3.14\r\n", ",3.14\r\n"},
    {"Infinity", [](W& w) { w.Double(HUGE_VAL); }, "$3\r\ninf\r\n", ",inf\r\n"},
    {"MinusInfinity", [](W& w) { w.Double(-HUGE_VAL); }, "$4\r\n-inf\r\n", ",-inf\r\n"},
    {"NotANumber", [](W& w) { w.Double(std::nan("")); }, "$3\r\nnan\r\n", ",nan\r\n"},
    {"BigNumber", [](W& w) { w.BigNumber("123456789012345678901"); },
     "$21\r\n123456789012345678901\r\n", "(123456789012345678901\r\n"},
    {"Verbatim", [](W& w) { w.Verbatim("txt", "a\nb"); }, "$3\r\na\nb\r\n", "=7\r\ntxt:a\nb\r\n"},
    {"Array", [](W& w) { w.Array(12); }, "*12\r\n", "*12\r\n"},
    {"Map", [](W& w) { w.Map(3); }, "*6\r\n", "%3\r\n"},
    {"Set", [](W& w) { w.Set(3); }, "*3\r\n", "~3\r\n"},
    {"Push", [](W& w) { w.Push(3); }, "*3\r\n", ">3\r\n"},
    {"DeferredArray",
     [](W& w) {
       const auto mark = w.Defer();
       w.Integer(1);
       w.FinishDeferred(mark, W::Aggregate::kArray, 1);
     },
     "*1\r\n:1\r\n", "*1\r\n:1\r\n"},
    {"DeferredMap",
     [](W& w) {
       w.Integer(0);
       const auto mark = w.Defer();
       w.Integer(1);
       w.Integer(2);
       w.FinishDeferred(mark, W::Aggregate::kMap, 1);
     },
     ":0\r\n*2\r\n:1\r\n:2\r\n", ":0\r\n%1\r\n:1\r\n:2\r\n"},
    {"DeferredEmptySet", [](W& w) { w.FinishDeferred(w.Defer(), W::Aggregate::kSet, 0); }, "*0\r\n",
     "~0\r\n"},
};
INSTANTIATE_TEST_SUITE_P(Cases, ReplyWriterTest, testing::ValuesIn(kWrittenReplies),
                         [](const auto& info) { return std::string(info.param.why); });

TEST(ReplyWriterBulkTest, EveryLengthRoundTheShortPath) {
  std::vector<size_t> sizes = {99, 100, 101, 511, 512, 513, 999, 1000, 5000, 100'000};
  for (size_t size = 0; size <= 70; ++size) sizes.push_back(size);
  for (const size_t size : sizes) {
    std::string bytes;
    for (size_t i = 0; i < size; ++i) bytes += static_cast<char>('a' + i % 23);
    const std::string expected = "$" + std::to_string(size) + "\r\n" + bytes + "\r\n";
    EXPECT_EQ(Written(Protocol::kResp2, [&](W& w) { w.Bulk(Bytes(bytes)); }), expected);
    const Bytes whole = bytes;
    const Text text(whole.substr(0, size / 3), whole.substr(size / 3));
    EXPECT_EQ(Written(Protocol::kResp2, [&](W& w) { w.Bulk(text); }), expected);
  }
}

TEST(ReplyWriterBulkTest, IntegersOfEveryLength) {
  for (int64_t magnitude = 1; magnitude < INT64_MAX / 10; magnitude *= 10) {
    for (const int64_t value : {magnitude - 1, magnitude, -magnitude}) {
      const std::string digits = std::to_string(value);
      EXPECT_EQ(Written(Protocol::kResp2, [&](W& w) { w.Bulk(Text(value)); }),
                "$" + std::to_string(digits.size()) + "\r\n" + digits + "\r\n");
    }
  }
  EXPECT_EQ(Written(Protocol::kResp2, [](W& w) { w.Bulk(Text(INT64_MIN)); }),
            "$20\r\n-9223372036854775808\r\n");
}

TEST(ReplyWriterHeaderTest, EveryShortCount) {
  for (size_t count = 0; count <= 2000; ++count) {
    const std::string digits = std::to_string(count) + "\r\n";
    EXPECT_EQ(Written(Protocol::kResp2, [&](W& w) { w.Array(count); }), "*" + digits);
    EXPECT_EQ(Written(Protocol::kResp2, [&](W& w) { w.Integer(static_cast<int64_t>(count)); }),
              ":" + digits);
  }
}

TEST(ReplyWriterBulkTest, AttributeIsAMapAheadOfTheReply) {
  EXPECT_EQ(Written(Protocol::kResp3, [](W& w) { w.Attribute(1); }), "|1\r\n");
}

struct DoubleCase {
  double value;
  const char* text;
};

TEST(ReplyWriterDoubleTest, LayoutFollowsTheExponent) {
  const DoubleCase cases[] = {
      {0, "0"},
      {-0.0, "-0"},
      {1, "1"},
      {-1.5, "-1.5"},
      {3.141, "3.141"},
      {0.1, "0.1"},
      {1.0 / 3, "0.3333333333333333"},
      {100, "100"},
      {12345678, "12345678"},
      {1e7, "10000000"},
      {1e8, "1e+8"},
      {1e21, "1e+21"},
      {1.5e300, "1.5e+300"},
      {9007199254740993.0, "9007199254740992"},
      {0.001, "0.001"},
      {0.0001, "0.0001"},
      {1e-6, "0.000001"},
      {1e-7, "1e-7"},
      {2.5e-7, "2.5e-7"},
      {-5e-324, "-5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
  };
  for (const DoubleCase& c : cases) {
    EXPECT_EQ(Written(Protocol::kResp3, [&](W& w) { w.Double(c.value); }),
              "," + std::string(c.text) + "\r\n");
  }
}

TEST(ReplyWriterDoubleTest, TextReadsBackAsTheSameDouble) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < 50'000; ++i) {
    const uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    const std::string line = Written(Protocol::kResp3, [&](W& w) { w.Double(value); });
    ASSERT_EQ(std::strtod(line.c_str() + 1, nullptr), value) << line;
    ASSERT_LE(line.size(), 36U);
  }
}

}  // namespace
}  // namespace thimble
