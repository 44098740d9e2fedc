#include "protocol/request_parser.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

using Words = std::vector<std::string>;

// What a stream came to: its requests in order, then perhaps an error.
struct Reading {
  std::vector<Words> requests;
  std::string error;
  bool operator==(const Reading&) const = default;
};

// Feeds `stream` as a connection would: what was not consumed is offered again, at another
// address, with the next bytes behind it. `next_piece(rest)` says how many bytes arrive.
template <class NextPiece>
Reading ReadInPieces(Bytes stream, const RequestLimits& limits, NextPiece next_piece) {
  Reading reading;
  RequestParser parser;
  std::string waiting;
  while (!stream.empty()) {
    const size_t arrived = next_piece(stream.size());
    // A copy of exactly this size: an over-read is caught by the sanitizer.
    std::vector<char> input(waiting.begin(), waiting.end());
    input.insert(input.end(), stream.begin(), stream.begin() + static_cast<ptrdiff_t>(arrived));
    stream.remove_prefix(arrived);
    Bytes rest(input.data(), input.size());
    while (true) {
      std::vector<Bytes> args;
      const RequestParser::Step step = parser.Parse(rest, limits, args);
      if (step.outcome == RequestParser::Outcome::kNeedMore) {
        EXPECT_TRUE(args.empty());
        EXPECT_TRUE(step.wanted == 0 || step.wanted > rest.size());
        break;
      }
      if (step.outcome == RequestParser::Outcome::kBroken) {
        EXPECT_TRUE(args.empty());
        reading.error = parser.error();
        return reading;
      }
      EXPECT_LE(step.consumed, rest.size());
      EXPECT_GT(step.consumed, 0U);
      reading.requests.emplace_back(args.begin(), args.end());
      rest.remove_prefix(step.consumed);
    }
    waiting.assign(rest);
  }
  return reading;
}

Reading ReadWhole(Bytes stream, const RequestLimits& limits = {}) {
  return ReadInPieces(stream, limits, [](size_t rest) { return rest; });
}

Reading ReadByByte(Bytes stream) {
  return ReadInPieces(stream, {}, [](size_t /*rest*/) { return size_t{1}; });
}

Reading ReadDribbled(Bytes stream) {
  return ReadInPieces(stream, {}, [](size_t rest) { return std::min<size_t>(rest, 997); });
}

std::string ProtocolError(const std::string& what) {
  return "ERR Protocol error: " + what;
}

// Every expectation here was taken from redis-server 7.0.15 over a raw socket.
struct RequestStream {
  const char* why;
  std::string stream;
  Reading expected;
};

class RequestParserTest : public testing::TestWithParam<RequestStream> {};

TEST_P(RequestParserTest, ReadsWhole) {
  EXPECT_EQ(ReadWhole(GetParam().stream), GetParam().expected);
}

TEST_P(RequestParserTest, ReadsByteByByte) {
  EXPECT_EQ(ReadByByte(GetParam().stream), GetParam().expected);
}

TEST_P(RequestParserTest, ReadsSplitAnywhere) {
  const std::string& stream = GetParam().stream;
  for (size_t at = 1; at < stream.size(); ++at) {
    bool first = true;
    const auto split = [&](size_t rest) { return std::exchange(first, false) ? at : rest; };
    ASSERT_EQ(ReadInPieces(stream, {}, split), GetParam().expected) << "split at " << at;
  }
}

using namespace std::string_literals;

Reading Gives(std::vector<Words> requests) {
  return {std::move(requests), ""};
}
Reading Breaks(const std::string& what) {
  return {{}, ProtocolError(what)};
}

