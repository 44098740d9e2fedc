#include "protocol/request_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "protocol/request_parser.h"

namespace thimble {
namespace {

struct Parsed {
  std::vector<Bytes> args;
  bool as_written = false;  // As far as the parser and HasPlainLineEnds can tell.
};

Parsed Parse(const std::string& text) {
  RequestParser parser;
  Parsed parsed;
  const RequestParser::Step step = parser.Parse(text, {}, parsed.args);
  EXPECT_EQ(step.outcome, RequestParser::Outcome::kRequest) << text;
  EXPECT_EQ(step.consumed, text.size()) << text;
  parsed.as_written = step.shortest && HasPlainLineEnds(parsed.args);
  return parsed;
}

TEST(RequestTextTest, ReadsBackWhatItWrites) {
  const std::string long_text(12'345, 'x');
  const std::vector<std::vector<Bytes>> requests = {{"PING"},
                                                    {"SET", "k", ""},
                                                    {"SET", "k", "\r\n$1\r\n"},
                                                    {"SET", "1234567890", long_text},
                                                    std::vector<Bytes>(120, "a")};
  for (const auto& args : requests) {
    std::string text;
    AppendRequest(text, args);
    const Parsed parsed = Parse(text);
    EXPECT_EQ(parsed.args, args);
    EXPECT_TRUE(parsed.as_written) << text;
  }
}

// All of these are requests, as clients may send them, but not in the one form that is written.
TEST(RequestTextTest, AnotherFormIsNotWhatItWrites) {
  const std::string others[] = {
      "GET k\r\n",
      "GET  k \r\n",
      "*2\r\n$3\r\nGETxx$1\r\nk\r\n",
      "*2\r\n$3\r\nGET\r\n$1\r\nkxx",
      "*2\r\n$3\r\nGET\r\n$1\r\nk\rx",
      "*2\r\n$3\rxGET\r\n$1\r\nk\r\n",
      "*2\rx$3\r\nGET\r\n$1\r\nk\r\n",
  };
  for (const std::string& text : others) EXPECT_FALSE(Parse(text).as_written) << text;
}

// They are none.
TEST(RequestTextTest, NumbersDoNotBeginWithZeros) {
  for (const std::string text :
       {"*2\r\n$03\r\nGET\r\n$1\r\nk\r\n", "*02\r\n$3\r\nGET\r\n$1\r\nk\r\n"}) {
    RequestParser parser;
    std::vector<Bytes> args;
    EXPECT_EQ(parser.Parse(text, {}, args).outcome, RequestParser::Outcome::kBroken) << text;
  }
}

}  // namespace
}  // namespace thimble
