#include "protocol/request_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "protocol/request_parser.h"

namespace thimble {
namespace {

std::vector<Bytes> Parsed(const std::string& text) {
  RequestParser parser;
  std::vector<Bytes> args;
  EXPECT_EQ(parser.Parse(text, {}, args).outcome, RequestParser::Outcome::kRequest) << text;
  return args;
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
    const std::vector<Bytes> parsed = Parsed(text);
    EXPECT_EQ(parsed, args);
    EXPECT_TRUE(IsRequestOf(text, parsed)) << text;
  }
}

// All of these are requests, as clients may send them, but not in the one form that is written.
TEST(RequestTextTest, AnotherFormIsNotWhatItWrites) {
  const std::string others[] = {
      "GET k\r\n",
      "GET  k \r\n",
      "*2\r\n$3\r\nGETxx$1\r\nk\r\n",
      "*2\r\n$3\r\nGET\r\n$1\r\nkxx",
      "*2\r\n$3\rxGET\r\n$1\r\nk\r\n",
      "*2\rx$3\r\nGET\r\n$1\r\nk\r\n",
  };
  for (const std::string& text : others) {
    EXPECT_FALSE(IsRequestOf(text, Parsed(text))) << text;
  }
  const std::string longer = "*2\r\n$03\r\nGET\r\n$1\r\nk\r\n";
  const Bytes args[] = {Bytes(longer).substr(9, 3), Bytes(longer).substr(18, 1)};
  EXPECT_FALSE(IsRequestOf(longer, args));
}

}  // namespace
}  // namespace thimble