const RequestStream kMultibulkCases[] = {
    {"OneWord", "*1\r\n$4\r\nPING\r\n", Gives({{"PING"}})},
    {"Several", "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\n", Gives({{"SET", "k", ""}})},
    {"Pipeline", "*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\nPING\r\n",
     Gives({{"PING"}, {"ECHO", "hi"}, {"PING"}})},
    {"LineEndsInside", "*2\r\n$4\r\nECHO\r\n$4\r\n\r\n\r\n\r\n", Gives({{"ECHO", "\r\n\r\n"}})},
    {"NulInside", "*2\r\n$4\r\nECHO\r\n$3\r\na\0b\r\n"s, Gives({{"ECHO", "a\0b"s}})},
    {"TwelveBytes", "*1\r\n$12\r\nabcdefghijkl\r\n", Gives({{"abcdefghijkl"}})},
    {"HundredBytes", "*2\r\n$100\r\n" + std::string(100, 'x') + "\r\n$1\r\na\r\n",
     Gives({{std::string(100, 'x'), "a"}})},
    {"ThousandBytes", "*2\r\n$1000\r\n" + std::string(1000, 'x') + "\r\n$1\r\na\r\n",
     Gives({{std::string(1000, 'x'), "a"}})},
    {"TwelveWords",
     "*12\r\n" +
         [] {
           std::string bulks;
           for (int i = 0; i < 12; ++i) bulks += "$1\r\na\r\n";
           return bulks;
         }(),
     Gives({Words(12, "a")})},
    {"BulkLeadingZeros", "*2\r\n$1\r\na\r\n$012\r\n", Breaks("invalid bulk length")},
    {"BulkTrailingLetter", "*2\r\n$1\r\na\r\n$12x\r\n", Breaks("invalid bulk length")},
    {"BulkTenDigits", "*1\r\n$1234567890\r\n", Breaks("invalid bulk length")},
    {"CountTenDigits", "*1000000000\r\n", Gives({})},
    {"NoArguments", "*0\r\n*1\r\n$4\r\nPING\r\n", Gives({{}, {"PING"}})},
    {"NoArgumentsThenAShortLine", "*0\r\na\n\n*-10\r\nb\n", Gives({{}, {"a"}, {}, {}, {"b"}})},
    {"NegativeCount", "*-5\r\nPING\r\n", Gives({{}, {"PING"}})},
    {"LineEndsAreNotRead", "*1\rX$4\rXPINGab", Gives({{"PING"}})},
    {"LargestCount", "*2147483647\r\n", Gives({})},
    {"CountTooLarge", "*2147483648\r\n", Breaks("invalid multibulk length")},
    {"CountOverflows", "*99999999999999999999\r\n", Breaks("invalid multibulk length")},
    {"CountEmpty", "*\r\n", Breaks("invalid multibulk length")},
    {"CountNotNumber", "*a\r\n", Breaks("invalid multibulk length")},
    {"CountLeadingZero", "*01\r\n", Breaks("invalid multibulk length")},
    {"CountNegativeZero", "*-0\r\n", Breaks("invalid multibulk length")},
    {"CountPlus", "*+1\r\n", Breaks("invalid multibulk length")},
    {"CountSpace", "* 1\r\n", Breaks("invalid multibulk length")},
    {"BulkNegative", "*1\r\n$-1\r\n", Breaks("invalid bulk length")},
    {"BulkEmpty", "*1\r\n$\r\n", Breaks("invalid bulk length")},
    {"BulkNotNumber", "*1\r\n$x\r\n", Breaks("invalid bulk length")},
    {"BulkLeadingZero", "*1\r\n$04\r\nPING\r\n", Breaks("invalid bulk length")},
    {"BulkPlus", "*1\r\n$+4\r\n", Breaks("invalid bulk length")},
    {"BulkTooLarge", "*1\r\n$536870913\r\n", Breaks("invalid bulk length")},
    {"BulkLargest", "*1\r\n$536870912\r\n", Gives({})},
    {"NotABulk", "*1\r\nPING\r\n", Breaks("expected '$', got 'P'")},
    {"NotABulkSecond", "*2\r\n$3\r\nGET\r\n:1\r\n", Breaks("expected '$', got ':'")},
    {"NotABulkLineEnd", "*1\r\n\r\n", Breaks("expected '$', got '\r'")},
    {"NulHidesTheLineEnd", "*1\r\n\0\r\nmore\r\n"s, Gives({})},
    {"NulInCount", "*1\0\r\n"s, Gives({})},
    {"ErrorBehindRequests",
     "*1\r\n$4\r\nPING\r\n*x\r\n",
     {{{"PING"}}, ProtocolError("invalid multibulk length")}},
};

const RequestStream kInlineCases[] = {
    {"Word", "PING\r\n", Gives({{"PING"}})},
    {"BareNewline", "PING\n", Gives({{"PING"}})},
    {"Spaces", "  set \t k   v \r\n", Gives({{"set", "k", "v"}})},
    {"EmptyLines", "\r\n\nPING\r\n", Gives({{}, {}, {"PING"}})},
    {"ReturnSeparates", "ECHO a\rb\r\n", Gives({{"ECHO", "a", "b"}})},
    {"VerticalTabInWord", "ECHO a\vb\r\n", Gives({{"ECHO", "a\vb"}})},
    {"VerticalTabBeforeWord", "ECHO \vb\r\n", Gives({{"ECHO", "b"}})},
    {"BackslashOutsideQuotes", "ECHO a\\nb\r\n", Gives({{"ECHO", "a\\nb"}})},
    {"Quoted", "\"PING\" 'a b'\r\n", Gives({{"PING", "a b"}})},
    {"Escapes", "ECHO \"a\\x41\\n\\r\\t\\b\\a\\q\\\"\\\\\"\r\n",
     Gives({{"ECHO", "aA\n\r\t\b\aq\"\\"}})},
    {"HexIncomplete", "ECHO \"\\x4\"\r\n", Gives({{"ECHO", "x4"}})},
    {"HexNotHex", "ECHO \"\\xgg\"\r\n", Gives({{"ECHO", "xgg"}})},
    {"HexNul", "ECHO \"\\x00\"\r\n", Gives({{"ECHO", "\0"s}})},
    {"SingleQuotes", "ECHO 'a\\'b\\n\\x41\"'\r\n", Gives({{"ECHO", "a'b\\n\\x41\""}})},
    {"EmptyQuotes", "ECHO \"\" ''\r\n", Gives({{"ECHO", "", ""}})},
    {"QuoteInsideWord", "ECHO a\"b c\"\r\n", Gives({{"ECHO", "ab c"}})},
    {"VerticalTabBehindQuote", "ECHO \"a\"\v\r\n", Gives({{"ECHO", "a"}})},
    {"TextBehindQuote", "ECHO \"a\"b\r\n", Breaks("unbalanced quotes in request")},
    {"TextBehindInnerQuote", "ECHO a\"b\"c\r\n", Breaks("unbalanced quotes in request")},
    {"TextBehindSingleQuote", "ECHO 'a'b\r\n", Breaks("unbalanced quotes in request")},
    {"QuoteOpen", "ECHO \"a\r\n", Breaks("unbalanced quotes in request")},
    {"SingleQuoteOpen", "ECHO 'a\r\n", Breaks("unbalanced quotes in request")},
    {"QuoteEscaped", "ECHO \"a\\\"\r\n", Breaks("unbalanced quotes in request")},
    {"NulHidesTheNewline", "ECHO a\0b\r\nPING\r\n"s, Gives({})},
};

const auto kName = [](const auto& info) { return std::string(info.param.why); };
INSTANTIATE_TEST_SUITE_P(Multibulk, RequestParserTest, testing::ValuesIn(kMultibulkCases), kName);
INSTANTIATE_TEST_SUITE_P(Inline, RequestParserTest, testing::ValuesIn(kInlineCases), kName);

// --- Limits: the last stream allowed, the first refused ----------------------------------------

TEST(RequestLimitsTest, LinesEndWithin64KiB) {
  const size_t limit = size_t{64} << 10U;
  const std::string ones(limit, '1');
  EXPECT_EQ(ReadWhole(ones).error, "");
  EXPECT_EQ(ReadWhole(ones + "\n").requests, std::vector<Words>{{ones}});
  EXPECT_EQ(ReadWhole(ones + "1"), Breaks("too big inline request"));
  EXPECT_EQ(ReadDribbled(ones + "1"), Breaks("too big inline request"));
  EXPECT_EQ(ReadWhole(ones + "11\n"), Breaks("too big inline request"));

  const std::string count = "*" + ones.substr(1);
  EXPECT_EQ(ReadWhole(count).error, "");
  EXPECT_EQ(ReadWhole(count + "\r\n"), Breaks("invalid multibulk length"));
  EXPECT_EQ(ReadWhole(count + "1"), Breaks("too big mbulk count string"));
  EXPECT_EQ(ReadDribbled(count + "1"), Breaks("too big mbulk count string"));

  const std::string bulk = "*1\r\n$" + ones.substr(1);
  EXPECT_EQ(ReadWhole(bulk).error, "");
  EXPECT_EQ(ReadWhole(bulk + "\r\n"), Breaks("invalid bulk length"));
  EXPECT_EQ(ReadWhole(bulk + "1"), Breaks("too big bulk count string"));
  EXPECT_EQ(ReadDribbled(bulk + "1"), Breaks("too big bulk count string"));
}

TEST(RequestLimitsTest, BulkLengthFollowsTheConfiguration) {
  const RequestLimits limits{.max_bulk_bytes = 5};
  EXPECT_EQ(ReadWhole("*1\r\n$5\r\nabcde\r\n", limits).requests, std::vector<Words>{{"abcde"}});
  EXPECT_EQ(ReadWhole("*1\r\n$6\r\n", limits), Breaks("invalid bulk length"));
}

TEST(RequestLimitsTest, StrangersMaySendLittle) {
  const RequestLimits stranger{.authenticated = false};
  EXPECT_EQ(ReadWhole("*10\r\n", stranger).error, "");
  EXPECT_EQ(ReadWhole("*11\r\n", stranger), Breaks("unauthenticated multibulk length"));
  const std::string most(16384, 'x');
  EXPECT_EQ(ReadWhole("*1\r\n$16384\r\n" + most + "\r\n", stranger).requests,
            std::vector<Words>{{most}});
  EXPECT_EQ(ReadWhole("*1\r\n$16385\r\n", stranger), Breaks("unauthenticated bulk length"));
  EXPECT_EQ(ReadWhole("*1\r\n$536870913\r\n", stranger), Breaks("invalid bulk length"));
}

TEST(RequestLimitsTest, LimitsAreReadAnewForEachRequest) {
  const std::string stream = "*1\r\n$4\r\nAUTH\r\n*11\r\n" + [] {
    std::string bulks;
    for (int i = 0; i < 11; ++i) bulks += "$1\r\na\r\n";
    return bulks;
  }();
  RequestParser parser;
  std::vector<Bytes> args;
  const auto first = parser.Parse(stream, {.authenticated = false}, args);
  ASSERT_EQ(first.outcome, RequestParser::Outcome::kRequest);
  args.clear();
  const auto second = parser.Parse(Bytes(stream).substr(first.consumed), {}, args);
  EXPECT_EQ(second.outcome, RequestParser::Outcome::kRequest);
  EXPECT_EQ(args.size(), 11U);
}

// --- The contract --------------------------------------------------------------------------------

TEST(RequestParserContractTest, SaysHowMuchALargeBulkNeeds) {
  RequestParser parser;
  std::vector<Bytes> args;
  const std::string head = "*2\r\n$3\r\nGET\r\n$100000\r\n";
  const auto step = parser.Parse(head + "abc", {}, args);
  EXPECT_EQ(step.outcome, RequestParser::Outcome::kNeedMore);
  EXPECT_EQ(step.wanted, head.size() + 100'000 + 2);
}

TEST(RequestParserContractTest, AppendsBehindWhatIsThere) {
  RequestParser parser;
  std::vector<Bytes> args = {"kept"};
  const std::string stream = "*2\r\n$1\r\na\r\n$1\r\nb\r\n";
  EXPECT_EQ(parser.Parse(Bytes(stream).substr(0, 12), {}, args).outcome,
            RequestParser::Outcome::kNeedMore);
  EXPECT_EQ(args, std::vector<Bytes>{"kept"});
  EXPECT_EQ(parser.Parse(stream, {}, args).outcome, RequestParser::Outcome::kRequest);
  EXPECT_EQ(args, (std::vector<Bytes>{"kept", "a", "b"}));
}

TEST(RequestParserContractTest, ArgumentsPointIntoTheInput) {
  RequestParser parser;
  std::vector<Bytes> args;
  const std::string stream = "*1\r\n$4\r\nPING\r\nGET key\r\n";
  const auto step = parser.Parse(stream, {}, args);
  parser.Parse(Bytes(stream).substr(step.consumed), {}, args);
  EXPECT_EQ(args, (std::vector<Bytes>{"PING", "GET", "key"}));
  for (const Bytes arg : args) {
    EXPECT_GE(arg.data(), stream.data());
    EXPECT_LE(arg.data() + arg.size(), stream.data() + stream.size());
  }
}

TEST(RequestParserContractTest, ResetForgetsAPartialRequest) {
  RequestParser parser;
  std::vector<Bytes> args;
  EXPECT_EQ(parser.Parse("*3\r\n$3\r\nSET\r\n$10\r\nab", {}, args).outcome,
            RequestParser::Outcome::kNeedMore);
  parser.Reset();
  EXPECT_EQ(parser.Parse("*1\r\n$4\r\nPING\r\n", {}, args).outcome,
            RequestParser::Outcome::kRequest);
  EXPECT_EQ(args, std::vector<Bytes>{"PING"});
}

TEST(RequestParserContractTest, HoldsLittleMemoryAfterALargeRequest) {
  std::string stream = "*100000\r\n";
  for (int i = 0; i < 100'000; ++i) stream += "$1\r\na\r\n";
  RequestParser parser;
  std::vector<Bytes> args;
  parser.Parse(Bytes(stream).substr(0, stream.size() - 1), {}, args);
  EXPECT_GT(parser.MemoryBytes(), 1'000'000U);
  EXPECT_EQ(parser.Parse(stream, {}, args).outcome, RequestParser::Outcome::kRequest);
  EXPECT_EQ(args.size(), 100'000U);
  EXPECT_LT(parser.MemoryBytes(), 1024U);
}

// Bytes by bytes, a request of many arguments and a long header line cost no more than linear
// time: done the quadratic way this takes minutes.
TEST(RequestParserContractTest, DribbledInputIsReadOnce) {
  std::string stream = "*100000\r\n";
  for (int i = 0; i < 100'000; ++i) stream += "$1\r\na\r\n";
  RequestParser parser;
  std::vector<Bytes> args;
  for (size_t size = 1; size < stream.size(); ++size)
    ASSERT_EQ(parser.Parse(Bytes(stream).substr(0, size), {}, args).outcome,
              RequestParser::Outcome::kNeedMore);
  EXPECT_EQ(parser.Parse(stream, {}, args).outcome, RequestParser::Outcome::kRequest);
  EXPECT_EQ(args.size(), 100'000U);
}

// Whole plain requests are read on a short path, but not those of a client yet to log in: both
// ways must read any stream alike, right up to where a stranger's limits say otherwise.
TEST(RequestParserModelTest, ShortPathReadsAsTheExactOne) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string odd[] = {"",          "0",          "00",         "01",   "007",  "-0",
                             "-1",        "+1",         "1x",         "1 ",   "12x",  "123x",
                             "9\0"s,      "1\n",        "\r",         "1000", "5000", "123456",
                             "123456789", "1234567890", "99999999999"};
  const auto number = [&](size_t usual) {
    return random() % 60 == 0 ? odd[random() % std::size(odd)] : std::to_string(usual);
  };
  for (int round = 0; round < 20'000; ++round) {
    std::string stream;
    for (int i = 0; i < 4; ++i) {
      const size_t count = random() % 11;
      stream += (random() % 60 == 0 ? "$" : "*") + number(count) + "\r\n";
      for (size_t arg = 0; arg < count; ++arg) {
        static constexpr size_t kLengths[] = {1, 9, 10, 11, 99, 100, 101, 999, 1000, 1001};
        const size_t length =
            random() % 3 == 0 ? kLengths[random() % std::size(kLengths)] : random() % 12;
        stream += (random() % 60 == 0 ? "*" : "$") + number(length) + "\r\n";
        stream += std::string(length, static_cast<char>(random() % 256)) + "\r\n";
      }
    }
    if (random() % 2 == 0) stream.resize(random() % stream.size());
    RequestLimits limits{.max_bulk_bytes = random() % 4 == 0 ? size_t{100} : size_t{1000}};
    const Reading plain = ReadWhole(stream, limits);
    limits.authenticated = false;
    const Reading exact = ReadWhole(stream, limits);
    if (exact.error.starts_with("ERR Protocol error: unauthenticated")) continue;
    ASSERT_EQ(plain, exact) << "round " << round;
  }
}

// Random requests, broken ones among them, give the same reading whatever the pieces.
TEST(RequestParserModelTest, PiecesDoNotMatter) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 300; ++round) {
    std::string stream;
    for (int i = 0; i < 20; ++i) {
      if (random() % 4 == 0) {
        stream += "get 'a b' \"\\x00\" c\r\n";
        continue;
      }
      const size_t count = random() % 6;
      stream += "*" + std::to_string(count) + "\r\n";
      for (size_t arg = 0; arg < count; ++arg) {
        const std::string bulk(random() % 40, static_cast<char>(random() % 256));
        stream += "$" + std::to_string(bulk.size()) + "\r\n" + bulk + "\r\n";
      }
    }
    if (random() % 3 == 0) stream[random() % stream.size()] = static_cast<char>(random() % 256);
    const Reading whole = ReadWhole(stream);
    const auto pieces = [&](size_t rest) { return std::min<size_t>(rest, 1 + random() % 50); };
    ASSERT_EQ(ReadInPieces(stream, {}, pieces), whole) << "round " << round;
  }
}

}  // namespace
}  // namespace thimble
